import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startSandbox } from '@hood-exports/sandbox'
import { describe, expect, test } from 'vitest'
// @boundaries-ignore a store that only tests start
import { startS3Store } from '../../../packages/client/src/fixtures/s3-store.ts'

const folder = import.meta.dirname
const root = join(folder, '../../..')

const PACT_FILE = join(root, 'packages/contract/pacts/hood-exports-client-hood-exports-api.json')

/** Nothing listens there. What a real Redis changes is tested beside its store. */
const NO_REDIS = 'redis://127.0.0.1:1'

/** Each on a sandbox of its own, as they would share a quota otherwise; and what it saves is removed. */
async function run(file: string): Promise<string> {
  const { sandbox, url, close } = await startSandbox({ port: 0, control: 'on' })
  const saved = await mkdtemp(join(tmpdir(), 'example-'))
  const store = file === 'bucket.ts' ? await startS3Store() : undefined
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, file)], {
      env: {
        ...process.env,
        HOOD_TOKEN: sandbox.tokens.main,
        HOOD_BASE_URL: url,
        TMPDIR: saved,
        REDIS_URL: NO_REDIS,
        ...store?.env,
        PACT_FILE,
        PACT_DO_NOT_TRACK: 'true',
      },
    })
    return stdout
  } finally {
    await rm(saved, { recursive: true })
    await close()
    await store?.close()
  }
}

describe('every example runs, and prints what it promises', () => {
  test.each([
    ['bucket.ts', /^\d+ new objects, \d+ bytes\n$/],
    ['conform.ts', /^0 deviations from the spec\n$/],
    ['diagnostics.ts', /^list: 1 sent, 0 ms waited\n$/],
    ['download.ts', /\d+ bytes; the size matches\n$/],
    ['errors.ts', /^No such export \(trace id known\)\n$/],
    ['events.ts', /list 200, \d+ left\n\d+ of 150 left in this minute\n$/],
    ['filter.ts', /(\d+ .+\n)*\d+ CSV and JSON files between 1 kB and 1 MB\n$/],
    ['learn.ts', /^10 items in a page: 200, 10 of 200 items\n0 answers have changed\n$/],
    ['limiter-alone.ts', /^12 of 12 answered\n$/],
    ['make-once.ts', /^The second run found the export of the first\n$/],
    ['make.ts', /^created\n(waiting\n)*Clicks of July .+: \d+ bytes, 1 attempt\n$/],
    ['mirror.ts', /^(.+: \d+ bytes\n)+\d+ new files, \d+ bytes\n$/],
    ['mock-in-process.ts', /^5\n$/],
    ['mock.ts', /^5\n$/],
    ['one-machine.ts', /^1000 exports; the store is shared\n$/],
    ['opentelemetry.ts', /^hood\.exports list 200 resent 0 times\n$/],
    ['quick-start.ts', /^(\d+ (\d+|null) VIP .*\n){3}$/],
    ['raw.ts', /^2\n$/],
    ['resume.ts', /^\d+ exports, \d more requests\n150 and then \d+, none of them twice\n$/],
    ['save.ts', /^(\d+: \d+ bytes, sha256 [0-9a-f]{64}\n){2}$/],
    ['save-all.ts', /^1 missing: 3 saved, 1 failed, 0 not tried \(the first failure: The export 42 cannot be saved: /],
    ['sandbox.ts', /^Mine\n$/],
    ['several-processes.ts', /^1000 exports; the store is away\n$/],
    ['small.ts', /^\d+ exports\n$/],
    ['stand-in.ts', /waited 30 s of virtual time/],
    ['verify.ts', /^(passed \(\d+ checks\): .*\n){3}$/],
    ['verify-pact.ts', /\nThe provider keeps the pact\n$/],
    ['wait.ts', /^Not yet: deadline\n$/],
    [
      'start.ts',
      /\$ hood-exports sync [^]*?exports\/[^]*?\.csv\n[^]*1001 of 1001 exports, 1001 different[^]*its size matches[^]*\d+ sent[^]*0 × 429/,
    ],
  ])(
    '%s',
    async (file, output) => {
      expect(await run(file)).toMatch(output)
    },
    60_000,
  )

  test('none is left out', () => {
    expect(globSync('*.ts', { cwd: folder, exclude: ['*.test.ts'] }).toSorted()).toEqual([
      'bucket.ts',
      'conform.ts',
      'diagnostics.ts',
      'download.ts',
      'errors.ts',
      'events.ts',
      'filter.ts',
      'learn.ts',
      'limiter-alone.ts',
      'make-once.ts',
      'make.ts',
      'mirror.ts',
      'mock-in-process.ts',
      'mock.ts',
      'one-machine.ts',
      'opentelemetry.ts',
      'quick-start.ts',
      'raw.ts',
      'resume.ts',
      'sandbox.ts',
      'save-all.ts',
      'save.ts',
      'several-processes.ts',
      'small.ts',
      'stand-in.ts',
      'start.ts',
      'verify-pact.ts',
      'verify.ts',
      'wait.ts',
    ])
  })
})

describe('the requirements', () => {
  const rows = readFileSync(join(root, 'docs/requirements.md'), 'utf8').matchAll(
    /\]\(\.\.\/([^)]+\.test\.ts)\):?([^;|]*)/g,
  )
  const named = [...rows].flatMap(([, file = '', titles = '']) =>
    [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => ({ file, title })),
  )

  /** What a title has where its cases differ: `%s`, `$name`, `${why}`. */
  const PLACEHOLDER = String.raw`(?:%[a-z]|\$\{[^}]+\}|\$\w+)`

  test.each(named)('name the test "$title"', ({ file, title }) => {
    const pattern = title
      .split('…')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`))
      .join(PLACEHOLDER)
    expect(readFileSync(join(root, file), 'utf8')).toMatch(new RegExp(`['"\`]${pattern}`))
  })

  test('name tests as a person reads them, without placeholders of code', () => {
    expect(named.filter(({ title }) => new RegExp(PLACEHOLDER).test(title))).toEqual([])
  })

  test('name at least one', () => {
    expect(named.length).toBeGreaterThan(0)
  })
})

describe('the code in the docs', () => {
  const examples = globSync('*.ts', { cwd: folder }).map((file) => readFileSync(join(folder, file), 'utf8').trim())
  const pages = globSync(['README.md', 'docs/**/*.md', '{openapi,packages/*,apps/*}/README.md'], { cwd: root })

  test.each(pages)('in %s is one of the examples, word by word', (page) => {
    const blocks = [...readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n([^]*?)\n```$/gm)].map(
      ([, code]) => code,
    )
    expect(blocks.filter((code) => !examples.includes(code ?? ''))).toEqual([])
  })

  test.each(pages)('in %s links to files that exist', (page) => {
    const links = [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(
      ([, link]) => link ?? '',
    )
    expect(links.filter((link) => globSync(link, { cwd: join(root, page, '..') }).length === 0)).toEqual([])
  })
})
