import { document } from '@hood-exports/openapi/document'
import { MAIN } from '../../credential.ts'
import type { Credential } from '../../credential.ts'
import { exportRequest } from '../../test-request.ts'
import type { TestRequest } from '../../test-request.ts'

interface Documented {
  readonly components: {
    readonly parameters: Readonly<Record<'ReportId', { readonly example: string }>>
    readonly examples: Readonly<Record<'CampaignReport', { readonly value: object }>>
  }
}

const { parameters, examples } = (document as unknown as Documented).components

/** The quick report of the spec's example. */
export const EXAMPLE_REPORT_ID: string = parameters.ReportId.example

/** A request for an export. */
export interface Attempt {
  readonly request: TestRequest
  /** The beginning of its name, which no other export has. */
  readonly key: string
  readonly name: string
  readonly out: 'csv' | 'json'
  readonly expected: 202 | 400 | 401
  /** The law that says so. */
  readonly law: string
  /** Whether 400 will do as well: which members are required is not documented. */
  readonly isMinimal: boolean
}

/** An export of each format, and what must be refused. */
export function attempts(reportId: string, marker: string): readonly Attempt[] {
  const attempt = (
    name: string,
    write: (name: string) => string,
    parts: Partial<Attempt> & { readonly credential?: Credential } = {},
  ): Attempt => {
    const { credential = MAIN, ...others } = parts
    const key = name.slice(0, marker.length + 1)
    const request = exportRequest(reportId, write(name), credential)
    return { request, key, name, out: 'csv', expected: 202, law: 'create-is-accepted', isMinimal: false, ...others }
  }
  const whole =
    (changes: object = {}) =>
    (name: string): string =>
      // The request of the vendor's sample.
      JSON.stringify({ ...examples.CampaignReport.value, name, ...changes })
  const refused = { expected: 400, law: 'create-is-refused' } as const
  const unauthorized = { expected: 401, law: 'no-token-no-data' } as const
  return [
    attempt(`${marker}a`, whole({ out: 'csv' })),
    attempt(`${marker}b Café & 100%`, (name) => JSON.stringify({ name, out: 'json' }), {
      out: 'json',
      isMinimal: true,
    }),
    attempt(`${marker}c`, whole({ out: 'exe' }), refused),
    attempt(`${marker}d`, (name) => whole()(name).slice(0, -1), refused),
    attempt(`${marker}e`, (name) => `[${whole()(name)}]`, refused),
    attempt(`${marker}f`, whole({ fields: { sent: true } }), refused),
    attempt(`${marker}g`, whole(), { ...unauthorized, credential: { kind: 'none' } }),
    attempt(`${marker}h`, whole(), { ...unauthorized, credential: { kind: 'unknown' } }),
  ]
}
