import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { machine, publish } from './report.ts'
import { plot } from './simulation/plot.ts'
import { runAll } from './simulation/pool.ts'
import type { Job } from './simulation/pool.ts'
import { missedLines, sectionReport } from './simulation/section-report.ts'
import type { Finished } from './simulation/section-report.ts'
import { SECTIONS } from './simulation/sections/index.ts'
import { summarize } from './simulation/summary.ts'

const { values: flags } = parseArgs({
  options: {
    phases: { type: 'string', default: '20' },
    seeds: { type: 'string', default: '5' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (flags.help) {
  console.log(`pnpm bench:limiter [--phases 20] [--seeds 5] [--only SECTION,…] [--quick] [--write]

  Ours runs phases × seeds times in each section, each other library once per phase. What needs seconds of computing
  for a run does so less often: octokit, and the others with many processes, at four phases; ours with many once per
  phase. Then what a call in the limiter costs. The exit code is 1 when a bar is missed.
  --only: these sections, without the costs. --quick: 3 phases, 1 seed. --write: into docs/benchmarks.md and
  docs/limiter.svg.
  Sections: ${SECTIONS.map(({ id }) => id).join(', ')}`)
  process.exit()
}

const phases = flags.quick ? 3 : whole('--phases', flags.phases)
const seeds = flags.quick ? 1 : whole('--seeds', flags.seeds)
const only = flags.only?.split(',') ?? SECTIONS.map(({ id }) => id)
for (const id of only) {
  if (!SECTIONS.some((section) => section.id === id)) fail(`--only: there is no section ${JSON.stringify(id)}`)
}
if (flags.write && flags.only) fail('--write writes the whole page: give it without --only')
const sections = SECTIONS.filter(({ id }) => only.includes(id))

const fewPhases = Math.min(flags.quick ? 1 : 4, phases)
const jobs = sections.flatMap(({ id, rows, isSlow = false }) =>
  rows.map(({ contender }, row): Job => {
    if (contender.startsWith('ours')) return { sectionId: id, row, phases, seeds: isSlow ? 1 : seeds }
    const isFew = isSlow || contender.startsWith('octokit')
    return { sectionId: id, row, phases: isFew ? fewPhases : phases, seeds: 1 }
  }),
)
const startedAt = performance.now()
const finished = new Map<string, Finished[]>(sections.map(({ id }) => [id, []]))
let done = 0
// The longest first, so that the cores end together.
const inOrder = jobs.toSorted((a, b) => weight(b) - weight(a))
await runAll(inOrder, ({ sectionId, row }, outcomes) => {
  const section = sections.find(({ id }) => id === sectionId)
  const one = section?.rows[row]
  if (one) (finished.get(sectionId) as Finished[])[row] = { row: one, summary: summarize(outcomes) }
  done += 1
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${jobs.length} rows`)
})
if (process.stderr.isTTY) process.stderr.write('\r\u001B[K')

const finishedOf = (id: string): readonly Finished[] => finished.get(id) ?? []
const tables = sections.map((section) => sectionReport(section, finishedOf(section.id)))
const took = `${phases} phases × ${seeds} seeds in ${Math.round((performance.now() - startedAt) / 1000)} s on ${machine()}.`
publish('limiter', [...tables, took].join('\n\n'), flags.write ? 'write' : 'print')
if (flags.write) {
  const panels = sections
    .filter(({ id }) => id === 'burst' || id === 'pages')
    .map(({ id, title }) => ({ title, finished: finishedOf(id) }))
  writeFileSync(new URL('../../../docs/limiter.svg', import.meta.url), plot(panels))
}

const missed = sections.flatMap((section) => missedLines(section, finishedOf(section.id)))
if (missed.length > 0) {
  console.error(`\nBars missed: ${missed.length}\n${missed.map((line) => `  ${line}`).join('\n')}`)
  process.exitCode = 1
}
if (!flags.only) {
  // A process of its own: what ran here is in its heap.
  const costs = [
    '--expose-gc',
    fileURLToPath(new URL('micro.ts', import.meta.url)),
    ...(flags.write ? ['--write'] : []),
  ]
  const { status } = spawnSync(process.execPath, costs, { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}

function weight({ sectionId, row, phases, seeds }: Job): number {
  const section = sections.find(({ id }) => id === sectionId)
  const isSlow = section?.isSlow ?? section?.rows[row]?.contender.startsWith('octokit') ?? false
  return phases * seeds * (isSlow ? 60 : 1)
}

function whole(flag: string, text: string): number {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : fail(`${flag} takes a whole number from 1 to 9999, not ${text}`)
}

function fail(message: string): never {
  console.error(message)
  process.exit(2)
}
