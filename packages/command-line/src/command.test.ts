import { afterEach, expect, test, vi } from 'vitest'
import { createCommand, runCommand } from './command.ts'
import { UsageError } from './usage-error.ts'

afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
})

test.each([
  [new UsageError('--port 99999 is too large'), 2, 'error: --port 99999 is too large\n'],
  [new TypeError('x is undefined'), 70, 'error: unexpected, please report it:\nTypeError: x is undefined\n    at '],
])('%s ends with the exit code %i', async (error, exitCode, said) => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const program = createCommand({ name: 'tool', version: '1.0.0' }).action(() => {
    throw error
  })
  await runCommand(program, [])
  expect(process.exitCode).toBe(exitCode)
  expect(String(written.mock.calls[0]?.[0]).startsWith(said)).toBe(true)
})
