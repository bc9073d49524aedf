import { isExportsError } from '@hood-exports/client'
import type { ExportItem, ExportsClient } from '@hood-exports/client'
import type { PageReader } from './page-reader.ts'

/** How the exports of an account are asked for. */
export interface ListAccess {
  readonly client: Pick<ExportsClient, 'get'>
  readonly pages: PageReader
  readonly signal: AbortSignal
}

/**
 * Asks for many exports at once, by their ids, as many as go into a page. An export that does not come is looked at
 * alone, for what is missing from one answer need not be gone.
 * @returns what each id is, `undefined` for one that the API does not have; nothing of ids that it cannot be asked for.
 */
export async function openExports(
  access: ListAccess,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ExportItem | undefined>> {
  const { pages } = access
  const found = new Map<string, ExportItem | undefined>()
  // One alone costs no more without a filter, and every API has that.
  if (ids.length === 1) return found
  for (let start = 0; start < ids.length;) {
    const chunk = ids.slice(start, start + pages.largest)
    start += chunk.length
    const items = await readChunk(pages, chunk)
    if (items === undefined) return found
    const byId = new Map(items.map((item) => [item.id, item]))
    for (const id of chunk) found.set(id, byId.get(id) ?? (await getUnlessGone(access, id)))
  }
  return found
}

/** `undefined` where the API refuses or ignores the filter. */
async function readChunk(pages: PageReader, ids: readonly string[]): Promise<readonly ExportItem[] | undefined> {
  const query = { filter: { id: ids } }
  try {
    const { items, total, size } = await pages.first(query)
    const all = [...items]
    const isIgnored = (): boolean => all.some(({ id }) => !ids.includes(id))
    // A page that was cut has others behind it.
    for (let page = 2; all.length < total && !isIgnored(); page += 1) {
      const more = await pages.next(query, page, size)
      if (more.items.length === 0) break
      all.push(...more.items)
    }
    return isIgnored() ? undefined : all
  } catch (error) {
    if (isExportsError(error, 'bad-request')) return undefined
    throw error
  }
}

/**
 * One export; `undefined` when the API does not have it. A 404 alone does not prove that: the list is asked as well.
 */
export async function lookUp(access: ListAccess, id: string): Promise<ExportItem | undefined> {
  const item = await getUnlessGone(access, id)
  if (item !== undefined) return item
  const { items } = await access.pages.first({ q: id, qFields: ['id'] })
  return items.find((each) => each.id === id)
}

async function getUnlessGone({ client, signal }: ListAccess, id: string): Promise<ExportItem | undefined> {
  try {
    return await client.get(id, { view: 'full' }, { signal })
  } catch (error) {
    if (isExportsError(error, 'not-found')) return undefined
    throw error
  }
}
