// pnpm --filter @hood-exports/cli run torture [kills] [seed]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { torture } from './torture.ts'

const [kills = 200, seed = 1] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'hood-exports-torture-'))
try {
  const startedAt = performance.now()
  const report = await torture({
    folder,
    seed,
    kills,
    exports: 150,
    longestLifeMs: 2_500,
    log: (line) => console.log(line),
  })
  const { wrong, ...figures } = report
  console.log({ seed, ...figures, seconds: Math.round((performance.now() - startedAt) / 1_000) })
  for (const fault of wrong) console.log(`WRONG: ${fault}`)
  console.log(wrong.length === 0 && report.avoidable429 === 0 ? 'All is well.' : 'Something is wrong.')
  process.exitCode = wrong.length === 0 && report.avoidable429 === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
