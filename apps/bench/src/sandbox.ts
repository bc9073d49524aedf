import { parseArgs } from 'node:util'
import { machine, publish } from './report.ts'
import { benchDownload } from './sandbox/download.ts'
import { benchLists } from './sandbox/lists.ts'
import { benchThroughput } from './sandbox/throughput.ts'

const FULL = { items: 100_000, turns: 300, rounds: 5, seconds: 3, bytes: 2_000_000_000 }
const QUICK = { items: 10_000, turns: 44, rounds: 1, seconds: 1, bytes: 100_000_000 }

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (flags.help) {
  console.log(`pnpm bench:sandbox [--quick] [--write]

  Lists of an account of 100,000 exports, requests a second beside a bare server, a download of 2 GB.
  --quick   a tenth of everything, in seconds: no measure, but it shows whether the bench works`)
  process.exit()
}
if (flags.quick && flags.write) {
  console.error('--quick is no measure: give --write without it')
  process.exit(2)
}
const size = flags.quick ? QUICK : FULL
const parts = [await benchLists(size), await benchThroughput(size), await benchDownload(size), `On ${machine()}.`]
publish('sandbox', parts.join('\n\n'), flags.write ? 'write' : 'print')
