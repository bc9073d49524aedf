import type { AccountSnapshot } from '../account-snapshot.ts'
import { inTurn, statusCase } from '../case.ts'
import type { Case, World } from '../case.ts'
import type { Credential } from '../credential.ts'
import { judgeDeviations } from '../deviations.ts'
import { POINTERS } from '../law.ts'
import type { Family } from '../law.ts'
import { UNKNOWN_ID, downloadRequest, listRequest, viewRequest } from '../test-request.ts'
import type { TestRequest } from '../test-request.ts'

type Law = 'spec-status' | 'valid-is-answered' | 'unknown-ids-are-missing' | 'no-token-no-data'

export const status: Family<Law, 'status'> = {
  name: 'status',
  laws: {
    'spec-status': {
      expected: 'only documented status codes are sent',
      pointer: POINTERS.list,
      source: 'S, V',
      isSeenIn: () => true,
    },
    'valid-is-answered': {
      expected: 'a valid request is answered with 200',
      pointer: POINTERS.list,
      source: 'S, V',
      isSeenIn: ({ request }) => request.query !== undefined && request.credential.kind === 'token',
    },
    'unknown-ids-are-missing': {
      expected: 'an id that the account does not have is answered with 404',
      pointer: `${POINTERS.view}/responses/404`,
      source: '?',
      gravity: 'minor',
    },
    'no-token-no-data': {
      expected: 'without a valid token every operation is answered with 401',
      pointer: '/components/securitySchemes/bearer',
      source: 'S, V',
      gravity: 'critical',
    },
  },
  cases: (world) => inTurn([unauthorizedCases(world), missingIdCases(world)]),
  onAnswer: (answer) => judgeDeviations('spec-status', answer, ({ part }) => part === 'status'),
}

/** No token, and everything that looks like one. */
export function unauthorizedCases({ snapshot, mainToken }: Pick<World, 'snapshot' | 'mainToken'>): Case[] {
  const [id = '1'] = snapshot.byId.keys()
  const listed = (credential: Credential): TestRequest => listRequest({}, credential)
  const viewed = (credential: Credential): TestRequest => viewRequest(id, {}, credential)
  const downloaded = (credential: Credential): TestRequest => downloadRequest(id, credential)
  const hasLetters = /[a-z]/i.test(mainToken)
  const requests = [
    ...[listed, viewed, downloaded].map((requested) => requested({ kind: 'none' })),
    ...[listed, viewed, downloaded].map((requested) => requested({ kind: 'unknown' })),
    listed({ kind: 'shortened' }),
    viewed({ kind: 'lengthened' }),
    listed({ kind: 'other-scheme' }),
    downloaded({ kind: 'empty' }),
    listed({ kind: 'no-scheme' }),
    ...(hasLetters ? [viewed({ kind: 'swapped-case' })] : []),
  ]
  return requests.map((request) => statusCase({ law: 'no-token-no-data', request, statuses: [401] }))
}

/** Ids of digits that the account does not have: close to those it has, and far from all. */
function missingIdCases({ snapshot, otherAccounts }: World): Case[] {
  const theirs = otherAccounts.flatMap(({ items }) => items.map(({ id }) => String(id)))
  const [nearView, nearDownload] = idsNear(snapshot, new Set([...snapshot.byId.keys(), ...theirs]))
  const missing = (request: TestRequest, ...statuses: readonly number[]): Case =>
    statusCase({ law: 'unknown-ids-are-missing', request, statuses, evidence: 'comparison' })
  return [
    missing(viewRequest(UNKNOWN_ID), 404),
    missing(downloadRequest(UNKNOWN_ID), 404),
    ...(nearView === undefined ? [] : [missing(viewRequest(nearView), 404)]),
    ...(nearDownload === undefined ? [] : [missing(downloadRequest(nearDownload), 404)]),
    // More digits than any number type has: an id of nothing, or no id at all.
    missing(viewRequest('9'.repeat(40)), 404, 400),
  ]
}

function idsNear({ byId, extent }: AccountSnapshot, taken: ReadonlySet<string>): string[] {
  const [id = '1000000'] = byId.keys()
  return [`${id}0`, id.slice(0, -1)].filter((near) => near !== '' && !taken.has(near) && extent === 'whole')
}
