import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

const FLOOR = JSON.stringify(new URL('node-floor.ts', import.meta.url).href)

test('a command prints no warning that a part of Node is experimental, and every other one', () => {
  const program = `
    const { startOnNode } = await import(${FLOOR})
    await startOnNode({ bin: { demo: 'bin.js' }, engines: { node: '>=22.13' } }, async () => {
      process.emitWarning('SQLite is an experimental feature', 'ExperimentalWarning')
      process.emitWarning('use another one', 'DeprecationWarning')
    })`
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  expect(stderr).toContain('DeprecationWarning: use another one')
  expect(stderr).not.toContain('SQLite')
})
