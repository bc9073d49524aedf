// The main job, on your machine: the mock and the sandbox answer; the client and the command line filter, make, list
// and download.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import cli from '@hood-exports/cli/package.json' with { type: 'json' }
import { createExportsClient } from '@hood-exports/client'
import type { ExportsEvent } from '@hood-exports/client'
import { startMock } from '@hood-exports/mock'
import { startSandbox } from '@hood-exports/sandbox'

const startedAt = performance.now()
const mock = await startMock({ port: 0 })
const sandbox = await startSandbox({ port: 0, startTime: 'now', makingSeconds: 1 })
const folder = await mkdtemp(join(tmpdir(), 'hood-exports-'))

try {
  console.log(`Mock     ${mock.url}   the spec, answered by Prism`)
  console.log(`Sandbox  ${sandbox.url}   the API with state, 10 requests/s and 150/min\n`)

  const sample = await createExportsClient({ token: 'any', baseUrl: mock.url }).get('1000000')
  console.log(`The mock's export 1000000 is "${sample.name}"\n`)

  const events: ExportsEvent[] = []
  const client = createExportsClient({
    token: sandbox.sandbox.tokens.main,
    baseUrl: sandbox.url,
    onEvent: (event) => events.push(event),
  })

  const since = new Date(Date.now() - 90 * 24 * 3_600_000)
  const failed = await client.list({ fields: ['name'], filter: { status: 'failed', create_time: { gte: since } } })
  console.log(`${failed.total} exports of the last 90 days have failed; one request has found them`)

  const made = await client.makeExport('17', { name: 'Clicks of July', out: 'csv' })
  const file = await client.download(made)
  await file.text()
  console.log(`Made "${made.name}": ${file.bytes} bytes\n`)

  const listing = client.listAll({ view: 'full', sort: ['-create_time'], pageSize: 50 })
  const plan = await listing.plan()
  console.log(
    `${plan.total} exports in ${plan.pages} pages; the quota lets the last one leave in ${seconds(plan.estimatedMs)}`,
  )
  const items = await listing.toArray()

  const newest = items.find(({ status }) => status === 'ready')
  if (!newest) throw new Error('The sandbox has no export that is ready')
  const download = await client.download(newest)
  await download.text()

  await hoodExports(['list', '--where', 'status=ready', '--where', 'create_time>=90d'])
  await hoodExports(['sync', 'exports', '--since', '60d'])
  console.log()

  const count = (type: ExportsEvent['type']): number => events.filter((event) => event.type === type).length
  const waitedMs = events.reduce((sum, event) => sum + (event.type === 'done' ? event.waitedMs : 0), 0)
  console.log(
    `Listed      ${items.length} of ${plan.total} exports, ${new Set(items.map(({ id }) => id)).size} different`,
  )
  console.log(`Downloaded  ${download.bytes} bytes of export ${newest.id}; its size ${download.sizeCheck}`)
  console.log(
    `Requests    ${count('sent')} sent, ${seconds(waitedMs)} waited for the quota, ${count('throttled')} × 429`,
  )
  console.log(`Took        ${seconds(performance.now() - startedAt)}`)
} finally {
  await Promise.all([mock.close(), sandbox.close(), rm(folder, { recursive: true })])
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

/** The command line as a process of its own, on this terminal, for another account: its quota is its own. */
async function hoodExports(argv: readonly string[]): Promise<void> {
  console.log(`\n$ hood-exports ${argv.join(' ')}`)
  const bin = fileURLToPath(new URL(cli.bin['hood-exports'], import.meta.resolve('@hood-exports/cli/package.json')))
  const env = { ...process.env, HOOD_TOKEN: sandbox.sandbox.tokens.otherAccount, HOOD_BASE_URL: sandbox.url }
  const [code] = (await once(
    spawn(process.execPath, [bin, ...argv], { stdio: 'inherit', cwd: folder, env }),
    'exit',
  )) as [number]
  if (code !== 0) throw new Error(`hood-exports ${argv.join(' ')} ended with ${code}`)
}
