import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startMock } from '@hood-exports/mock'
import { DEMO_TOKENS, startSandbox } from '@hood-exports/sandbox'
import { expect, test } from 'vitest'

const spec = dirname(fileURLToPath(import.meta.resolve('@hood-exports/openapi/package.json')))
const redocly = join(import.meta.dirname, '../node_modules/.bin/redocly')

interface Provider {
  readonly url: string
  close(): Promise<void>
}

test.each<[string, () => Promise<Provider>]>([
  ['the sandbox', () => startSandbox({ port: 0 })],
  ['the mock', () => startMock({ port: 0 })],
])(
  'the Arazzo workflows run against %s',
  async (_name, start) => {
    const provider = await start()
    try {
      const { stdout } = await promisify(execFile)(
        redocly,
        [
          'respect',
          'workflows.arazzo.yaml',
          `--server=exports=${provider.url}`,
          `--input=token=${DEMO_TOKENS.main}`,
          '--input=id=1000000',
        ],
        { cwd: spec, env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } },
      )
      expect(stdout).toContain('Workflows: 2 passed, 2 total')
      expect(stdout).not.toContain(DEMO_TOKENS.main)
    } finally {
      await provider.close()
    }
  },
  30_000,
)
