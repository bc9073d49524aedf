import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')

interface Manifest {
  readonly bin?: Readonly<Record<string, string>>
  readonly engines?: { readonly node: string }
}

/** Every command of every package, and the oldest Node that its package takes. */
const commands = globSync(['packages/*/package.json', 'apps/*/package.json'], { cwd: root }).flatMap((file) => {
  const { bin = {}, engines } = JSON.parse(readFileSync(join(root, file), 'utf8')) as Manifest
  const floor = engines?.node.replace('>=', '') ?? 'none'
  return Object.entries(bin).map(([command, path]) => ({ command, floor, bin: join(root, dirname(file), path) }))
})

/** This Node under another version; it tells which files are loaded. */
function help(bin: string, version: string): { status: number | null; stderr: string; loaded: string[] } {
  const disguise = `
    import { registerHooks } from 'node:module'
    Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })
    registerHooks({ load: (url, context, next) => {
      if (url.startsWith('file:')) console.log('LOADED ' + url.split('/').at(-1))
      return next(url, context)
    } })`
  const preload = `data:text/javascript,${encodeURIComponent(disguise)}`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', preload, bin, '--help'], {
    encoding: 'utf8',
  })
  return { status, stderr, loaded: [...stdout.matchAll(/^LOADED (.*)$/gm)].map(([, file = '']) => file) }
}

test('what people install beside their work starts on Node 22.13', () => {
  expect(Object.fromEntries(commands.map(({ command, floor }) => [command, floor]))).toEqual({
    'hood-contract': '22.13',
    'hood-exports': '22.13',
    'hood-exports-mock': '24.18',
    'hood-exports-sandbox': '22.13',
  })
})

describe.each(commands)('$command', ({ command, floor, bin }) => {
  test.each(['9.11.2', '20.20.2', '22.12.9'])('on Node %s says what it needs, and loads nothing else', (version) => {
    expect(help(bin, version)).toEqual({
      status: 2,
      stderr: `error: ${command} needs Node ${floor} or newer, and this is ${version}: get one from https://nodejs.org\n`,
      loaded: ['bin.ts', 'node-floor.ts', 'package.json'],
    })
  })

  test.each([`${floor}.0`, '25.0.0', '100.1.0'])('starts on Node %s', (version) => {
    expect(help(bin, version)).toMatchObject({ status: 0, stderr: '' })
  })
})
