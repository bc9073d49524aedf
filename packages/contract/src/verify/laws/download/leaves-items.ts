import type { AccountSnapshot } from '../../account-snapshot.ts'
import type { Case } from '../../case.ts'
import { envelopeOf } from '../../exchange.ts'
import type { Answer, Item } from '../../exchange.ts'
import { viewRequest } from '../../test-request.ts'
import type { TestRequest } from '../../test-request.ts'
import { violation } from '../../violation.ts'

/** An item, and the request for its file. */
export interface File {
  readonly item: Item
  readonly request: TestRequest
}

export const idOf = (item: Item): string => String(item['id'])

/**
 * Two items whose files came, and one whose file was not asked for. Exports may change by themselves: only what both
 * have in common, and the other has not, is the work of the downloads.
 */
export function leavesItems(files: readonly File[], { items, byId }: AccountSnapshot): Case[] {
  const chosen = files.slice(0, 2).map(({ item }) => idOf(item))
  const control = items.findLast(({ id }) => typeof id === 'string' && !files.some(({ item }) => item['id'] === id))
  if (chosen.length < 2 || control === undefined) return []
  const ids = [...chosen, idOf(control)]
  const requests = ids.map((id) => viewRequest(id, { view: 'full' }))
  return [
    {
      law: 'download-leaves-item',
      requests,
      together: ids.length,
      check: (answers) => {
        const [one, other, untouched] = answers.map((answer, index) => changesOf(byId.get(ids[index] ?? ''), answer))
        const common = one?.find((change) => other?.includes(change) && untouched?.includes(change) !== true)
        const [request] = requests
        return common === undefined || request === undefined
          ? []
          : [violation('download-leaves-item', request, `${common} after its download, as another item after its own`)]
      },
    },
  ]
}

/** What became of an item, in words that are the same for each item. */
function changesOf(item: Item | undefined, answer: Answer): string[] {
  if (item === undefined) return []
  if (answer.status !== 200) return [`the status ${answer.status} for the item`]
  const [now = {}] = envelopeOf(answer)?.items ?? []
  const hasOther = (member: string): boolean => {
    if (!(member in now) || !(member in item)) return false
    if (member === 'download_count') return Number(now[member]) < Number(item[member])
    return member !== 'update_time' && JSON.stringify(now[member]) !== JSON.stringify(item[member])
  }
  return Object.keys(now)
    .filter(hasOther)
    .map((member) => `another ${member}`)
}
