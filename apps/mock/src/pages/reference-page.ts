import type { Answer } from '../http/answer.ts'
import { bytesBody } from '../http/answer.ts'
export function referencePage(): Answer {
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: bytesBody('todo') }
}
