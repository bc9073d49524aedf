import { PATHS } from '@hood-exports/openapi'
import { expect } from 'vitest'
import { EXISTS, ID, ITEM, READY_ITEM, envelope, page, view } from './interaction.ts'
import type { Interaction } from './interaction.ts'

/** Every form that a parameter of the list can take, each through the real client. */
const lists: readonly Interaction[] = (
  [
    ['the first page', {}, {}, ITEM],
    ['some members of each item', { fields: 'id,name' }, { fields: ['id', 'name'] }, { id: ITEM.id, name: ITEM.name }],
    ['one member of each item', { fields: 'status' }, { fields: ['status'] }, { status: ITEM.status }],
    ['every member of each item', { view: 'full' }, { view: 'full' }, ITEM],
    ['the default view', { view: 'default' }, { view: 'default' }, { id: ITEM.id }],
    ['a list in ascending order', { sort: 'name' }, { sort: ['name'] }, ITEM],
    ['a list in descending order', { sort: '-create_time' }, { sort: ['-create_time'] }, ITEM],
    ['a list by several keys', { sort: 'status,-size,name' }, { sort: ['status', '-size', 'name'] }, ITEM],
    ['a page by its number', { page: '1' }, { page: 1 }, ITEM],
    ['a page by its number and size', { page: '1,50' }, { page: 1, pageSize: 50 }, ITEM],
    ['a search', { q: 'Christmas' }, { q: 'Christmas' }, ITEM],
    ['a search in one field', { q: ID, q_fields: 'id' }, { q: ID, qFields: ['id'] }, ITEM],
    [
      'a search in every field',
      { q: 'Christmas', q_fields: 'id,resource,name,description,failed_reason' },
      { q: 'Christmas', qFields: ['id', 'resource', 'name', 'description', 'failed_reason'] },
      ITEM,
    ],
    [
      'everything at once',
      { fields: 'id,name', sort: '-create_time', page: '1,50', q: 'list', q_fields: 'name' },
      { fields: ['id', 'name'], sort: ['-create_time'], page: 1, pageSize: 50, q: 'list', qFields: ['name'] },
      { id: ITEM.id, name: ITEM.name },
    ],
  ] as const
).map(([title, query, clientQuery, item]) => ({
  title: `a request for ${title}`,
  state: EXISTS,
  path: PATHS.list,
  query,
  status: 200,
  body: page(item),
  call: (client) => client.list(clientQuery),
  expected: { total: 1, items: [expect.objectContaining(item === ITEM ? { id: ID } : {})] },
}))

export const READS: readonly Interaction[] = [
  ...lists,
  {
    title: 'a request for a list without a match',
    state: 'no exports exist',
    path: PATHS.list,
    status: 200,
    body: { total: 0, items: [] },
    call: (client) => client.list(),
    expected: { total: 0, items: [] },
  },
  {
    title: 'a request for one item',
    state: EXISTS,
    path: view,
    status: 200,
    body: envelope(READY_ITEM),
    call: (client) => client.get(ID),
    expected: expect.objectContaining({ id: ID, status: 'ready' }),
  },
  {
    title: 'a request for some members of one item',
    state: EXISTS,
    path: view,
    query: { fields: 'id,status' },
    status: 200,
    body: envelope({ id: ITEM.id, status: ITEM.status }),
    call: (client) => client.get(ID, { fields: ['id', 'status'] }),
    expected: { id: ID, status: 'ready' },
  },
  {
    title: 'a request for every member of one item',
    state: EXISTS,
    path: view,
    query: { view: 'full' },
    status: 200,
    body: envelope(READY_ITEM),
    call: (client) => client.get(ID, { view: 'full' }),
    expected: expect.objectContaining({ id: ID }),
  },
]
