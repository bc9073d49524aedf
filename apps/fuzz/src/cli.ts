import { parseArgs } from 'node:util'
import { fuzz } from './fuzz.ts'
import { mockTarget } from './mock-target.ts'
import { sandboxTarget } from './sandbox-target.ts'

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
if (flags.help) {
  console.log(`pnpm fuzz [--runs 20000] [--seed NUMBER]

  Sends made-up requests to the mock and to the sandbox, and fails at the first answer that no document has.`)
  process.exit()
}
const runs = Number(flags.runs)
const seed = flags.seed === undefined ? undefined : Number(flags.seed)
if (!Number.isSafeInteger(runs) || runs < 1 || (seed !== undefined && !Number.isSafeInteger(seed))) {
  console.error('--runs takes a whole number from 1, and --seed a whole number')
  process.exit(2)
}
for (const [name, start] of Object.entries({ mock: mockTarget, sandbox: sandboxTarget })) {
  const startedAt = performance.now()
  const target = await start()
  try {
    const tally = await fuzz(target, { runs, seed })
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0)
    console.log(`${name}: ${runs} requests in ${seconds} s, all answered in a documented shape:`, tally)
  } finally {
    await target.close()
  }
}
