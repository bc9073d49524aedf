import type { components } from '@hood-exports/openapi/types'

type Wire = components['schemas']['Export']

/** The names of an item's members. */
export type ExportField = keyof Wire

/** An export with every member, as `view: 'full'` asks for. */
export type ExportItem = Required<Wire>

/**
 * The item that a query brings:
 * with `fields`, exactly those members; with `view: 'full'`, all; otherwise `id`, and any other member may be absent,
 * because what the default view leaves out is not documented.
 */
export type ItemOf<Query> = Query extends { readonly fields: readonly (infer Field extends ExportField)[] }
  ? Pick<ExportItem, Field>
  : Query extends { readonly view: 'full' }
    ? ExportItem
    : Pick<ExportItem, 'id'> & Partial<Omit<ExportItem, 'id'>>
