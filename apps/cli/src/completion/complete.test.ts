import { execFile, spawnSync } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { folderForTest, runCli } from '../testing/run-cli.ts'

async function completed(...words: readonly string[]): Promise<string[]> {
  const { stdout } = await runCli(['__complete', ...words], {})
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t', 1)[0] ?? '')
}

describe('what can stand', () => {
  test.each([
    [['l'], ['list', 'limits', 'login', 'logout', ':words']],
    [
      ['list', '--se'],
      ['--search', '--search-fields', ':words'],
    ],
    [
      ['list', '--search', 'x', '--sea'],
      ['--search-fields', ':words'],
    ],
    [
      ['list', '--where', 'a=b', '--whe'],
      ['--where', ':words'],
    ],
    [
      ['list', '--base'],
      ['--base-url', ':words'],
    ],
    [
      ['list', '--output', ''],
      ['table', 'json', 'ndjson', 'csv', ':words'],
    ],
    [
      ['list', '--output', 'c'],
      ['csv', ':words'],
    ],
    [
      ['list', '--output=c'],
      ['--output=csv', ':words'],
    ],
    [
      ['list', '--output', '=', 'c'],
      ['--output=csv', ':words'],
    ],
    [
      ['list', '--fields', 'id,sta'],
      ['id,status', ':open'],
    ],
    [['list', '--sort', '-create_time,create'], [':open']],
    [
      ['list', '--sort', '-cr'],
      ['-create_time', ':open'],
    ],
    [
      ['list', '--where', 'stat'],
      ['status', ':open'],
    ],
    [
      ['list', '--where', 'status'],
      ['status=', 'status!=', 'status<', 'status>', 'status~', ':open'],
    ],
    [['download', '1000000', '-o', ''], [':files']],
    [['download', '-d', ''], [':directories']],
    [['download', ''], [':words']],
    [['--profile', 'x', 'sync', ''], [':directories']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish', 'powershell', ':words'],
    ],
    [['list', '--limit', ''], [':words']],
    [
      ['create', '1', '--filter', 'a=b', '--fil'],
      ['--filter', ':words'],
    ],
    [
      ['create', '--out', ''],
      ['csv', 'json', ':words'],
    ],
    [['create', '--fields', 'i'], [':words']],
    [['create', '--body', ''], [':files']],
    [['create', '-d', ''], [':directories']],
    [['ret'], ['retry', ':words']],
    [
      ['retry', '1', '--w'],
      ['--wait', ':words'],
    ],
    [['nonsense', ''], expect.arrayContaining(['list'])],
  ])('after %j: %j', async (words, expected) => {
    expect(await completed(...words)).toEqual(expected)
  })

  test('commands come with what they do', async () => {
    const { stdout } = await runCli(['__complete', 'wa'], {})
    expect(stdout).toBe('wait\twait until an export is ready\n:words\n')
  })
})

const has = (shell: string): boolean => spawnSync(shell, ['--version']).error === undefined

/** A folder for PATH, in which `hood-exports` is this source. */
function pathWithCommand(): string {
  const folder = folderForTest()
  symlinkSync(join(import.meta.dirname, '../bin.ts'), join(folder, 'hood-exports'))
  symlinkSync(process.execPath, join(folder, 'node'))
  return `${folder}:${process.env['PATH']}`
}

async function inShell(shell: string, args: readonly string[], env: object = {}): Promise<string> {
  const { stdout } = await promisify(execFile)(shell, [...args], {
    env: { PATH: pathWithCommand(), HOME: folderForTest(), LANG: 'C.UTF-8', ...env },
  })
  return stdout
}

describe('a real bash', () => {
  test.skipIf(!has('bash')).each([
    ['hood-exports lim', 'limits'],
    ['hood-exports list --ou', '--output'],
    ['hood-exports list --output = c', 'csv'],
    ['hood-exports list --fields id,sta', 'id,status'],
  ])('completes %s to %s', async (line, expected) => {
    const script = `source <(hood-exports completion bash); COMP_WORDS=(${line}); COMP_CWORD=$((\${#COMP_WORDS[@]}-1));
      compopt() { :; }; _hood_exports hood-exports; printf '%s\\n' "\${COMPREPLY[@]}"`
    expect(await inShell('bash', ['--norc', '-c', script])).toBe(`${expected}\n`)
  })
})

describe(`a real fish${has('fish') ? '' : ' (not installed on this machine)'}`, () => {
  test.skipIf(!has('fish')).each([
    ['hood-exports lim', 'limits\tshow what is left of the quota\n'],
    ['hood-exports list --output c', 'csv\n'],
    ['hood-exports list --fields id,sta', 'id,status\n'],
  ])('completes %s', async (line, expected) => {
    expect(
      await inShell('fish', ['--no-config', '-c', `hood-exports completion fish | source; complete -C "${line}"`]),
    ).toBe(expected)
  })
})

describe(`a real zsh${has('zsh') ? '' : ' (not installed on this machine)'}`, () => {
  test.skipIf(!has('zsh')).each([
    ['hood-exports lim\t', 'hood-exports limits'],
    ['hood-exports list --ou\t', 'hood-exports list --output'],
    ['hood-exports list --fields id,sta\t', 'hood-exports list --fields id,status'],
  ])('completes %j', async (keys, expected) => {
    // A zsh in a pseudo-terminal of another one; what the line has become is written to a file by a key of its own.
    const folder = folderForTest()
    writeFileSync(
      join(folder, '.zshrc'),
      `autoload -Uz compinit; compinit -u -d ${folder}/dump; source <(hood-exports completion zsh)
      show() { print -rn -- "$BUFFER" > ${folder}/line; exit }; zle -N show; bindkey '^X' show; print READY\n`,
    )
    const script = `zmodload zsh/zpty; export ZDOTDIR=${folder} TERM=xterm
      zpty z zsh -i; zpty -r -m z out '*READY*'; zpty -w -n z "$KEYS"
      zpty -w -n z $'\\x18'; while zpty -t z; do zpty -r z out || break; done; cat ${folder}/line`
    expect((await inShell('zsh', ['-f', '-c', script], { KEYS: keys })).trim()).toBe(expected)
  })
})
