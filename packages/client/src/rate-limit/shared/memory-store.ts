import { systemClock } from '../../clock.ts'
import type { Clock } from '../../clock.ts'
import { exchangePlaces } from './exchange-places.ts'
import type { AccountState } from './exchange-places.ts'
import type { Store } from './store.ts'

/** A store in this process, for limiters that do not know of each other; and for tests. */
export function createMemoryStore({ clock = systemClock }: { readonly clock?: Clock | undefined } = {}): Store {
  let known: AccountState | undefined
  return {
    exchange(request) {
      const { state, reply } = exchangePlaces(known, request, clock.wallNow())
      known = state
      return Promise.resolve(reply)
    },
  }
}
