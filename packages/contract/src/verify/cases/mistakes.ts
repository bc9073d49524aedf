import { SEARCHABLE_FIELDS, SELECTABLE_FIELDS, SORTABLE_FIELDS } from '@hood-exports/openapi'
import { askDownload, askView, askWrongly } from '../ask.ts'
import type { Ask } from '../ask.ts'
import { statusAndBody } from '../exchange.ts'
import type { Case, World } from './case.ts'

/** Every way to be wrong. Values whose reading could be argued about are left out. */
export function mistakeCases({ corpus, random }: World): Case[] {
  const unsortable = SELECTABLE_FIELDS.filter((field) => !(SORTABLE_FIELDS as readonly string[]).includes(field))
  const unsearchable = SELECTABLE_FIELDS.filter(
    (field) => !(SEARCHABLE_FIELDS as readonly string[]).includes(field) && field !== 'failure_reason',
  )
  const [id] = corpus.byId.keys()
  const inView = (search: string): Ask[] => (id === undefined ? [] : [askWrongly(search, id)])
  const inList = (...searches: readonly string[]): Ask[] => searches.map((search) => askWrongly(search))
  const wrong: readonly Ask[] = [
    ...inList('fields=nmae', 'page=0', 'sort=nmae', 'view=wide', 'q=a&q_fields=nmae', 'sort=id'),
    ...inView('fields=nmae'),
    ...inList('page=1,0', 'page=x', 'fields=id,nmae', 'q=a&q_fields=failure_reason', 'page=-1', 'sort=name,nmae'),
    ...inView('view=wide'),
    ...inList(`sort=-${random.pick(unsortable.filter((field) => field !== 'id'))}`, 'sort=--name', 'page=1,x'),
    ...inList(`q=a&q_fields=name,${random.pick(unsearchable)}`, 'page=1.5', 'page=1,-5', 'fields=failed_reason'),
    ...inView('fields=id,nmae'),
    ...inList('page=1,2,3'),
  ]
  return [
    ...wrong.map((ask) => refused(ask, [400])),
    // No id of anything: whether that is a mistake or just missing is not documented.
    refused(askView('abc'), [400, 404]),
    refused(askDownload('abc'), [400, 404]),
  ]
}

function refused(ask: Ask, statuses: readonly number[]): Case {
  return {
    law: 'mistakes-are-refused',
    asks: [ask],
    judge: ([answer]) => {
      if (answer === undefined || statuses.includes(answer.status)) return []
      const came = statusAndBody(answer)
      return [{ law: 'mistakes-are-refused', came, evidence: 'answer' }]
    },
  }
}
