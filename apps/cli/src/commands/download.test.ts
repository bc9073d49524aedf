import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hurriedClock } from '../testing/hurried-clock.ts'
import { folderForTest, runCli, sandboxForTest } from '../testing/run-cli.ts'

const SAMPLE = 'Christmas list - 22.05.2025 11_44_32.csv'

describe('download', () => {
  test('saves an export under its own name, and prints where', async () => {
    const folder = folderForTest()
    const { exitCode, stdout } = await runCli(['download', '1000000', '-d', folder], { sandbox: sandboxForTest() })
    expect([exitCode, stdout]).toEqual([0, `${join(folder, SAMPLE)}\n`])
    expect(readFileSync(join(folder, SAMPLE))).toHaveLength(125)
    expect(readdirSync(folder)).toEqual([SAMPLE])
  })

  test('-d makes the folder, and those above it', async () => {
    const folder = join(folderForTest(), 'new', 'er')
    const { exitCode } = await runCli(['download', '1000000', '-d', folder], { sandbox: sandboxForTest() })
    expect([exitCode, readdirSync(folder)]).toEqual([0, [SAMPLE]])
  })

  test('-d that cannot be made is reported', async () => {
    const file = join(folderForTest(), 'file')
    writeFileSync(file, '')
    const { exitCode, stderr } = await runCli(['download', '1000000', '-d', join(file, 'new')], {
      sandbox: sandboxForTest(),
    })
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('/file/new" cannot be made: ENOTDIR')])
  })

  test('with --json says bytes and checksum', async () => {
    const folder = folderForTest()
    const { stdout } = await runCli(['download', '1000000', '-d', folder, '--json'], { sandbox: sandboxForTest() })
    const saved = JSON.parse(stdout) as { path: string; sha256: string }
    expect(saved).toMatchObject({ id: '1000000', bytes: 125, sizeCheck: 'matches', contentType: 'text/csv' })
    expect(saved.sha256).toBe(createHash('sha256').update(readFileSync(saved.path)).digest('hex'))
  })

  test('-o names the file', async () => {
    const folder = folderForTest()
    const { stdout } = await runCli(['download', '1000000', '-o', join(folder, 'a.csv')], { sandbox: sandboxForTest() })
    expect([stdout, readdirSync(folder)]).toEqual([`${join(folder, 'a.csv')}\n`, ['a.csv']])
  })

  test('-o - is the file and nothing else, in one request', async () => {
    const { stdout, stderr, requests } = await runCli(['download', '1000000', '-o', '-'], { sandbox: sandboxForTest() })
    expect(stdout).toHaveLength(125)
    expect([stderr, requests]).toEqual(['', ['/v1/hood/exports/1000000/download']])
  })

  test('-o takes what is no file, such as /dev/null', async () => {
    const { exitCode, stdout } = await runCli(['download', '1000000', '-o', '/dev/null'], { sandbox: sandboxForTest() })
    expect([exitCode, stdout, existsSync('/dev/null')]).toEqual([0, '', true])
  })

  test('a terminal gets no file that holds what it would obey', async () => {
    const answer = (): Response => new Response('a,b\n1,\u001B]0;owned\u0007\n')
    const { exitCode, stdout, stderr } = await runCli(['download', '1000000', '-o', '-'], { answer, columns: 80 })
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain('bytes that a terminal would obey')
  })

  test('an item of "list --output ndjson" on standard input saves the request for its name', async () => {
    const folder = folderForTest()
    const sandbox = sandboxForTest()
    const { stdout: listed } = await runCli(['list', '--where', 'status=ready', '--limit', '3', '--output', 'ndjson'], {
      sandbox,
    })
    const { exitCode, stdout, requests } = await runCli(['download', '-', '-d', folder], { sandbox, stdin: listed })
    expect(exitCode).toBe(0)
    expect(requests.every((url) => url.endsWith('/download'))).toBe(true)
    expect(stdout.trimEnd().split('\n').toSorted()).toEqual(
      readdirSync(folder)
        .map((file) => join(folder, file))
        .toSorted(),
    )
    expect(readdirSync(folder)).toHaveLength(3)
  })

  test('ids on standard input are taken a line each, with and without a last line end, each once', async () => {
    const folder = folderForTest()
    const { requests } = await runCli(['download', '-', '-d', folder], {
      sandbox: sandboxForTest(),
      stdin: '1000000\r\n\n1000000',
    })
    expect(requests).toHaveLength(2)
  })

  test('when some fail, the others are saved and the exit code is 7', async () => {
    const folder = folderForTest()
    const { exitCode, stdout, stderr } = await runCli(['download', '-', '-d', folder], {
      sandbox: sandboxForTest(),
      stdin: '42\n1000000\nid,name\n',
    })
    expect([exitCode, stdout]).toEqual([7, `${join(folder, SAMPLE)}\n`])
    expect(stderr.trimEnd().split('\n').toSorted()).toEqual([
      'error: "id,name" is not an id: give a string of digits, such as 1000000',
      expect.stringMatching(/^error: 42: The API answered 404: /),
    ])
  })

  test('when all fail alike, the exit code is theirs', async () => {
    const { exitCode } = await runCli(['download', '42', '43'], { sandbox: sandboxForTest() })
    expect(exitCode).toBe(4)
  })

  test('what would fail for every other too is tried no more', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => String(1_000_000 + index))
    const { exitCode, stderr, requests } = await runCli(['download', ...ids, '--concurrency', '2'], {
      sandbox: sandboxForTest(),
      env: { HOOD_TOKEN: 'wrong' },
    })
    expect(exitCode).toBe(3)
    expect(requests).toHaveLength(2)
    expect(stderr).toContain('warning: 98 exports not tried')
  })

  test('a file that is there is kept, and the flag that changes it is reported', async () => {
    const folder = folderForTest()
    writeFileSync(join(folder, SAMPLE), 'mine')
    const { exitCode, stderr } = await runCli(['download', '1000000', '-d', folder], { sandbox: sandboxForTest() })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('exists already: pass --if-exists overwrite, rename or skip, or another name with -o')
    expect(readFileSync(join(folder, SAMPLE), 'utf8')).toBe('mine')
    await runCli(['download', '1000000', '-d', folder, '--if-exists', 'rename'], { sandbox: sandboxForTest() })
    expect(readdirSync(folder)).toEqual([SAMPLE.replace('.csv', ' (2).csv'), SAMPLE])
  })

  test('a file that is there is not fetched with --if-exists skip, and its path is printed all the same', async () => {
    const folder = folderForTest()
    writeFileSync(join(folder, SAMPLE), 'mine')
    const argv = ['download', '1000000', '1000001', '-d', folder, '--if-exists', 'skip']
    const { exitCode, stdout, requests } = await runCli(argv, { sandbox: sandboxForTest() })
    expect([exitCode, stdout.split('\n')]).toEqual([0, expect.arrayContaining([join(folder, SAMPLE)])])
    expect(readFileSync(join(folder, SAMPLE), 'utf8')).toBe('mine')
    expect(requests.filter((path) => path.endsWith('/download'))).toHaveLength(1)
  })

  test('a broken download leaves nothing behind', async () => {
    const folder = folderForTest()
    const { exitCode } = await runCli(['download', '1000000', '-d', folder], {
      sandbox: sandboxForTest(),
      fault: 'truncate=60',
      clock: hurriedClock(),
    })
    expect([exitCode, readdirSync(folder)]).toEqual([6, []])
  })

  test('another size than announced is reported, and with --size-mismatch fail it fails', async () => {
    const sandbox = sandboxForTest()
    const line = '{"id":"1000000","name":"a","extension":"csv","size":99}\n'
    const reported = await runCli(['download', '-', '-d', folderForTest()], { sandbox, stdin: line })
    expect([reported.exitCode, reported.stderr]).toEqual([
      0,
      'warning: 1000000 has 125 B, which is not the size that the API announced.\n',
    ])
    const failed = await runCli(['download', '-', '-d', folderForTest(), '--size-mismatch', 'fail'], {
      sandbox,
      stdin: line,
    })
    expect([failed.exitCode, failed.stdout]).toEqual([1, ''])
  })

  test('progress says bytes against the known size, to people alone', async () => {
    const folder = folderForTest()
    const { stderr } = await runCli(['download', '1000000', '-d', folder], { sandbox: sandboxForTest(), columns: 80 })
    expect(stderr).toBe('\r\u001B[2K25 B of 125 B, 20 %\r\u001B[2K')
  })

  test.each([
    [['1000000', 'x'], '"x" is not an id'],
    [['1000000', '1000001', '-o', 'a'], '-o takes one export: give a folder with -d for several'],
    [['-', '-o', '-'], '-o takes one export'],
    [['1000000', '-o', '/tmp'], '"/tmp" is a folder: give it with -d'],
    [['1000000', '-o', 'a', '-d', 'b'], 'cannot be used with'],
    [['-', '--token-stdin'], 'Ids and the token cannot both come from standard input'],
  ])('%j is refused, and nothing is sent', async (flags, message) => {
    const { exitCode, stderr, requests } = await runCli(['download', ...flags], {})
    expect([exitCode, requests]).toEqual([2, []])
    expect(stderr).toContain(message)
  })
})
