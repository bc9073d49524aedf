import type { Answer } from '../http/answer.ts'
import { bytesBody } from '../http/answer.ts'
import type { LimitOption } from '../limits/limit-option.ts'
export interface HomePageOptions {
  readonly origin: string
  readonly document: object
  readonly limits: LimitOption
  readonly faults: string
  readonly control: 'on' | 'off'
  readonly proxy: string | undefined
}
export function homePage(_: HomePageOptions): Answer {
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: bytesBody('todo') }
}
