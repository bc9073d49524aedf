import { listRequest } from '../../test-request.ts'
import type { TestRequest } from '../../test-request.ts'
import { MAIN } from '../../credential.ts'
import type { Credential } from '../../credential.ts'
import type { Session } from '../../session.ts'
import { envelopeOf } from '../../exchange.ts'
import type { Item } from '../../exchange.ts'

const MANY = 20

export function markedRequest(marker: string, credential: Credential = MAIN): TestRequest {
  return listRequest({ view: 'full', page: [1, MANY], q: marker, qFields: ['name'] }, credential)
}

/** The exports with a text in their name; undefined: they could not be listed. */
export async function findMarked(
  session: Session,
  marker: string,
  credential: Credential = MAIN,
): Promise<readonly Item[] | undefined> {
  const items = await itemsOf(session, markedRequest(marker, credential))
  return items && named(items, marker)
}

/** The newest exports of the main account. */
export async function findNewest(session: Session): Promise<readonly Item[]> {
  return (await itemsOf(session, listRequest({ view: 'full', sort: ['-create_time'], page: [1, MANY / 2] }))) ?? []
}

export function named(items: readonly Item[], name: string): readonly Item[] {
  return items.filter(({ name: given }) => typeof given === 'string' && given.includes(name))
}

async function itemsOf(session: Session, request: TestRequest): Promise<readonly Item[] | undefined> {
  const answer = await session.send(request, 'fresh')
  return answer?.status === 200 ? envelopeOf(answer)?.items : undefined
}
