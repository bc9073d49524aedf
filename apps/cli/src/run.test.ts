import { describe, expect, test } from 'vitest'
import { runCli, sandboxForTest } from './testing/run-cli.ts'

describe('without a command', () => {
  test('the help is shown on stderr, with exit code 2', async () => {
    const { exitCode, stdout, stderr } = await runCli([])
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toBe((await runCli(['--help'])).stdout)
  })

  test('--json gets an error that names the commands', async () => {
    const { exitCode, stderr } = await runCli(['--json'])
    expect(exitCode).toBe(2)
    expect(JSON.parse(stderr)).toMatchObject({
      error: { kind: 'usage', message: expect.stringMatching(/^No command: give one of list, get, /) },
    })
  })
})

describe('standard output', () => {
  test('that cannot be written, as on a full disk, is a failure and no bug', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { syscall: 'write' })
    const onWrite = (): void => {
      throw full
    }
    const { exitCode, stderr } = await runCli(['list'], { sandbox: sandboxForTest(), onWrite })
    expect([exitCode, stderr]).toEqual([
      1,
      'error: Standard output cannot be written: ENOSPC: no space left on device, write\n',
    ])
  })
})

describe('a path without a name', () => {
  test.each([
    [['sync', ''], 'The folder has no name: give one such as ./exports, or . for this one'],
    [['download', '42', '-d', ''], '-d has no name after it: give one, or leave -d out'],
    [['download', '42', '-o', ''], '-o has no name after it: give one, or leave -o out'],
  ])('in %j is refused before anything is asked', async (argv, message) => {
    const { exitCode, stderr, requests } = await runCli(argv)
    expect([exitCode, stderr, requests]).toEqual([2, `error: ${message}\n`, []])
  })
})

describe('help', () => {
  test('of a command is that of its --help', async () => {
    const [asCommand, asOption] = await Promise.all([runCli(['help', 'list']), runCli(['list', '--help'])])
    expect([asCommand.exitCode, asCommand.stdout]).toEqual([0, asOption.stdout])
  })

  test('of nothing is that of the program', async () => {
    const [asCommand, asOption] = await Promise.all([runCli(['help']), runCli(['--help'])])
    expect([asCommand.exitCode, asCommand.stdout]).toEqual([0, asOption.stdout])
  })

  test.each([
    ['nonsense', 'error: Unknown command "nonsense" ("hood-exports --help" lists them)\n'],
    ['downlod', 'error: Unknown command "downlod" (did you mean download?)\n'],
  ])('of %s, which is no command, is refused', async (name, message) => {
    const { exitCode, stdout, stderr } = await runCli(['help', name])
    expect([exitCode, stdout, stderr]).toEqual([2, '', message])
  })
})
