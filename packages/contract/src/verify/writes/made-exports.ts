import { askList } from '../ask.ts'
import type { Ask } from '../ask.ts'
import { MAIN } from '../credential.ts'
import type { Credential } from '../credential.ts'
import type { Desk } from '../desk.ts'
import { envelopeOf } from '../exchange.ts'
import type { Item } from '../exchange.ts'

const MANY = 20

export function askForMarked(marker: string, credential: Credential = MAIN): Ask {
  return askList({ view: 'full', page: [1, MANY], q: marker, qFields: ['name'] }, credential)
}

/** The exports with a text in their name; undefined: they were not told. */
export async function findMarked(
  desk: Desk,
  marker: string,
  credential: Credential = MAIN,
): Promise<readonly Item[] | undefined> {
  const items = await itemsOf(desk, askForMarked(marker, credential))
  return items && named(items, marker)
}

/** The newest exports of the main account. */
export async function findNewest(desk: Desk): Promise<readonly Item[]> {
  return (await itemsOf(desk, askList({ view: 'full', sort: ['-create_time'], page: [1, MANY / 2] }))) ?? []
}

export function named(items: readonly Item[], name: string): readonly Item[] {
  return items.filter(({ name: given }) => typeof given === 'string' && given.includes(name))
}

async function itemsOf(desk: Desk, ask: Ask): Promise<readonly Item[] | undefined> {
  const answer = await desk.ask(ask, 'fresh')
  return answer?.status === 200 ? envelopeOf(answer)?.items : undefined
}
