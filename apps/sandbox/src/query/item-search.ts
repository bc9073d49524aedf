import { fold } from '../data/fold.ts'
import type { Search, SearchableMember } from './list-query.ts'

/** A condition over `items` with one parameter, `$text`, the folded search text. */
export interface SearchCondition {
  readonly sql: string
  readonly text: string
}

/** A substring match in any of the members. Descriptions and reasons are searched once per text, not per item. */
const CONDITIONS: Readonly<Record<SearchableMember, string>> = {
  id: 'instr(CAST(items.id AS TEXT), $text) > 0',
  resource: 'instr(lower(items.resource), $text) > 0',
  name: 'instr(items.name_folded, $text) > 0',
  description: 'items.description_id IN (SELECT id FROM texts WHERE instr(folded, $text) > 0)',
  failure_reason: 'items.failure_reason_id IN (SELECT id FROM texts WHERE instr(folded, $text) > 0)',
}

export function searchCondition({ text, members }: Search): SearchCondition {
  return { sql: `(${members.map((member) => CONDITIONS[member]).join(' OR ')})`, text: fold(text) }
}
