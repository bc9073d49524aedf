import { envelopeFrom, operationOf, pageOf, parameter, replaced, withParameters } from './changes.ts'
import type { Item } from './changes.ts'
import type { Change } from './provider.ts'

/** Sorts the whole list by another comparison of one member's values. */
export function comparing(member: string, compare: (one: Item, other: Item) => number): Change {
  return (provider, { correct }) =>
    async (request) => {
      const response = await provider(request)
      const sort = parameter(request, 'sort')
      const [first = '', ...others] = (sort ?? '').split(',')
      if (response.status !== 200 || operationOf(request) !== 'list' || first.replace('-', '') !== member)
        return response
      const [number, size = 10] = pageOf(request)
      const then = others.length > 0 ? others.join(',') : undefined
      const everything = withParameters(request, { sort: then, fields: undefined, view: 'full', page: '1,1000' })
      const all = (await envelopeFrom(correct, everything)).items.toSorted(
        (one, other) => (first.startsWith('-') ? -1 : 1) * compare(one, other),
      )
      const wanted = all.slice((number - 1) * size, number * size)
      if (parameter(request, 'q') !== undefined) return response
      const fields = parameter(request, 'fields')?.split(',')
      const items = wanted.map((item) =>
        fields === undefined ? item : Object.fromEntries(fields.map((field) => [field, item[field]])),
      )
      return replaced(response, { body: JSON.stringify({ total: all.length, items }) })
    }
}
