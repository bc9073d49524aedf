import { askDownload, askView } from '../ask.ts'
import type { Ask } from '../ask.ts'
import { statusAndBody } from '../exchange.ts'
import { UNKNOWN_ID } from '../unknown-id.ts'
import type { Case, World } from './case.ts'

/** Ids of digits that the account does not have: close to those it has, and far from all. */
export function missingIdCases({ corpus, neighbours }: World): Case[] {
  const taken = new Set([
    ...corpus.byId.keys(),
    ...neighbours.flatMap(({ items }) => items.map(({ id }) => String(id))),
  ])
  const [id = '1000000'] = corpus.byId.keys()
  const near = [`${id}0`, id.slice(0, -1)].filter(
    (other) => other !== '' && !taken.has(other) && corpus.extent === 'whole',
  )
  return [
    missing(askView(UNKNOWN_ID), [404]),
    missing(askDownload(UNKNOWN_ID), [404]),
    ...near.slice(0, 1).map((other) => missing(askView(other), [404])),
    ...near.slice(1).map((other) => missing(askDownload(other), [404])),
    // More digits than any number type has: an id of nothing, or no id at all.
    missing(askView('9'.repeat(40)), [404, 400]),
  ]
}

function missing(ask: Ask, statuses: readonly number[]): Case {
  return {
    law: 'unknown-ids-are-missing',
    asks: [ask],
    judge: ([answer]) =>
      answer === undefined || statuses.includes(answer.status)
        ? []
        : [
            {
              law: 'unknown-ids-are-missing',
              came: statusAndBody(answer),
              evidence: 'comparison',
            },
          ],
  }
}
