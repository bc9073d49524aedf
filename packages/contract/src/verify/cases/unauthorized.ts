import { askDownload, askList, askView } from '../ask.ts'
import type { Ask } from '../ask.ts'
import type { Credential } from '../credential.ts'
import { statusAndBody } from '../exchange.ts'
import type { Case, World } from './case.ts'

/** No token, and everything that looks like one. */
export function unauthorizedCases({ corpus }: World, mainToken: string): Case[] {
  const [id = '1'] = corpus.byId.keys()
  const hasLetters = /[a-z]/i.test(mainToken)
  const list: readonly Credential[] = [
    { kind: 'none' },
    { kind: 'unknown' },
    { kind: 'shortened' },
    { kind: 'lengthened' },
    { kind: 'other-scheme' },
    { kind: 'empty' },
    ...(hasLetters ? [{ kind: 'swapped-case' } as const] : []),
  ]
  const few: readonly Credential[] = [{ kind: 'none' }, { kind: 'unknown' }]
  return [
    ...list.map((credential) => refused(askList({}, credential))),
    ...few.map((credential) => refused(askView(id, {}, credential))),
    ...few.map((credential) => refused(askDownload(id, credential))),
  ]
}

function refused(ask: Ask): Case {
  return {
    law: 'no-token-no-data',
    asks: [ask],
    judge: ([answer]) =>
      answer === undefined || answer.status === 401
        ? []
        : [
            {
              law: 'no-token-no-data',
              came: statusAndBody(answer),
              evidence: 'answer',
            },
          ],
  }
}
