import type { Item } from './cell.ts'

/** Items as text, page by page as they arrive. */
export interface ItemWriter {
  page(items: readonly Item[]): string
  /** What comes after the last page; also when there was none. */
  end(): string
}
