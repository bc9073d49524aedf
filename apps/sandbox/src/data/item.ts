import { FILTER_KINDS, NULLABLE_MEMBERS, SELECTABLE_FIELDS } from '@hood-exports/openapi'
import { document } from '@hood-exports/openapi/document'
import type { Member } from '../choices.ts'

/** The id is a number here, and these follow from the account, the id and the status. */
type Derived = 'id' | 'company_id' | 'download_url'
type Kind<Name extends Member> = (typeof FILTER_KINDS)[Name]
type StoredMember = Exclude<Member, Derived>

/** An export item as it is stored: its members by the API's names, and what makes it change. */
export type StoredItem = {
  [Name in StoredMember]:
    | (Kind<Name> extends 'number' ? number : string)
    | (Name extends (typeof NULLABLE_MEMBERS)[number] ? null : never)
} & {
  id: number
  /** When the status changes next, in seconds of sandbox time; null: never by itself. */
  due: number | null
  /** How long an attempt that waits in the queue will take after that. */
  attempt_seconds: number | null
  /** How an attempt that is under way will end. */
  outcome: 'ready' | 'failed' | null
  /** The size of the file that an attempt under way will have. */
  planned_size: number | null
}

const DERIVED: readonly Member[] = ['id', 'company_id', 'download_url'] satisfies Derived[]

/** The members that are stored as they are sent. */
export const STORED_MEMBERS: readonly StoredMember[] = SELECTABLE_FIELDS.filter(
  (member): member is StoredMember => !DERIVED.includes(member),
)

/** The columns of the members, in SQL. */
export const MEMBER_COLUMNS: string = STORED_MEMBERS.map((member) => {
  const isNullable = (NULLABLE_MEMBERS as readonly Member[]).includes(member)
  return `${member} ${FILTER_KINDS[member] === 'number' ? 'INTEGER' : 'TEXT'}${isNullable ? '' : ' NOT NULL'},`
}).join('\n    ')

interface Examples {
  readonly components: {
    readonly examples: {
      readonly OneItem: {
        readonly value: { readonly items: readonly [Pick<StoredItem, StoredMember> & { id: string }] }
      }
    }
  }
}

const [sample] = (document as unknown as Examples).components.examples.OneItem.value.items

/**
 * The vendor's own sample: what an item has where nothing else is decided. Its `expire_time` lies in the past of every
 * sandbox, yet it is `ready`: it has no due.
 */
export const SAMPLE_ITEM: Readonly<StoredItem> = {
  ...(Object.fromEntries(STORED_MEMBERS.map((member) => [member, sample[member]])) as Pick<StoredItem, StoredMember>),
  id: Number(sample.id),
  due: null,
  attempt_seconds: null,
  outcome: null,
  planned_size: null,
}
