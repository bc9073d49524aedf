import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('the main job lists every export once, downloads one, meets no 429 and ends', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(new URL('start.ts', import.meta.url))])
  expect(stdout).toContain('Listed      1000 of 1000 exports, 1000 different')
  expect(stdout).toMatch(/Downloaded {2}\d+ bytes of export \d+; its size matches/)
  expect(stdout).toContain('Requests    21 sent')
  expect(stdout).toContain('0 × 429')
}, 60_000)
