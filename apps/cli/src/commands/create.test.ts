import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sandbox } from '@hood-exports/sandbox'
import { describe, expect, test } from 'vitest'
import { hurriedClock } from '../testing/hurried-clock.ts'
import { folderForTest, runCli } from '../testing/run-cli.ts'
import type { CliResult } from '../testing/run-cli.ts'
import { faulty, fileOf, sandboxWith } from '../testing/sync-account.ts'

const EXPORT = '/v1/hood/quick-reports/2000000/export'

/** The sandbox and the command line on one clock, that hurries. */
async function account(): Promise<{ sandbox: Sandbox; create: (...flags: readonly string[]) => Promise<CliResult> }> {
  const clock = hurriedClock()
  const sandbox = await sandboxWith([], { clock })
  return { sandbox, create: (...flags) => runCli(['create', '2000000', ...flags], { sandbox, clock, columns: 100 }) }
}

/** Names of the exports of the account. */
async function namesIn(sandbox: Sandbox): Promise<string[]> {
  const { stdout } = await runCli(['list', '--all', '--json', '--fields', 'name'], { sandbox })
  return (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name)
}

describe('create', () => {
  test('asks for an export, once, and prints the operation', async () => {
    const { create, sandbox } = await account()
    const { exitCode, stdout, requests, bodies } = await create('--name', 'July', '--out', 'csv', '--fields', 'a, b')
    expect([exitCode, requests]).toEqual([0, [`POST ${EXPORT}`]])
    expect(stdout).toMatch(/^id {10}[0-9a-f-]{36}\ncompany_id {2}1000001\n[^]*\nstatus {6}running\n/)
    expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual([{ name: 'July', out: 'csv', fields: 'a,b' }])
    expect(await namesIn(sandbox)).toHaveLength(1)
  })

  test('--json prints the operation as JSON', async () => {
    const { create } = await account()
    const { stdout } = await create('--json')
    expect(JSON.parse(stdout)).toMatchObject({ name: 'quick-report-export', status: 'running' })
  })

  test('--body - reads the request from standard input', async () => {
    const sandbox = await sandboxWith([])
    const stdin = '{"name":"July","zone":{"id":7}}'
    const { bodies } = await runCli(['create', '2000000', '--body', '-', '--out', 'json'], { sandbox, stdin })
    expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual([{ name: 'July', zone: { id: 7 }, out: 'json' }])
  })

  test('--body FILE reads it from a file', async () => {
    const { create } = await account()
    const file = join(folderForTest(), 'request.json')
    writeFileSync(file, '{"name":"July"}')
    expect((await create('--body', file)).bodies).toEqual(['{"name":"July"}'])
  })

  test('--wait waits until it is ready, and prints its id', async () => {
    const { create } = await account()
    const { exitCode, stdout, stderr } = await create('--name', 'July', '--wait')
    expect([exitCode, stdout]).toEqual([0, '1000000\n'])
    expect(stderr).toContain('1000000: status ')
  })

  test('--wait -o saves its file, and prints where', async () => {
    const { create, sandbox } = await account()
    const file = join(folderForTest(), 'july.csv')
    const { exitCode, stdout, requests } = await create('--name', 'July', '--wait', '-o', file)
    expect([exitCode, stdout]).toEqual([0, `${file}\n`])
    expect(readFileSync(file, 'utf8')).toBe(await fileOf(sandbox, '1000000'))
    expect(requests.filter((path) => path.startsWith('POST '))).toEqual([`POST ${EXPORT}`])
    expect(requests.at(-1)).toBe('/v1/hood/exports/1000000/download')
  })

  test('--wait -o - is the file and nothing else', async () => {
    const { create, sandbox } = await account()
    const { stdout } = await create('--wait', '-o', '-')
    expect(stdout).toBe(await fileOf(sandbox, '1000000'))
  })

  test('--wait -d makes the folder, and keeps the name of the export', async () => {
    const { create } = await account()
    const folder = join(folderForTest(), 'new')
    await create('--name', 'July', '--key', 'k1', '--wait', '-d', folder)
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^July \(k1\) - .*\.csv$/)])
  })

  test('--key finds the export of the run before, and makes no other', async () => {
    const { create, sandbox } = await account()
    const first = await create('--name', 'Nightly', '--key', '2026-07-28', '--wait')
    const second = await create('--name', 'Nightly', '--key', '2026-07-28', '--wait')
    const third = await create('--name', 'Nightly', '--key', '2026-07-29', '--wait')
    expect([first.stdout, second.stdout, third.stdout]).toEqual(['1000000\n', '1000000\n', '1000001\n'])
    expect(await namesIn(sandbox)).toHaveLength(2)
  })

  test('an export that fails is run again, and reported', async () => {
    const { create, sandbox } = await account()
    await sandbox.setState('making an export takes', { seconds: 2, outcome: 'failed', times: 1 })
    const { exitCode, stdout, stderr } = await create('--wait')
    expect([exitCode, stdout]).toEqual([0, '1000000\n'])
    expect(stderr).toMatch(/1000000 has status failed \(.+\): the API\s+runs it again\./)
  })

  test('an export that stays failed is exit code 1, with its reason and the way on', async () => {
    const { create, sandbox } = await account()
    await sandbox.setState('making an export takes', { seconds: 2, outcome: 'failed' })
    const { exitCode, stdout, stderr } = await create('--key', 'k1', '--retries', '0', '--wait')
    expect([exitCode, stdout]).toEqual([1, ''])
    const said = stderr.replaceAll(/\s+/g, ' ')
    expect(said).toMatch(/error: The export 1000000 is failed: .+ \(raise --retries to have it run again\)/)
    expect(said).toContain('(--key k1 goes on with it)')
  })

  test('--deadline ends the waiting with exit code 5, and the key goes on', async () => {
    const { create, sandbox } = await account()
    await sandbox.setState('making an export takes', { seconds: 600 })
    const first = await create('--key', 'k1', '--wait', '--deadline', '10s', '--json')
    expect([first.exitCode, first.stdout]).toEqual([5, ''])
    expect(JSON.parse(first.stderr)).toMatchObject({ error: { kind: 'deadline', key: 'k1' } })
    const second = await create('--key', 'k1', '--wait')
    expect([second.exitCode, await namesIn(sandbox)]).toEqual([0, [expect.stringContaining('(k1)')]])
  })
})

