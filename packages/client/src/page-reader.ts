import { SORTABLE_FIELDS } from '@hood-exports/openapi'
import type { Connection } from './connection.ts'
import { isExportsError } from './errors.ts'
import { list } from './list.ts'
import type { ListAllQuery, ListQuery, SortKey } from './list-query.ts'
import type { CallOptions } from './options.ts'
import type { Page } from './page.ts'

/** A page with the size that it was asked for; `undefined`: the API's own. */
export interface SizedPage<Item> extends Page<Item> {
  readonly size: number | undefined
}

/** @param pass 1; more when a list is read again for what was missing, then in an order without ties */
export type PageReader<Item> = (page: number, size: number | undefined, pass: number) => Promise<SizedPage<Item>>

/**
 * Reads pages of one query. How large a page may be is not documented: a first page that is refused with a 400 is asked
 * for without a size; when that is accepted, the size was the reason, and it is halved until it is taken. The connection
 * remembers it, so only its first listing pays for that.
 */
export function createPageReader<Item>(
  connection: Connection,
  query: ListAllQuery,
  options: CallOptions,
): PageReader<Item> {
  const read = async (page: number, size: number | undefined, sort = query.sort): Promise<SizedPage<Item>> => {
    const asked = { ...query, ...(sort && { sort }), page, pageSize: size } as ListQuery
    return { ...((await list(connection, asked, options)) as Page<Item>), size }
  }

  async function readFirst(wanted: number): Promise<SizedPage<Item>> {
    try {
      return await read(1, wanted)
    } catch (refusal) {
      if (!isExportsError(refusal, 'bad-request') || wanted === 1) throw refusal
      const usual = await read(1, undefined).catch((error: unknown) => {
        // Refused as well: the size was not the reason.
        throw isExportsError(error, 'bad-request') ? refusal : error
      })
      // The whole list: how large a page may be does not matter.
      if (usual.items.length >= usual.total) return usual
      for (let size = Math.floor(wanted / 2); size > usual.items.length; size = Math.floor(size / 2)) {
        try {
          const first = await read(1, size)
          connection.largestPage = size
          return first
        } catch (error) {
          if (!isExportsError(error, 'bad-request')) throw error
        }
      }
      return usual
    }
  }

  /** In the order of every field, so that no two items are alike; in another pass the other way round. */
  async function readAgain(page: number, size: number | undefined, pass: number): Promise<SizedPage<Item>> {
    const given = query.sort ?? []
    const fields = given.map((key) => key.replace('-', ''))
    const sort = [...given, ...SORTABLE_FIELDS.filter((field) => !fields.includes(field))]
    try {
      return await read(page, size, pass % 2 === 0 ? sort : sort.map(turned))
    } catch (error) {
      if (!isExportsError(error, 'bad-request')) throw error
      return read(page, size)
    }
  }

  return (page, size, pass) => {
    if (pass > 1) return readAgain(page, size, pass)
    if (size === undefined) return read(page, size)
    const { largestPage = size } = connection
    return page === 1 ? readFirst(Math.min(size, largestPage)) : read(page, size)
  }
}

function turned(key: SortKey): SortKey {
  return (key.startsWith('-') ? key.slice(1) : `-${key}`) as SortKey
}
