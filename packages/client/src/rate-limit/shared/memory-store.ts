import { systemClock } from '../../clock.ts'
import type { Clock } from '../../clock.ts'
import { exchangePlaces } from './exchange-places.ts'
import type { AccountFacts, Places } from './exchange-places.ts'
import type { Store } from './store.ts'

/** A store in this process, for limiters that do not know of each other; and for tests. */
export function createMemoryStore({ clock = systemClock }: { readonly clock?: Clock | undefined } = {}): Store {
  const places = new SortedPlaces()
  let known: AccountFacts | undefined
  return {
    exchange(request) {
      const { facts, reply } = exchangePlaces(places, known, request, clock.wallNow())
      known = facts
      return Promise.resolve(reply)
    },
  }
}

class SortedPlaces implements Places {
  /** Ascending. */
  #places: { readonly id: string; readonly arrivedBy: number }[] = []

  put(id: string, arrivedBy: number): void {
    this.remove(id)
    this.#places.splice(this.#firstAfter(arrivedBy), 0, { id, arrivedBy })
  }

  remove(id: string): void {
    const index = this.#places.findLastIndex((place) => place.id === id)
    if (index >= 0) this.#places.splice(index, 1)
  }

  countAfter(moment: number): number {
    return this.#places.length - this.#firstAfter(moment)
  }

  momentAfter(moment: number, index: number): number | undefined {
    return this.#places[this.#firstAfter(moment) + index]?.arrivedBy
  }

  pullBack(moment: number): void {
    for (const { id } of this.#places.slice(this.#firstAfter(moment))) this.put(id, moment)
  }

  forget(moment: number): void {
    this.#places.splice(0, this.#firstAfter(moment))
  }

  /** The index of the first that is later than a moment. */
  #firstAfter(moment: number): number {
    return this.#places.findLastIndex(({ arrivedBy }) => arrivedBy <= moment) + 1
  }
}
