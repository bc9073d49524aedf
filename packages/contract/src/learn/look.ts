import type { Evidence } from '@hood-exports/openapi/profile'
import { PATHS } from '@hood-exports/openapi'
import { envelopeOf } from '../verify/exchange.ts'
import type { Answer, Item } from '../verify/exchange.ts'
import type { TestRequest } from '../verify/test-request.ts'

/** A request that was answered, and what it found. */
export interface Look {
  readonly answer: Answer
  readonly status: number
  /** Undefined: the answer is no envelope. */
  readonly total: number | undefined
  readonly items: readonly Item[]
  readonly ids: ReadonlySet<string>
}

export function lookOf(answer: Answer): Look {
  const envelope = answer.status === 200 ? envelopeOf(answer) : undefined
  const items = envelope?.items ?? []
  const ids = new Set(items.map(({ id }) => String(id)))
  return { answer, status: answer.status, total: envelope?.total, items, ids }
}

/** Whether an answer says that the request is wrong. */
export function isRefusal({ status }: Look): boolean {
  return status >= 400 && status < 500 && ![401, 403, 429].includes(status)
}

export function evidenceOf({ answer, status, total, items }: Look): Evidence {
  const seen = total === undefined ? String(status) : `${status}, ${items.length} of ${total} items`
  return { request: redacted(answer.request), seen }
}

/** Parameters whose values are words of the API. */
const OPEN = ['fields', 'view', 'sort', 'page', 'q_fields']

/** The request line without ids, and with `…` in place of values of the account. */
export function redacted({ method, operation, search }: TestRequest): string {
  const query = search
    .split('&')
    .map((parameter) => {
      const [name = '', value = ''] = parameter.split('=')
      if (OPEN.includes(name) || parameter === '') return parameter
      const [, operator = '', rest = ''] = /^([a-z]+:)?(.*)$/s.exec(value) ?? []
      return `${name}=${operator}${rest === '' ? '' : rest.includes(',') ? '…,…' : '…'}`
    })
    .join('&')
  return `${method} ${PATHS[operation]}${query === '' ? '' : `?${query}`}`
}
