import type { Family, Law, Need } from './law.ts'
import type { Gravity } from './violation.ts'
import { create } from './laws/create.ts'
import { download } from './laws/download.ts'
import { envelope } from './laws/envelope.ts'
import { errors } from './laws/errors.ts'
import { fields } from './laws/fields.ts'
import { filter } from './laws/filter.ts'
import { items } from './laws/items.ts'
import { page } from './laws/page.ts'
import { profile } from './laws/profile.ts'
import { rateLimit } from './laws/rate-limit.ts'
import { retry } from './laws/retry.ts'
import { search } from './laws/search.ts'
import { sort } from './laws/sort.ts'
import { status } from './laws/status.ts'
import { tenancy } from './laws/tenancy.ts'
import { transport } from './laws/transport.ts'
import { validation } from './laws/validation.ts'

const families: readonly [
  typeof transport,
  typeof envelope,
  typeof items,
  typeof errors,
  typeof status,
  typeof validation,
  typeof sort,
  typeof page,
  typeof search,
  typeof filter,
  typeof fields,
  typeof rateLimit,
  typeof download,
  typeof tenancy,
  typeof create,
  typeof retry,
  typeof profile,
] = [
  transport,
  envelope,
  items,
  errors,
  status,
  validation,
  sort,
  page,
  search,
  filter,
  fields,
  rateLimit,
  download,
  tenancy,
  create,
  retry,
  profile,
]

type LawsIn<Of> = Of extends Family<infer Name> ? Name : never

export type LawName = LawsIn<(typeof families)[number]>

export type FamilyName = (typeof families)[number]['name']

/** In the order of reports. */
export const FAMILIES: readonly Family<string, FamilyName>[] = families

/** A law with its defaults. */
export interface KnownLaw extends Law {
  readonly family: FamilyName
  readonly gravity: Gravity
  readonly needs: readonly Need[]
}

/** Every law by its name. */
export const LAWS: Readonly<Record<LawName, KnownLaw>> = Object.fromEntries(
  FAMILIES.flatMap(({ name: family, needs = [], laws }) =>
    Object.entries(laws).map(([name, law]) => [name, { gravity: 'major', needs, ...law, family }]),
  ),
) as unknown as Readonly<Record<LawName, KnownLaw>>

export const LAW_NAMES: readonly LawName[] = Object.keys(LAWS) as LawName[]

/** Families that have a law among these. */
export function familiesOf(names: Iterable<LawName>): ReadonlySet<FamilyName> {
  return new Set([...names].map((name) => LAWS[name].family))
}
