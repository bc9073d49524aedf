import type { SEARCHABLE_FIELDS, SELECTABLE_FIELDS } from '@hood-exports/openapi'
import { formatNameStamp } from './data/timestamp.ts'

/** A member of an export item. */
export type Member = (typeof SELECTABLE_FIELDS)[number]

/**
 * What is not documented and this sandbox therefore had to choose, in this one place.
 * Each is marked with "?" in the facts of the API; `docs/sandbox.md` lists them for people.
 */

/**
 * Items in a page when `page` has no second number. The vendor says that it depends on the resource's settings; for the
 * campaigns of the same API it is 10.
 */
export const DEFAULT_PAGE_SIZE = 10

/** The order without `sort`: newest first, as for the campaigns of the same API. */
export const DEFAULT_SORT = '-create_time'

/** The largest second number of `page`; one more is a 400. */
export const MAX_PAGE_SIZE = 1_000

/**
 * Members that `view=default` leaves out. Without `view` nothing is left out, because the vendor's sample of a request
 * without it has every member.
 */
export const LEFT_OUT_OF_DEFAULT_VIEW: readonly Member[] = ['creator_id', 'description', 'failure_reason']

/** Where `q` looks without `q_fields`. */
export const DEFAULT_SEARCH_FIELD: (typeof SEARCHABLE_FIELDS)[number] = 'name'

/** Where the item's `download_url` points: the vendor's sample path, which is not the documented download path. */
export const DOWNLOAD_URL_PREFIX = '/v1/hood/customers/exports/'

/** How long a finished export can be downloaded. */
export const RETENTION_SECONDS: number = 7 * 24 * 3600

/** Sandbox time when a sandbox is created, so that the same seed gives the same bytes on every day. */
export const START_TIME_MS: number = Date.UTC(2026, 0, 1)

/** How long an export is made, from the request to its file; half of it in the queue. */
export const DEFAULT_MAKING_SECONDS = 2

/** The name of an export that was asked for. The vendor's sample of an export has a name that ends with a time. */
export function nameOfMade({
  name,
  reportId,
  now,
}: {
  name: string | undefined
  reportId: string
  now: number
}): string {
  return `${name ?? `Quick report ${reportId}`} - ${formatNameStamp(now)}`
}

/** Bytes in the file of an export that was asked for; files of neighbours differ. */
export function sizeOfMade(id: number): number {
  return 1_000 + (id % 9_000)
}
