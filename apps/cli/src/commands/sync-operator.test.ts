import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hurriedClock } from '../testing/hurried-clock.ts'
import { folderForTest, runCli } from '../testing/run-cli.ts'
import { faulty, fileOf, sandboxWith } from '../testing/sync-account.ts'

const NOON = Date.UTC(2026, 0, 31, 12)
const at = (wall: number) => hurriedClock({ wall })

type Line = Readonly<Record<string, unknown>>

function linesOf(stderr: string): Line[] {
  return stderr
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
}

/** The metrics of a file, without their prefix. */
function metricsOf(file: string): Record<string, number> {
  const lines = [...readFileSync(file, 'utf8').matchAll(/^hood_exports_sync_(\w+)\{destination=".*"\} (.+)$/gm)]
  return Object.fromEntries(lines.map(([, name = '', value]) => [name, Number(value)]))
}

describe('--log json', () => {
  test('has a line for each thing that happens, and stdout is as ever', async () => {
    const sandbox = await sandboxWith([{ name: 'daily' }, { status: 'queued' }])
    const folder = folderForTest()
    const { stdout, stderr } = await runCli(['sync', folder, '--log', 'json'], { sandbox, clock: at(NOON) })
    const path = join(folder, 'daily.csv')
    const content = await fileOf(sandbox, '1000000')
    expect(stdout).toBe(`${path}\n`)
    const lines = linesOf(stderr)
    expect(lines.map(({ level, event }) => [level, event])).toEqual([
      ['info', 'waiting'],
      ['info', 'listed'],
      ['info', 'planned'],
      ['info', 'saved'],
      ['info', 'done'],
    ])
    expect(lines[3]).toEqual({
      time: expect.stringMatching(/^2026-01-31T12:00:\d\d\.\d{3}Z$/),
      level: 'info',
      event: 'saved',
      id: '1000000',
      name: 'daily',
      resource: 'quick-reports',
      file: 'daily.csv',
      path,
      bytes: 1_000,
      sha256: createHash('sha256').update(content).digest('hex'),
      sizeCheck: 'matches',
    })
    expect(lines[4]).toMatchObject({ saved: 1, bytes: 1_000, failed: 0, left: 0, waiting: 1, exitCode: 0 })
  })

  test('has failures and warnings by their level', async () => {
    const sandbox = faulty(await sandboxWith([{}, {}]), '1000001/download', ['html', 'html', 'html'])
    const { exitCode, stderr } = await runCli(['sync', folderForTest(), '--log', 'json'], { sandbox, clock: at(NOON) })
    const failed = linesOf(stderr).find(({ level }) => level === 'error')
    expect([exitCode, failed]).toEqual([
      7,
      expect.objectContaining({ event: 'failed', id: '1000001', kind: 'invalid-response', exitCode: 1 }),
    ])
  })

  test('has what ends a command, also when it cannot be parsed', async () => {
    const { stderr } = await runCli(['sync', '--log', 'json'], {})
    expect(linesOf(stderr)).toMatchObject([{ level: 'error', event: 'failed', kind: 'usage', exitCode: 2 }])
  })

  test('has each request with --verbose, and only warnings and errors with --quiet', async () => {
    const sandbox = await sandboxWith([{}])
    const argv = ['sync', folderForTest(), '--log', 'json']
    const verbose = await runCli([...argv, '--verbose'], { sandbox, clock: at(NOON) })
    const sent = linesOf(verbose.stderr).filter(({ event, type }) => event === 'request' && type === 'sent')
    expect(sent.map(({ level, url }) => [level, url])).toEqual([
      ['debug', expect.stringContaining('/v1/hood/exports?')],
      ['debug', '/v1/hood/exports/1000000/download'],
    ])
    expect((await runCli([...argv, '--quiet', '--full'], { sandbox, clock: at(NOON) })).stderr).toBe('')
  })
})

describe('--metrics', () => {
  test('has what a run did, and is there as a whole', async () => {
    const sandbox = await sandboxWith([{}, {}, { status: 'queued' }])
    const [folder, metrics] = [folderForTest(), folderForTest()]
    const file = join(metrics, 'hood.prom')
    await runCli(['sync', folder, '--metrics', file], { sandbox, clock: at(NOON) })
    const found = metricsOf(file)
    expect(found).toMatchObject({
      exit_code: 0,
      saved_exports: 2,
      saved_bytes: 2_001,
      failed_exports: 0,
      left_exports: 0,
      waiting_exports: 1,
      requests: 3,
    })
    expect(found['last_success_timestamp_seconds']).toBe(found['last_run_timestamp_seconds'])
    expect(readdirSync(metrics)).toEqual(['hood.prom'])
    expect(readFileSync(file, 'utf8')).toContain(
      '# HELP hood_exports_sync_exit_code Exit code of the last run.\n# TYPE hood_exports_sync_exit_code gauge\n',
    )
  })

  test('keeps the last success while runs fail, and has their exit code', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    const argv = ['sync', folder, '--metrics', join(folder, 'hood.prom')]
    await runCli(argv, { sandbox, clock: at(NOON) })
    const before = metricsOf(join(folder, 'hood.prom'))
    const { exitCode } = await runCli(argv, { sandbox: faulty(sandbox, '/', ['status=401']), clock: at(NOON + 60_000) })
    const after = metricsOf(join(folder, 'hood.prom'))
    expect([exitCode, after['exit_code'], after['saved_exports']]).toEqual([3, 3, 0])
    expect(after['last_success_timestamp_seconds']).toBe(before['last_success_timestamp_seconds'])
    expect(after['last_run_timestamp_seconds']).toBeGreaterThanOrEqual(NOON / 1_000 + 60)
  })

  test('that cannot be written are a warning', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    writeFileSync(join(folder, 'file'), '')
    const { exitCode, stderr } = await runCli(['sync', folder, '--metrics', join(folder, 'file/hood.prom')], {
      sandbox,
    })
    expect([exitCode, existsSync(join(folder, 'list 0.csv'))]).toEqual([0, true])
    expect(stderr).toContain('give --metrics a file in a folder that is there')
  })
})
