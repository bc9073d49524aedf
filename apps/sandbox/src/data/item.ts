/** An export item as it is stored. Members that the API derives (`company_id`, `download_url`) are not in here. */
export interface StoredItem {
  id: number
  creatorId: string | null
  resource: string
  status: string
  name: string
  description: string | null
  /** Bytes. */
  size: number | null
  extension: string | null
  mimeType: string | null
  attemptCount: number
  downloadCount: number
  failureReason: string | null
  expireTime: string | null
  createTime: string
  updateTime: string
  /** When the status changes next, in seconds of sandbox time; null: never by itself. */
  due: number | null
  /** How long an attempt that waits in the queue will take after that. */
  attemptSeconds: number | null
  /** How an attempt that is under way will end. */
  outcome: 'ready' | 'failed' | null
  /** The size of the file that an attempt under way will have. */
  plannedSize: number | null
}

/** The vendor's own sample. Its `expire_time` lies in the past of every sandbox, yet it is `ready`: it has no due. */
export const SAMPLE_ITEM: Readonly<StoredItem> = {
  id: 1_000_000,
  creatorId: '1000001',
  resource: 'quick-reports',
  status: 'ready',
  name: 'Christmas list - 22.05.2025 11:44:32',
  description: 'help here',
  size: 125,
  extension: 'csv',
  mimeType: 'text/csv',
  attemptCount: 1,
  downloadCount: 1,
  failureReason: 'Export failed due to an internal error. Please try again later.',
  expireTime: '2021-07-30 12:50:13',
  createTime: '2021-07-30 12:50:13',
  updateTime: '2021-07-30 12:50:13',
  due: null,
  attemptSeconds: null,
  outcome: null,
  plannedSize: null,
}
