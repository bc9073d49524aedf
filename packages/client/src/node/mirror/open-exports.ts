import type { ExportsClient } from '../../client.ts'
import { isExportsError } from '../../errors.ts'
import type { ExportItem } from '../../export-item.ts'

/** How the exports of an account are asked for. */
export interface ListAccess {
  readonly client: Pick<ExportsClient, 'get' | 'listAll'>
  readonly signal: AbortSignal | undefined
}

/** Large pages cost less; how large they may be is not documented. */
export const LARGEST_PAGE = 100

/**
 * Asks for many exports at once, by their ids, as many as go into a page. An export that does not come is looked at
 * alone, for what is missing from one answer need not be gone.
 * @returns what each id is, `undefined` for one that the API does not have; nothing of ids that it cannot be asked for.
 */
export async function openExports(
  access: ListAccess,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ExportItem | undefined>> {
  const found = new Map<string, ExportItem | undefined>()
  // One alone costs no more without a filter, and every API has that.
  if (ids.length === 1) return found
  for (let start = 0; start < ids.length; start += LARGEST_PAGE) {
    const chunk = ids.slice(start, start + LARGEST_PAGE)
    const items = await readChunk(access, chunk)
    if (items === undefined) return found
    const byId = new Map(items.map((item) => [item.id, item]))
    for (const id of chunk) found.set(id, byId.get(id) ?? (await getUnlessGone(access, id)))
  }
  return found
}

/** `undefined` where the API refuses or ignores the filter. */
async function readChunk(
  { client, signal }: ListAccess,
  ids: readonly string[],
): Promise<readonly ExportItem[] | undefined> {
  const all: ExportItem[] = []
  try {
    const listing = client.listAll({ view: 'full', filter: { id: ids }, pageSize: LARGEST_PAGE }, { signal })
    for await (const item of listing) {
      if (!ids.includes(item.id)) return undefined
      all.push(item)
    }
    return all
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
  const { client, signal } = access
  const query = { view: 'full', q: id, qFields: ['id'], pageSize: LARGEST_PAGE } as const
  const [listed] = await client.listAll(query, { signal, where: (each) => each.id === id, limit: 1 }).toArray()
  return listed
}

async function getUnlessGone({ client, signal }: ListAccess, id: string): Promise<ExportItem | undefined> {
  try {
    return await client.get(id, { view: 'full' }, { signal })
  } catch (error) {
    if (isExportsError(error, 'not-found')) return undefined
    throw error
  }
}
