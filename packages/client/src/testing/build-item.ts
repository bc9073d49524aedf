import { document } from '@hood-exports/openapi/document'
import type { ExportItem } from '../export-item.ts'

interface Examples {
  readonly components: {
    readonly examples: { readonly OneItem: { readonly value: { readonly items: readonly [ExportItem] } } }
  }
}

/** An export with every member, the vendor's sample where nothing else is given. Members never seen are welcome. */
export function buildItem<Extra extends object>(
  members: Partial<ExportItem> & Extra = {} as Extra,
): ExportItem & Extra {
  const [sample] = (document as unknown as Examples).components.examples.OneItem.value.items
  return { ...sample, ...members }
}

/** As many exports as asked for, with ids from 1000000 and names of their own. */
export function buildItems(count: number, members: Partial<ExportItem> = {}): ExportItem[] {
  return Array.from({ length: count }, (_, index) =>
    buildItem({ id: String(1_000_000 + index), name: `Export ${index + 1}`, ...members }),
  )
}
