import { RETENTION_SECONDS } from '../made-up.ts'
import type { StoredItem } from './item.ts'
import type { Random } from './random.ts'
import { randomFrom } from './random.ts'
import { formatNameStamp, formatTimestamp } from './timestamp.ts'
import { DESCRIPTIONS, FAILURE_REASONS, KNOWN_STATUSES, LABELS } from './vocabulary.ts'
import type { Words } from './words.ts'

export interface GeneratedItemOptions {
  readonly seed: number
  readonly words: Words
  /** The id of the first item of the account. */
  readonly firstId: number
  /** Which of `count` items, from 0, oldest first. */
  readonly index: number
  readonly count: number
  readonly creatorId: string
  /** Sandbox time at which the data is made, in seconds. */
  readonly now: number
}

const DAY = 24 * 3600
/** The oldest item was created this long ago. */
const HISTORY_SECONDS = 540 * DAY
/** The newest items have just been asked for. */
const NEWEST_AGE_SECONDS = 20
/** How long an attempt takes after it has waited in the queue. */
const ATTEMPT_SECONDS = 30
/** How many exports have a status that the sandbox does not know, in an account that has such ones. */
const OTHER_STATUS_PERCENT = 10

/** The same options give the same item; no item depends on another. */
export function generateItem({ seed, words, firstId, index, count, creatorId, now }: GeneratedItemOptions): StoredItem {
  const random = randomFrom(seed, firstId, index)
  const created = now - NEWEST_AGE_SECONDS - Math.floor(((count - 1 - index) / count) * HISTORY_SECONDS)
  const label = pick(LABELS, random)
  const [format, size] = [pick(words.formats, random), pickSize(random)]
  const item: StoredItem = {
    id: firstId + index,
    creator_id: random.chance(2)
      ? null
      : random.chance(70)
        ? creatorId
        : String(Number(creatorId) + 1 + random.below(8)),
    resource: pick(words.resources, random),
    status: 'ready',
    name: `${label} - ${formatNameStamp(created)}`,
    description: random.chance(45) ? null : pick(DESCRIPTIONS, random),
    size,
    ...format,
    attempt_count: 1,
    download_count: random.chance(40) ? 0 : random.below(30),
    failure_reason: null,
    expire_time: null,
    create_time: formatTimestamp(created),
    update_time: formatTimestamp(created),
    due: null,
    attempt_seconds: null,
    outcome: null,
    planned_size: null,
  }
  const isRecent = count - index <= Math.min(12, Math.ceil(count / 20))
  return inWords(isRecent ? underWay(item, random, now, size) : finished(item, random, now, created), words, random)
}

/** The item with a status that the account has. One that the sandbox does not know never changes. */
function inWords(item: StoredItem, { statuses }: Words, random: Random): StoredItem {
  const others = statuses.filter((status) => !KNOWN_STATUSES.includes(status))
  const isOther = others.length > 0 && random.chance(OTHER_STATUS_PERCENT)
  if (!isOther && statuses.includes(item.status)) {
    return item.status === 'ready' && !statuses.includes('expired') ? { ...item, due: null } : item
  }
  const status = isOther || !statuses.includes('ready') ? pick(others.length > 0 ? others : statuses, random) : 'ready'
  const size = item.size ?? item.planned_size ?? pickSize(random)
  return { ...item, status, size, due: null, attempt_seconds: null, outcome: null, planned_size: null }
}

/** Asked for a moment ago: it ends by itself within the next minutes of sandbox time. */
function underWay(item: StoredItem, random: Random, now: number, planned_size: number): StoredItem {
  const status = random.chance(30) ? 'queued' : 'processing'
  return {
    ...item,
    status,
    size: null,
    download_count: 0,
    due: now + 5 + random.below(300),
    attempt_seconds: status === 'queued' ? ATTEMPT_SECONDS : null,
    outcome: random.chance(85) ? 'ready' : 'failed',
    planned_size,
  }
}

function finished(item: StoredItem, random: Random, now: number, created: number): StoredItem {
  const updated = Math.min(now, created + 2 + random.below(900))
  const done: StoredItem = { ...item, update_time: formatTimestamp(updated) }
  const fate = random.below(100)
  if (fate < 7) {
    const failed = { status: 'failed', size: null, expire_time: null, download_count: 0, attempt_count: 3 }
    return { ...done, ...failed, failure_reason: pick(FAILURE_REASONS, random) }
  }
  if (fate < 8) return { ...done, status: 'cancelled', size: null, attempt_count: 0, download_count: 0 }
  if (fate < 20) {
    const expired = updated + RETENTION_SECONDS
    if (expired < now) {
      return {
        ...done,
        status: 'expired',
        expire_time: formatTimestamp(expired),
        update_time: formatTimestamp(expired),
      }
    }
  }
  if (random.chance(9)) Object.assign(done, { attempt_count: 2, failure_reason: pick(FAILURE_REASONS, random) })
  // Some are kept for ever.
  if (random.chance(10)) return done
  const expires = now + 60 + random.below(365 * DAY)
  return { ...done, expire_time: formatTimestamp(expires), due: expires }
}

function pick<Value>(values: readonly Value[], random: Random): Value {
  return values[random.below(values.length)] as Value
}

/** Most files are small, a few are large: 64 bytes to 16 MB, each power of two as likely as the next. */
function pickSize(random: Random): number {
  const power = 2 ** (6 + random.below(18))
  return power + random.below(power)
}
