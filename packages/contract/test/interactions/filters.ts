import { PATHS } from '@hood-exports/openapi'
import { MatchersV3 } from '@pact-foundation/pact'
import { expect } from 'vitest'
import { EXISTS, ID, ITEM, NAME, page } from './interaction.ts'
import type { Interaction } from './interaction.ts'

const { eachLike, regex } = MatchersV3

const DAY = new Date('2021-07-30T00:00:00Z')

/** Every form that a filter can take, of each kind of member. */
const FILTERED = (
  [
    ['the exports with a status', { status: 'ready' }, { status: 'ready' }],
    ['the exports with one of several statuses', { status: 'in:ready,failed' }, { status: ['ready', 'failed'] }],
    ['the exports with another status', { status: 'neq:failed' }, { status: { not: 'failed' } }],
    ['the exports with none of several', { status: 'nin:failed,expired' }, { status: { not: ['failed', 'expired'] } }],
    ['the exports with a description', { description: 'is:' }, { description: { not: null } }],
    ['several exports by their ids', { id: `in:${ID},1000001` }, { id: [ID, '1000001'] }],
    ['the exports larger than a size', { size: 'gt:124' }, { size: { gt: 124 } }],
    ['the exports of a size or larger', { size: 'gte:125' }, { size: { gte: 125 } }],
    ['the exports smaller than a size', { size: 'lt:126' }, { size: { lt: 126 } }],
    ['the exports of a size or smaller', { size: 'lte:125' }, { size: { lte: 125 } }],
    ['the exports between two sizes', { size: 'r:124,126' }, { size: { gt: 124, lt: 126 } }],
    ['the exports from one size to another', { size: 'rf:125,125' }, { size: { gte: 125, lte: 125 } }],
    ['the exports from a size on', { size: 'rl:125,126' }, { size: { gte: 125, lt: 126 } }],
    ['the exports up to a size', { size: 'rr:124,125' }, { size: { gt: 124, lte: 125 } }],
    ['the exports made since a day', { create_time: 'gte:2021-07-30 00:00:00' }, { create_time: { gte: DAY } }],
    [
      'the exports made in a time',
      { create_time: 'rf:2021-07-30 00:00:00,2021-07-30 23:59:59' },
      { create_time: { gte: DAY, lte: '2021-07-30 23:59:59' } },
    ],
    [
      'the exports that every member tells apart',
      {
        id: ID,
        company_id: '1000001',
        creator_id: 'is:',
        resource: 'quick-reports',
        status: 'ready',
        name: NAME,
        description: 'help here',
        size: '125',
        extension: 'csv',
        mime_type: 'text/csv',
        download_url: 'is:',
        attempt_count: '1',
        download_count: 'gte:0',
        failure_reason: 'is:',
        expire_time: 'is:',
        create_time: '2021-07-30 12:50:13',
        update_time: 'gte:2021-07-30 12:50:13',
      },
      {
        id: ID,
        company_id: '1000001',
        creator_id: { not: null },
        resource: 'quick-reports',
        status: 'ready',
        name: NAME,
        description: 'help here',
        size: 125,
        extension: 'csv',
        mime_type: 'text/csv',
        download_url: { not: null },
        attempt_count: 1,
        download_count: { gte: 0 },
        failure_reason: { not: null },
        expire_time: { not: null },
        create_time: '2021-07-30 12:50:13',
        update_time: { gte: '2021-07-30 12:50:13' },
      },
    ],
  ] as const
).map(([title, query, filter]) => [title, { ...query }, { filter }, ITEM] as const)

/** What may also come as a text of digits. */
const DIGITS = regex(String.raw`^\d+$`, '31')

/** Filters of each kind, alone and beside everything else that a list takes. */
export const FILTERS: readonly Interaction[] = [
  ...FILTERED.map(([title, query, clientQuery, item]): Interaction => ({
    title: `a request for ${title}`,
    state: EXISTS,
    path: PATHS.list,
    query,
    status: 200,
    body: page(item),
    call: (client) => client.list(clientQuery),
    expected: { total: 1, items: [expect.objectContaining({ id: ID })] },
  })),
  {
    title: 'a request for the exports with a status, searched, sorted and paged',
    state: EXISTS,
    path: PATHS.list,
    query: { fields: 'id,name', sort: '-name', page: '1,50', q: 'list', q_fields: 'name', status: 'ready' },
    status: 200,
    body: page({ id: ITEM.id, name: ITEM.name }),
    call: (client) =>
      client.list({
        fields: ['id', 'name'],
        sort: ['-name'],
        page: 1,
        pageSize: 50,
        q: 'list',
        qFields: ['name'],
        filter: { status: 'ready' },
      }),
    expected: { total: 1, items: [{ id: ID, name: NAME }] },
  },
  {
    title: 'a request for an export without a size',
    state: `export ${ID} has failed`,
    path: PATHS.list,
    query: { id: ID, size: 'isn:' },
    status: 200,
    body: page(ITEM),
    call: (client) => client.list({ filter: { id: ID, size: null } }),
    expected: { total: 1, items: [expect.objectContaining({ id: ID })] },
  },
  {
    title: 'a request for the exports with a name that looks like an operator',
    state: 'no exports exist',
    path: PATHS.list,
    query: { name: 'eq:in:July' },
    status: 200,
    body: { total: 0, items: [] },
    call: (client) => client.list({ filter: { name: 'in:July' } }),
    expected: { total: 0, items: [] },
  },
  {
    title: 'a request for a list with numbers in texts',
    state: EXISTS,
    path: PATHS.list,
    query: { id: ID },
    status: 200,
    body: {
      total: DIGITS,
      items: eachLike({ id: ITEM.id, size: DIGITS, attempt_count: DIGITS, download_count: DIGITS }),
    },
    call: (client) => client.list({ filter: { id: ID } }),
    expected: { total: 31, items: [{ id: ID, size: 31, attempt_count: 31, download_count: 31 }] },
  },
]