describe('a request without an answer', () => {
  test('is not sent again; how to look is reported, with exit code 6', async () => {
    const sandbox = faulty(await sandboxWith([]), EXPORT, ['drop'])
    const { exitCode, stderr, requests } = await runCli(['create', '2000000', '--name', "Clicks of Ana's"], { sandbox })
    expect([exitCode, requests.length]).toEqual([6, 1])
    expect(stderr).toMatch(
      /^error: .*Whether the API has carried it out is unknown: look before you send it again: hood-exports list --search 'Clicks of Ana'\\''s'\n$/,
    )
  })

  test('is reported to machines with all that is known', async () => {
    const sandbox = faulty(await sandboxWith([]), EXPORT, ['status=500'])
    const { exitCode, stderr } = await runCli(['create', '2000000', '--json'], { sandbox })
    expect(exitCode).toBe(6)
    expect(JSON.parse(stderr)).toMatchObject({
      error: { kind: 'unknown-outcome', outcome: 'unknown', status: 500, attempts: 1, url: EXPORT },
    })
  })

  test('with --wait is looked for, and makes one export', async () => {
    const clock = hurriedClock()
    const sandbox = await sandboxWith([], { clock })
    const dropping = faulty(sandbox, EXPORT, ['drop'])
    const { exitCode, stdout } = await runCli(['create', '2000000', '--wait'], { sandbox: dropping, clock })
    expect([exitCode, stdout, await namesIn(sandbox)]).toEqual([0, '1000000\n', [expect.any(String)]])
  })

  test('because of Ctrl-C is reported, with the way on', async () => {
    const interruption = new AbortController()
    const sandbox = await sandboxWith([])
    const stuck: Sandbox = {
      ...sandbox,
      fetch: async () => {
        interruption.abort()
        return new Promise<Response>(() => {})
      },
    }
    const { signal } = interruption
    const asked = await runCli(['create', '2000000'], { sandbox: stuck, signal })
    expect([asked.exitCode, asked.stderr]).toEqual([
      130,
      'warning: Whether the API has carried it out is unknown: look before you send it again: hood-exports list\n',
    ])
    const again = new AbortController()
    const waiting = { ...stuck, fetch: async () => (again.abort(), new Promise<Response>(() => {})) }
    const waited = await runCli(['create', '2000000', '--wait'], { sandbox: waiting, signal: again.signal })
    expect(waited.exitCode).toBe(130)
    expect(waited.stderr).toMatch(/^warning: It may be made all the same: --key [a-z0-9]{10} goes on with it\.\n$/)
  })

  test('is mentioned at Ctrl-C while the export is waited for', async () => {
    const interruption = new AbortController()
    const clock = hurriedClock()
    const sandbox = await sandboxWith([], { clock })
    const interrupted: Sandbox = {
      ...sandbox,
      fetch: (request) => {
        if (request.method === 'GET') interruption.abort()
        return sandbox.fetch(request)
      },
    }
    const { exitCode, stderr } = await runCli(['create', '2000000', '--wait'], {
      sandbox: interrupted,
      clock,
      signal: interruption.signal,
    })
    expect([exitCode, stderr]).toEqual([
      130,
      expect.stringMatching(/^warning: It may be made all the same: --key \w+ /),
    ])
  })

  test('that was not sent before Ctrl-C is not mentioned', async () => {
    const { exitCode, stderr } = await runCli(['create', '2000000', '--wait'], { signal: AbortSignal.abort() })
    expect([exitCode, stderr]).toEqual([130, ''])
  })
})

