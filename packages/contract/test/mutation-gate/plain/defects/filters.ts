import type { Row } from '../account.ts'
import { defectsOf, parameter } from '../defect.ts'
import type { PlainDefect } from '../defect.ts'
import { ALL, compareValues, CORRECT, HttpError, MEMBERS } from '../parts.ts'
import type { Filter, Parts } from '../parts.ts'

/** Reads a filter by another rule; undefined: by the right one. */
const holds = (change: (row: Row, filter: Filter) => boolean | undefined): Partial<Parts> => ({
  holds: (row, filter) => change(row, filter) ?? CORRECT.holds(row, filter),
})

const operator = (from: string, to: string): Partial<Parts> =>
  holds((row, filter) => (filter.operator === from ? CORRECT.holds(row, { ...filter, operator: to }) : undefined))

const ignored = (is: (filter: Filter) => boolean): Partial<Parts> =>
  holds((_row, filter) => (is(filter) ? true : undefined))

const text = (change: (text: string, filter: Filter) => string): Partial<Parts> =>
  holds((row, filter) => CORRECT.holds(row, { ...filter, text: change(filter.text, filter) }))

export const filterDefects: readonly PlainDefect[] = defectsOf('filter', [
  ['filters are ignored', { filters: () => [] }],
  ['neq is eq', operator('neq', 'eq')],
  [
    'neq finds only what is beside the first',
    holds((row, { operator: one, member, text: given }) =>
      one === 'neq' ? compareValues(row[member], given, member) > 0 : undefined,
    ),
  ],
  [
    'nin is neq of the first',
    holds((row, filter) =>
      filter.operator === 'nin'
        ? CORRECT.holds(row, { ...filter, operator: 'neq', text: filter.text.split(',')[0] ?? '' })
        : undefined,
    ),
  ],
  ['nin is in', operator('nin', 'in')],
  [
    'in takes the first value only',
    text((given, filter) => (filter.operator === 'in' ? (given.split(',')[0] ?? '') : given)),
  ],
  [
    'in takes two values at most',
    text((given, filter) => (filter.operator === 'in' ? given.split(',').slice(0, 2).join(',') : given)),
  ],
  [
    'in takes the last value only',
    text((given, filter) => (filter.operator === 'in' ? (given.split(',').at(-1) ?? '') : given)),
  ],
  ['gt has its bound', operator('gt', 'gte')],
  ['gte lacks its bound', operator('gte', 'gt')],
  ['lt has its bound', operator('lt', 'lte')],
  ['lte lacks its bound', operator('lte', 'lt')],
  ['gt is lt', operator('gt', 'lt')],
  ['lte is gte', operator('lte', 'gte')],
  ['r has both ends', operator('r', 'rf')],
  ['rf has no ends', operator('rf', 'r')],
  ['rf lacks its last', operator('rf', 'rl')],
  [
    'rl has no upper end',
    holds((row, filter) =>
      filter.operator === 'rl'
        ? CORRECT.holds(row, { ...filter, operator: 'gte', text: filter.text.split(',')[0] ?? '' })
        : undefined,
    ),
  ],
  [
    'rr has no lower end',
    holds((row, filter) =>
      filter.operator === 'rr'
        ? CORRECT.holds(row, { ...filter, operator: 'lte', text: filter.text.split(',')[1] ?? '' })
        : undefined,
    ),
  ],
  [
    'ranges have their ends swapped',
    text((given, { operator: one }) => (one.startsWith('r') ? given.split(',').toReversed().join(',') : given)),
  ],
  ['is is isn', operator('is', 'isn')],
  ['is finds everything', ignored(({ operator: one }) => one === 'is')],
  ['isn finds nothing', holds((_row, { operator: one }) => (one === 'isn' ? false : undefined))],
  [
    'isn finds empty texts and zeros as well',
    holds((row, { operator: one, member }) =>
      one === 'isn' ? [null, 0, ''].includes(row[member] ?? null) : undefined,
    ),
  ],
  ['is means true', holds((row, { operator: one, member }) => (one === 'is' ? Boolean(row[member]) : undefined))],
  [
    'eq with its name is a literal',
    {
      filters: (q) =>
        CORRECT.filters(q).map((filter) =>
          q.get(filter.member)?.startsWith('eq:') === true ? { ...filter, text: `eq:${filter.text}` } : filter,
        ),
    },
  ],
  [
    'operators are refused',
    {
      filters: (q) =>
        CORRECT.filters(q).map((filter) => {
          if (/^[a-z]+:/.test(q.get(filter.member) ?? '') && filter.operator === 'eq') throw new HttpError(500)
          return filter
        }),
    },
  ],
  [
    'eq is a substring',
    holds((row, { operator: one, member, text: given }) =>
      one === 'eq' && MEMBERS[member] === 'text' ? String(row[member] ?? '').includes(given) : undefined,
    ),
  ],
  [
    'eq is a beginning',
    holds((row, { operator: one, member, text: given }) =>
      one === 'eq' && MEMBERS[member] === 'text' ? String(row[member] ?? '').startsWith(given) : undefined,
    ),
  ],
  [
    '% in eq is a wildcard',
    holds((row, { operator: one, member, text: given }) =>
      one === 'eq' && given.includes('%')
        ? new RegExp(`^${given.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('%', '.*')}$`, 'su').test(
            String(row[member] ?? ''),
          )
        : undefined,
    ),
  ],
  [
    'sizes are compared as text',
    holds((row, { operator: one, member, text: given }) =>
      member === 'size' && one === 'gt' ? String(row[member]) > given : undefined,
    ),
  ],
  [
    'counts are compared as text',
    holds((row, filter) =>
      filter.member.endsWith('_count') && /^[gl]t/.test(filter.operator)
        ? CORRECT.holds({ name: String(row[filter.member]) }, { ...filter, member: 'name' })
        : undefined,
    ),
  ],
  [
    'sizes are eq up to a hundred',
    holds((row, { operator: one, member, text: given }) =>
      member === 'size' && one === 'eq'
        ? Math.floor(Number(row[member]) / 100) === Math.floor(Number(given) / 100)
        : undefined,
    ),
  ],
  [
    'times are compared by their day',
    holds((row, filter) =>
      MEMBERS[filter.member] === 'time' && row[filter.member] !== null
        ? CORRECT.holds(
            { ...row, [filter.member]: String(row[filter.member]).slice(0, 10) },
            {
              ...filter,
              text: filter.text
                .split(',')
                .map((one) => one.slice(0, 10))
                .join(','),
            },
          )
        : undefined,
    ),
  ],
  [
    'times are an hour off',
    text((given, { member }) =>
      MEMBERS[member] === 'time'
        ? given
            .split(',')
            .map((one) =>
              one.length === 19
                ? new Date(Date.parse(`${one}Z`) + 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
                : one,
            )
            .join(',')
        : given,
    ),
  ],
  [
    'times are eq up to the minute',
    holds((row, { member, operator: one, text: given }) =>
      MEMBERS[member] === 'time' && one === 'eq' ? String(row[member]).slice(0, 16) === given.slice(0, 16) : undefined,
    ),
  ],
  [
    'two filters: one is enough',
    {
      list: (call) => {
        const all = call.parts.filters(call.query)
        return CORRECT.list({
          ...call,
          parts: {
            ...call.parts,
            filters: () => (all.length > 1 ? [all[0] as Filter] : all),
            holds: (row) => all.some((one) => CORRECT.holds(row, one)),
          },
        })
      },
    },
  ],
  ['two filters: the second is ignored', { filters: (q) => CORRECT.filters(q).slice(0, 1) }],
  ['beside q, filters are ignored', { filters: (q) => (q.has('q') ? [] : CORRECT.filters(q)) }],
  ['beside fields, filters are ignored', { filters: (q) => (q.has('fields') ? [] : CORRECT.filters(q)) }],
  ['beside sort, filters are ignored', { filters: (q) => (q.has('sort') ? [] : CORRECT.filters(q)) }],
  ['beside view, filters are ignored', { filters: (q) => (q.get('view') === 'full' ? [] : CORRECT.filters(q)) }],
  [
    'filters apply to the page',
    {
      list: (call) =>
        CORRECT.list({
          ...call,
          parts: {
            ...call.parts,
            holds: () => true,
            slice: (rows, page, one) => {
              const all = CORRECT.filters(one.query)
              return CORRECT.slice(rows, page, one).filter((row) => all.every((filter) => CORRECT.holds(row, filter)))
            },
          },
        }),
    },
  ],
  [
    'null is lower than every value',
    holds((row, { member, operator: one }) =>
      row[member] === null && one.startsWith('eq') ? MEMBERS[member] === 'time' : undefined,
    ),
  ],
  [
    'only 100 items are filtered, the others come all',
    holds((row) => (Number(row['id']) % 4 === 0 ? true : undefined)),
  ],
  [
    'operators in upper case only',
    {
      filters: (q) =>
        CORRECT.filters(q).map((filter) =>
          filter.operator === 'eq' ? filter : { ...filter, operator: 'eq', text: `${filter.operator}:${filter.text}` },
        ),
    },
  ],
  [
    'filters of times are a 500',
    {
      filters: (q) => {
        if (q.has('create_time')) throw new HttpError(500)
        return CORRECT.filters(q)
      },
    },
  ],
  [
    'an equal filter is refused',
    {
      filters: (q) => {
        if (q.has('description')) throw new HttpError(400)
        return CORRECT.filters(q)
      },
    },
  ],
  ...ALL.map((member) => [`${member} is not filtered`, ignored((filter) => filter.member === member)] as const),
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
  [
    'a filtered list has no second page',
    {
      slice: (rows, page, call) =>
        CORRECT.filters(call.query).length > 0 && page.number > 1 ? [] : CORRECT.slice(rows, page, call),
    },
  ],
  [
    'a value with a space is cut',
    text((given, { member, operator: one }) =>
      MEMBERS[member] === 'text' && one === 'eq' ? (given.split(' ')[0] ?? '') : given,
    ),
  ],
  [
    'a value is decoded twice',
    parameter('name', (given) => {
      try {
        return decodeURIComponent(given)
      } catch {
        return given
      }
    }),
  ],
  [
    'a colon splits the value',
    {
      filters: (q) =>
        CORRECT.filters(q).map((filter) => ({
          ...filter,
          text:
            MEMBERS[filter.member] === 'time'
              ? filter.text
                  .split(',')
                  .map((one) => one.split(':').slice(0, 2).join(':'))
                  .join(',')
              : filter.text,
        })),
    },
  ],
])
