import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** Measured 20,500 with the published types of `api/`, most of it TypeScript's own library and openapi-fetch. */
const MOST_INSTANTIATIONS = 22_000

test('a program that uses every typed call is cheap to check', async () => {
  const project = join(import.meta.dirname, 'type-cost')
  const { stdout } = await promisify(execFile)('tsc', ['-p', project, '--extendedDiagnostics'], {
    env: { ...process.env, PATH: `${join(import.meta.dirname, '../node_modules/.bin')}:${process.env['PATH'] ?? ''}` },
  })
  expect(Number(/^Instantiations:\s+(\d+)$/m.exec(stdout)?.[1])).toBeLessThan(MOST_INSTANTIATIONS)
}, 30_000)