describe('what cannot be asked for', () => {
  const folder = folderForTest
  test.each([
    [['abc'], '"abc" is not an id: give a string of digits, such as 1000000'],
    [['2000000', '-o', 'a.csv'], '-o is of an export that is ready: give --wait as well, or leave it out'],
    [['2000000', '--key', 'k1'], '--key is of an export that is ready: give --wait as well, or leave it out'],
    [['2000000', '--wait', '-o', '/tmp'], '"/tmp" is a folder: give it with -d'],
    [['2000000', '--wait', '-o', ''], '-o has no name after it'],
    [['2000000', '--wait', '--key', ' '], '--key: " " is no text to find an export by'],
    [['2000000', '--fields', 'a,,b'], '--fields: ["a","","b"] is not a list of columns'],
    [['2000000', '--body', '{}', '--out', 'xml'], "argument 'xml' is invalid. Allowed choices are csv, json."],
    [['2000000', '--body', '/nonexistent'], '--body "/nonexistent" cannot be read: ENOENT'],
    [['2000000', '--body', '-', '--token-stdin'], 'The body and the token cannot both come from standard input'],
  ])('%j is refused, and nothing is sent', async (argv, message) => {
    const { exitCode, stderr, requests } = await runCli(['create', ...argv], {})
    expect([exitCode, requests]).toEqual([2, []])
    expect(stderr).toContain(message)
  })

  test('a file that is there is reported before anything is sent', async () => {
    const file = join(folder(), 'july.csv')
    writeFileSync(file, 'mine')
    const { exitCode, stderr, requests } = await runCli(['create', '2000000', '--wait', '-o', file], {})
    expect([exitCode, requests]).toEqual([2, []])
    expect(stderr).toContain(
      'exists already: pass --if-exists overwrite, rename or skip, or another name with -o (nothing was sent)',
    )
  })
})
