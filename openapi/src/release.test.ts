import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '..')
const RELEASED = join(root, 'released/hood-exports.yaml')
const PRESENT = join(root, 'hood-exports.yaml')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spec-release-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Whether `info.version` has grown as much as the changes ask for, and what redocly says. */
async function rate(revision: string): Promise<{ isVersionRight: boolean; report: string }> {
  const flags = ['--config', join(root, 'redocly.diff.yaml'), '--check-version', '--fail-on', 'none']
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' }
  const redocly = join(root, 'node_modules/.bin/redocly')
  try {
    const { stdout, stderr } = await promisify(execFile)(redocly, ['diff', RELEASED, revision, ...flags], { env })
    return { isVersionRight: true, report: stdout + stderr }
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return { isVersionRight: false, report: stdout + stderr }
  }
}

async function changed(from: RegExp, to: string): Promise<string> {
  const yaml = await readFile(RELEASED, 'utf8')
  expect(yaml).toMatch(from)
  const file = join(folder, 'hood-exports.yaml')
  await writeFile(file, yaml.replace(from, to))
  return file
}

describe('the version of the description', () => {
  test('has grown as much as its changes since the last release ask for', async () => {
    expect(await rate(PRESENT)).toMatchObject({ isVersionRight: true })
  })

  test('has an entry in the changelog', async () => {
    const { info } = parse(await readFile(PRESENT, 'utf8')) as { info: { version: string } }
    expect(await readFile(join(root, 'CHANGELOG.md'), 'utf8')).toContain(`\n## ${info.version}\n`)
  })

  test('must be a new major one when a field is taken away', async () => {
    const { isVersionRight, report } = await rate(await changed(/\n\s+- mime_type(?=\n)/, ''))
    expect({ isVersionRight, report }).toMatchObject({
      isVersionRight: false,
      report: expect.stringContaining('require a major bump (2.0.0)'),
    })
  })

  test('may stay when nothing but a description changes for the better', async () => {
    const file = await changed(/version: 1\.0\.0/, 'version: 1.0.1')
    expect(await rate(file)).toMatchObject({ isVersionRight: true })
  })
})
