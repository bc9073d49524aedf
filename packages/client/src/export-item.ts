import type { NUMERIC_MEMBERS } from '@hood-exports/openapi'
import type { components } from '@hood-exports/openapi/types'

type Wire = components['schemas']['Export']
type NumericMember = (typeof NUMERIC_MEMBERS)[number]

/** The names of an item's members. */
export type ExportField = keyof Wire

/**
 * An export with every member, as `view: 'full'` asks for. Numbers are numbers, also where the API sends them as
 * strings of digits; ids stay strings, as they have up to 20 digits.
 */
export type ExportItem = {
  [Member in keyof Wire]-?: Member extends NumericMember ? Exclude<Wire[Member], string> : Wire[Member]
}

/**
 * The item that a query brings:
 * with `fields`, exactly those members, or some of them when the type does not say which; with `view: 'full'`, all; otherwise `id`, and any other member may be absent,
 * because what the default view leaves out is not documented.
 */
export type ItemOf<Query> = Query extends { readonly fields: infer Fields extends readonly ExportField[] }
  ? number extends Fields['length']
    ? Partial<Pick<ExportItem, Fields[number]>>
    : Pick<ExportItem, Fields[number]>
  : Query extends { readonly view: 'full' }
    ? ExportItem
    : Pick<ExportItem, 'id'> & Partial<Omit<ExportItem, 'id'>>
