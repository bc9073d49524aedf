import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run } from '../run.ts'
import { folderForTest, runCli } from '../testing/run-cli.ts'
import { addExport, fileOf, filesIn, linesOf, sandboxWith } from '../testing/sync-account.ts'

type Sandbox = Awaited<ReturnType<typeof sandboxWith>>

/** Runs a command whose standard output is a pipe of bytes. */
async function archiveOf(sandbox: Sandbox, argv: readonly string[] = [], takes = Infinity) {
  const chunks: Uint8Array[] = []
  let said = ''
  const output = { isTTY: false, columns: 80, colour: false }
  const exitCode = await run(['sync', '-', ...argv], {
    stdin: { isTTY: false, async *[Symbol.asyncIterator]() {}, readSecret: async () => undefined },
    stdout: {
      ...output,
      async write(data) {
        if (chunks.length >= takes) throw Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' })
        chunks.push(typeof data === 'string' ? Buffer.from(data) : new Uint8Array(data))
      },
    },
    stderr: { ...output, write: async (data) => void (said += String(data)) },
    env: { HOOD_TOKEN: 'sandbox-ana', HOOD_BASE_URL: 'http://sandbox.test', XDG_CONFIG_HOME: '/nonexistent' },
    signal: new AbortController().signal,
    fetch: async (input, init) => sandbox.fetch(new Request(input, init)),
  })
  return { exitCode, said, bytes: Buffer.concat(chunks) }
}

/** What tar makes of it. */
function unpacked(bytes: Buffer): string {
  const folder = folderForTest()
  writeFileSync(join(folder, 'archive.tar'), bytes)
  execFileSync('tar', ['-xf', 'archive.tar'], { cwd: folder })
  return folder
}

describe('sync -', () => {
  test('writes a tar archive of every ready export, and their names to standard error', async () => {
    const sandbox = await sandboxWith([{}, { name: `long ${'name '.repeat(40)}` }, { name: 'Извоз' }])
    const { exitCode, said, bytes } = await archiveOf(sandbox)
    const folder = unpacked(bytes)
    const names = readdirSync(folder).filter((name) => name !== 'archive.tar')
    expect([exitCode, names.length]).toEqual([0, 3])
    expect(linesOf(said)).toEqual(expect.arrayContaining(names))
    expect(readFileSync(join(folder, 'Извоз.csv'), 'utf8')).toBe(await fileOf(sandbox, '1000002'))
  })

  test('with --state has what is new since the last archive', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const state = ['--state', join(folderForTest(), 'state/inbox.sqlite')]
    await archiveOf(sandbox, state)
    await addExport(sandbox, 2)
    const second = await archiveOf(sandbox, state)
    expect(filesIn(unpacked(second.bytes))).toEqual(['archive.tar', 'list 2.csv'])
    const third = await archiveOf(sandbox, state)
    expect([third.exitCode, filesIn(unpacked(third.bytes))]).toEqual([0, ['archive.tar']])
  })

  test('that is cut off fails, and the next run gives all of it again', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const state = ['--state', join(folderForTest(), 'state.sqlite')]
    const first = await archiveOf(sandbox, state, 1)
    expect([first.exitCode, first.said]).toEqual([1, expect.stringContaining('The archive was cut off (write EPIPE)')])
    expect(existsSync(state[1] ?? '')).toBe(false)
    const second = await archiveOf(sandbox, state)
    expect(filesIn(unpacked(second.bytes))).toEqual(['archive.tar', 'list 0.csv', 'list 1.csv'])
  })

  test('whose last bytes are not taken fails as well', async () => {
    const sandbox = await sandboxWith([{}])
    const { bytes } = await archiveOf(sandbox)
    expect(bytes.length).toBeGreaterThan(0)
    // A header, the content with its padding, and the end.
    for (const takes of [0, 1, 2]) expect((await archiveOf(sandbox, [], takes)).exitCode).toBe(1)
  })

  test('writes nothing with --dry-run', async () => {
    const { exitCode, bytes, said } = await archiveOf(await sandboxWith([{}]), ['--dry-run'])
    expect([exitCode, bytes.length, said]).toEqual([0, 0, expect.stringMatching(/^list 0\.csv\nNothing was written/)])
  })

  test.each([
    [['--watch'], '--watch is not for an archive'],
    [['--exec', 'true'], '--exec is not for an archive'],
    [['--delete-expired', 'yes'], '--delete-expired is not for an archive'],
  ])('%j is refused', async (flags, message) => {
    const { exitCode, stderr } = await runCli(['sync', '-', ...flags], {})
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)])
  })

  test('is refused where standard output is a terminal', async () => {
    const { exitCode, stderr } = await runCli(['sync', '-'], { columns: 80 })
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Standard output is a terminal')])
  })
})
