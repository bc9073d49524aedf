import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FamilyName, VerifyOptions } from '../../../src/index.ts'
import type { Mutant } from '../provider.ts'
import { CORRECT } from './correct.ts'
import type { Answer, Call, Parts, Taken } from './parts.ts'

/** Parts that replace the correct ones; a function where they remember something. */
export type PlainChange = Partial<Parts> | (() => Partial<Parts>)

/** What a run must do to see a defect. */
type Demands = Pick<Mutant, 'limits' | 'writes'> & Pick<VerifyOptions, 'effort' | 'useUp'>

export interface PlainDefect extends Demands {
  readonly family: FamilyName
  /** What is wrong: a sentence. */
  readonly defect: string
  readonly change: PlainChange
}

/** Defects of one family. */
export function defectsOf(
  family: FamilyName,
  rows: readonly (readonly [defect: string, change: PlainChange])[],
  demands: Demands = {},
): PlainDefect[] {
  return rows.map(([defect, change]) => ({ family, defect, change, ...demands }))
}

/** Changes each item that is shown. */
export function items(change: (item: Record<string, unknown>, call: Call) => Record<string, unknown>): Partial<Parts> {
  return { shape: (row, members, call) => change(CORRECT.shape(row, members, call), call) }
}

/** Changes one member, where it is shown and has a value. */
export function value(member: string, change: (value: unknown) => unknown): Partial<Parts> {
  return items((item) => (item[member] == null ? item : { ...item, [member]: change(item[member]) }))
}

type Read = 'list' | 'view' | 'download'

/** Changes the answers of some operations. */
export function answers(operations: readonly Read[], change: (answer: Answer, call: Call) => Answer): Partial<Parts> {
  const changed = {
    list: (call) => change(CORRECT.list(call), call),
    view: (id, call) => change(CORRECT.view(id, call), call),
    download: (id, call) => change(CORRECT.download(id, call), call),
  } satisfies Partial<Parts>
  return Object.fromEntries(operations.map((operation) => [operation, changed[operation]]))
}

/** Changes the body of lists. */
export function lists(
  change: (body: { total: unknown; items: Record<string, unknown>[] }, call: Call) => unknown,
): Partial<Parts> {
  return answers(['list'], (answer, call) => ({
    ...answer,
    body: JSON.stringify(change(JSON.parse(String(answer.body)) as Parameters<typeof change>[0], call)),
  }))
}

/** Middleware before every request. */
export function before(change: (request: IncomingMessage, response: ServerResponse) => void): Partial<Parts> {
  return {
    through: (request, response, next) => {
      change(request, response)
      if (!response.headersSent) next()
    },
  }
}

/** Changes one parameter before it is read; undefined takes it away. */
export function parameter(name: string, change: (text: string) => string | undefined): Partial<Parts> {
  return {
    query: (search) => {
      const parameters = CORRECT.query(search)
      const text = parameters.get(name)
      const changed = text === null ? undefined : change(text)
      if (text !== null && changed === undefined) parameters.delete(name)
      else if (changed !== undefined) parameters.set(name, changed)
      return parameters
    },
  }
}

/** The headers that a correct provider has for a place or a refusal. */
export function headersOf(taken: Taken): Record<string, string> {
  return CORRECT.quotaHeaders(taken) as Record<string, string>
}
