import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFileStore } from '@hood-exports/client/node'
import { createSharedRateLimiter } from '@hood-exports/client/rate-limit'
import type { Contender } from './contender.ts'
import { callThrough } from './ours.ts'

/** This project's limiter over a store that is a millisecond away, as Redis is in the same data centre. */
export const oursOverStore: Contender = {
  name: 'ours, shared store',
  start: ({ maxInFlight, store, random, send }) =>
    callThrough(createSharedRateLimiter({ store, maxInFlight, random, newId: () => String(random()) }), send),
}

/** The same over a file of this machine. */
export const oursOverFile: Contender = {
  name: 'ours, file store',
  start({ maxInFlight, random, send, token, atEnd }) {
    const folder = join(tmpdir(), `hood-exports-bench-${process.pid}-${token}`)
    const store = createFileStore({ file: join(folder, 'quota.db'), account: token })
    atEnd(() => {
      store.close()
      rmSync(folder, { recursive: true, force: true })
    })
    return callThrough(createSharedRateLimiter({ store, maxInFlight, random, newId: () => String(random()) }), send)
  },
}
