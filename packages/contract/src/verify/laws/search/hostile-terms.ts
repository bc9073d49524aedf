import type { Case } from '../../case.ts'
import { listRequest } from '../../test-request.ts'
import { statusAndBody, violation } from '../../violation.ts'

const INJECTED = 'x-hood-contract'

/** What breaks a server that puts texts together: line breaks, NUL, and much of what has a meaning somewhere. */
const HOSTILE: readonly string[] = [
  `a\r\n${INJECTED}: 1`,
  'a\u0000b',
  String.raw`'";--/* \ \' \" \u0000 %s 👩‍👩‍👧‍👦🏳️‍🌈 `.repeat(8),
]

/** Whatever is searched for: the answer is no failure, and no header comes out of it. */
export function hostileCases(): Case[] {
  return HOSTILE.map((q): Case => {
    const request = listRequest({ fields: ['id'], page: [1, 1], q, qFields: ['name'] })
    return {
      law: 'any-text-is-searched',
      requests: [request],
      isCertain: true,
      check: ([answer]) => {
        if (answer === undefined) return []
        if (answer.headers.has(INJECTED)) {
          return [violation('any-text-is-searched', request, `a header that q has in it: ${INJECTED}`)]
        }
        return [200, 400].includes(answer.status)
          ? []
          : [violation('any-text-is-searched', request, statusAndBody(answer))]
      },
    }
  })
}
