import type { PlainDefect } from './defect.ts'
import { downloadDefects, tenancyDefects } from './defects/files.ts'
import { filterDefects } from './defects/filters.ts'
import { fieldDefects, itemDefects, searchDefects } from './defects/items.ts'
import { envelopeDefects, pageDefects, sortDefects, validationDefects } from './defects/lists.ts'
import { quotaDefects } from './defects/quota.ts'
import { errorDefects, statusDefects, transportDefects } from './defects/wire.ts'
import { createDefects, retryDefects } from './defects/writes.ts'

/** What an API team may get wrong, one thing at a time. */
export const PLAIN_DEFECTS: readonly PlainDefect[] = [
  ...transportDefects,
  ...envelopeDefects,
  ...itemDefects,
  ...errorDefects,
  ...statusDefects,
  ...validationDefects,
  ...sortDefects,
  ...pageDefects,
  ...searchDefects,
  ...filterDefects,
  ...fieldDefects,
  ...quotaDefects,
  ...downloadDefects,
  ...tenancyDefects,
  ...createDefects,
  ...retryDefects,
]
