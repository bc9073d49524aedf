import { execFile } from 'node:child_process'
import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startSandbox } from '@hood-exports/sandbox'
import { describe, expect, onTestFinished, test } from 'vitest'
// @boundaries-ignore a store that only tests start
import { startS3Store } from '../../../packages/client/src/fixtures/s3-store.ts'
import { EXIT } from './exit-code.ts'
import { createProgram } from './program.ts'
import { folderForTest } from './testing/run-cli.ts'

const manual = readFileSync(join(import.meta.dirname, '../../../docs/cli.md'), 'utf8')
const commands = [...manual.matchAll(/^```sh\n([^]*?)\n```$/gm)]
  .flatMap(([, block = '']) => block.split('\n'))
  .filter((line) => /^(?:echo .*\| )?hood-exports /.test(line))

describe('the manual', () => {
  test.each(commands)('%s', async (command) => {
    // A sandbox of its own: a quota that the line before has used would be waited for.
    const { url, close } = await startSandbox({ items: 120, limits: 'off' })
    onTestFinished(close)
    const store = command.includes('s3://') ? await startS3Store() : undefined
    if (store) onTestFinished(store.close)
    const bin = folderForTest()
    symlinkSync(join(import.meta.dirname, 'bin.ts'), join(bin, 'hood-exports'))
    symlinkSync(process.execPath, join(bin, 'node'))
    const { stdout } = await promisify(execFile)('bash', ['-o', 'pipefail', '-c', `set -e; ${command}; ls`], {
      cwd: folderForTest(),
      env: {
        PATH: `${bin}:${process.env['PATH']}`,
        HOOD_TOKEN: 'sandbox-ana',
        HOOD_BASE_URL: url,
        XDG_STATE_HOME: folderForTest(),
        ...store?.env,
      },
    })
    // A sandbox has nothing of the last days: its time begins in the same second on every day.
    expect(stdout !== '' || /^hood-exports list .*>=\d+d"$/.test(command)).toBe(true)
  })

  test('runs at least one line of each command that needs no person', () => {
    expect(new Set(commands.map((line) => / ?hood-exports (\w+)/.exec(line)?.[1]))).toEqual(
      new Set(['check', 'limits', 'list', 'get', 'download', 'sync', 'wait', 'create', 'retry']),
    )
  })

  test('lists every exit code', () => {
    const rows = [...manual.matchAll(/^\| (\d+) \| /gm)].map(([, code]) => Number(code))
    expect(rows).toEqual(Object.values(EXIT))
  })

  test('names every option that all commands take, every command, and every option of create', () => {
    const output = { isTTY: false, columns: Infinity, colour: false, write: async () => {} }
    const { command } = createProgram({
      stdout: output,
      stderr: output,
      contextOf: () => Promise.reject(new Error('nothing is run here')),
    })
    const create = command.commands.find((each) => each.name() === 'create')
    const names = [
      ...[...command.options, ...(create?.options ?? [])].map(({ long, short }) => long ?? short ?? ''),
      ...command.commands.map((each) => each.name()),
    ]
    const isNamed = (name: string): boolean => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(manual)
    expect(names.filter((name) => !isNamed(name))).toEqual(['--version'])
  })
})
