import { formatNameStamp } from './data/timestamp.ts'

/** Where the item's `download_url` points: the vendor's sample path, which is not the documented download path. */
export const DOWNLOAD_URL_PREFIX = '/v1/hood/customers/exports/'

/** Where it points for an account whose `download_url` has neither path. */
export const OTHER_URL_PREFIX = '/files/exports/'

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
