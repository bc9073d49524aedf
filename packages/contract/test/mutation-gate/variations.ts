import type { Variation } from './provider.ts'
import { ANSWER_VARIATIONS } from './variations/answers.ts'
import { CIRCUMSTANCE_VARIATIONS } from './variations/circumstances.ts'
import { FILTER_VARIATIONS } from './variations/filters.ts'
import { LIST_VARIATIONS } from './variations/lists.ts'
import { WRITE_VARIATIONS } from './variations/writes.ts'

/** Correct providers that differ where the documentation leaves a choice. */
export const VARIATIONS: readonly Variation[] = [
  ...LIST_VARIATIONS,
  ...FILTER_VARIATIONS,
  ...ANSWER_VARIATIONS,
  ...CIRCUMSTANCE_VARIATIONS,
  ...WRITE_VARIATIONS,
]
