import type { Ask } from '../ask.ts'
import { statusAndBody } from '../exchange.ts'
import type { LawName } from '../law.ts'
import type { WriteOptions } from './write-options.ts'

/** What is done by POST is not done by GET. */
export async function tryToGet({ desk, notes }: WriteOptions, post: Ask, law: LawName): Promise<void> {
  const { body: _none, ...rest } = post
  const ask: Ask = { ...rest, method: 'GET' }
  const answer = await desk.ask(ask, 'fresh')
  if (answer !== undefined) notes.look(law, ask, answer.status < 300 ? [statusAndBody(answer)] : [])
}
