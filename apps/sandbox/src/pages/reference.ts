import { document } from '@hood-exports/openapi/document'
import { referencePage } from '@hood-exports/openapi/pages'
import type { Page } from '@hood-exports/openapi/pages'
import { DEMO_TOKENS } from '../data/account.ts'
import { SITE } from './site.ts'

/** The reference of the API, where each call can be tried out on this sandbox. */
export function referenceOf(origin: string, faults: 'on' | 'off'): Page {
  return referencePage({
    site: SITE,
    current: '/reference',
    document,
    origin,
    token: DEMO_TOKENS.main,
    tryIt: { token: DEMO_TOKENS.main, header: faults === 'on' ? 'X-Sandbox-Fault: status=500' : undefined },
  })
}
