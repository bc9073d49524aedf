import type { Row } from '../account.ts'
import { defectsOf } from '../defect.ts'
import type { PlainDefect } from '../defect.ts'
import { CORRECT } from '../correct.ts'
import { HttpError, MEMBERS } from '../parts.ts'
import type { Filter, Parts } from '../parts.ts'

/** Reads a filter by another rule; undefined: by the right one. */
const holds = (change: (row: Row, filter: Filter) => boolean | undefined): Partial<Parts> => ({
  holds: (row, filter) => change(row, filter) ?? CORRECT.holds(row, filter),
})

const operator = (from: string, to: string): Partial<Parts> =>
  holds((row, filter) => (filter.operator === from ? CORRECT.holds(row, { ...filter, operator: to }) : undefined))

export const filterDefects: readonly PlainDefect[] = defectsOf('filter', [
  ['nin is in', operator('nin', 'in')],
  ['gt is lt', operator('gt', 'lt')],
  ['is is isn', operator('is', 'isn')],
  ['isn finds nothing', holds((_row, { operator: one }) => (one === 'isn' ? false : undefined))],
  [
    'isn finds empty texts and zeros as well',
    holds((row, { operator: one, member }) =>
      one === 'isn' ? [null, 0, ''].includes(row[member] ?? null) : undefined,
    ),
  ],
  ['is means true', holds((row, { operator: one, member }) => (one === 'is' ? Boolean(row[member]) : undefined))],
  [
    'counts are compared as text',
    holds((row, filter) =>
      filter.member.endsWith('_count') && /^[gl]t/.test(filter.operator)
        ? CORRECT.holds({ name: String(row[filter.member]) }, { ...filter, member: 'name' })
        : undefined,
    ),
  ],
  [
    'times are eq up to the minute',
    holds((row, { member, operator: one, text: given }) =>
      MEMBERS[member] === 'time' && one === 'eq' ? String(row[member]).slice(0, 16) === given.slice(0, 16) : undefined,
    ),
  ],
  ['beside sort, filters are ignored', { filters: (q) => (q.has('sort') ? [] : CORRECT.filters(q)) }],
  [
    'in with three values is a 500',
    {
      filters: (q) =>
        CORRECT.filters(q).map((filter) => {
          if (filter.operator === 'in' && filter.text.split(',').length > 2) throw new HttpError(500)
          return filter
        }),
    },
  ],
])
