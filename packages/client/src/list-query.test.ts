import { SORTABLE_FIELDS } from '@hood-exports/openapi'
import { describe, expect, test } from 'vitest'
import { CORES } from './fixtures/client-under-test.ts'

describe.each(CORES)('a query that cannot be right, given to a client %s', (_name, arrange) => {
  test.each<[string, unknown, string]>([
    ['page 0', { page: 0 }, 'page: 0 is not a whole number from 1'],
    ['half a page', { page: 1.5 }, 'page: 1.5 is not a whole number from 1'],
    ['a page size as text', { pageSize: '50' }, 'pageSize: "50" is not a whole number from 1'],
    [
      'an unsortable key',
      { sort: ['id'] },
      `sort: "id" is not allowed. Allowed: ${SORTABLE_FIELDS.flatMap((f) => [f, `-${f}`]).join(', ')}`,
    ],
    ['a key in both directions', { sort: ['name', '-name'] }, 'sort: "-name" is named twice'],
    ['an unknown field', { fields: ['id', 'nmae'] }, 'fields: "nmae" is not allowed. Allowed: id, company_id'],
    ['no fields', { fields: [] }, 'fields: [] is empty: leave it out, or name at least one'],
    ['fields and view', { fields: ['id'], view: 'full' }, 'view: "full" has no effect beside fields'],
    ['an unknown view', { view: 'wide' }, 'view: "wide" is not a view. Allowed: default, full'],
    ['qFields without q', { qFields: ['name'] }, 'qFields: ["name"] says where q looks: give a q as well'],
    [
      'the item’s name of a searchable field',
      { q: 'x', qFields: ['failure_reason'] },
      'on the wire it is called failed_reason',
    ],
    [
      'a filter beside the query',
      { status: 'ready' },
      'query: "status" is not a parameter: filter by it inside filter',
    ],
    ['half an emoji as q', { q: '\ud83d' }, 'has half a surrogate pair: do not cut inside a sign'],
    ['not an object', 'name', 'query: "name" is not an object'],
  ])('%s is refused before anything is sent', async (_title, query, message) => {
    const { client, standIn, fails } = arrange()
    const error = await fails(client.list(query as never))
    expect(error).toMatchObject({ kind: 'invalid-query', message: expect.stringContaining(message) })
    expect(standIn.requests).toHaveLength(0)
  })

  test.each(['', 'abc', '../1', '1/download', 7])('the id %j is refused before anything is sent', async (id) => {
    const { client, standIn, fails } = arrange()
    expect(await fails(client.get(id as string))).toMatchObject({ kind: 'invalid-query', value: id })
    expect(standIn.requests).toHaveLength(0)
  })
})
