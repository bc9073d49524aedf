import { askDownload, askList, askView } from '../ask.ts'
import type { Ask } from '../ask.ts'
import type { Credential } from '../credential.ts'
import { statusAndBody } from '../exchange.ts'
import type { Case, World } from './case.ts'

/** No token, and everything that looks like one. */
export function unauthorizedCases({ corpus }: World, mainToken: string): Case[] {
  const [id = '1'] = corpus.byId.keys()
  const hasLetters = /[a-z]/i.test(mainToken)
  const viewed = (credential: Credential): Ask => askView(id, {}, credential)
  const downloaded = (credential: Credential): Ask => askDownload(id, credential)
  const listed = (credential: Credential): Ask => askList({}, credential)
  return [
    ...[listed, viewed, downloaded].map((asked) => refused(asked({ kind: 'none' }))),
    ...[listed, viewed, downloaded].map((asked) => refused(asked({ kind: 'unknown' }))),
    refused(listed({ kind: 'shortened' })),
    refused(viewed({ kind: 'lengthened' })),
    refused(listed({ kind: 'other-scheme' })),
    refused(downloaded({ kind: 'empty' })),
    refused(listed({ kind: 'no-scheme' })),
    ...(hasLetters ? [refused(viewed({ kind: 'swapped-case' }))] : []),
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
