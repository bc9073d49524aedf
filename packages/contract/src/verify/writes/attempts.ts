import { askForExport } from '../ask.ts'
import type { Ask } from '../ask.ts'
import type { Credential } from '../credential.ts'
import { MAIN } from '../credential.ts'
import type { LawName } from '../law.ts'
import { EXAMPLE_REQUEST } from './example-report.ts'

/** A request for an export. */
export interface Attempt {
  readonly ask: Ask
  /** The beginning of its name, which no other export has. */
  readonly key: string
  readonly name: string
  readonly out: 'csv' | 'json'
  readonly expected: 202 | 400 | 401
  /** The law that says so. */
  readonly law: LawName
  /** Whether it may be refused all the same: which members are required is not documented. */
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
    const ask = askForExport(reportId, write(name), credential)
    return { ask, key, name, out: 'csv', expected: 202, law: 'create-is-accepted', isMinimal: false, ...others }
  }
  const whole =
    (changes: object = {}) =>
    (name: string): string =>
      JSON.stringify({ ...EXAMPLE_REQUEST, name, ...changes })
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
