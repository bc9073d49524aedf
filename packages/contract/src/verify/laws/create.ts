import { snapshotOf } from '../account-snapshot.ts'
import { isRecord, jsonOf } from '../exchange.ts'
import type { Answer, Item } from '../exchange.ts'
import { POINTERS } from '../law.ts'
import type { Family } from '../law.ts'
import { isOfBody, judgeDeviations } from '../deviations.ts'
import { downloadRequest, exportRequest, viewRequest } from '../test-request.ts'
import type { TestRequest } from '../test-request.ts'
import type { Violation } from '../violation.ts'
import { attempts } from './create/attempts.ts'
import type { Attempt } from './create/attempts.ts'
import {
  companiesOf,
  hasEnded,
  judgeAttempt,
  judgeFormat,
  judgeMade,
  judgeMoment,
  judgeNumber,
} from './create/judge-made.ts'
import { findMarked, findNewest, markedRequest, named } from './create/made-exports.ts'
import { watch } from './create/watch.ts'
import { note, tryToGet } from './create/writing.ts'
import type { Writing } from './create/writing.ts'
import { judgeFile } from './download.ts'
import { judgeView } from './envelope.ts'
import { hiddenFromOthers } from './tenancy/hidden.ts'

type Law =
  | 'spec-operation'
  | 'create-is-accepted'
  | 'create-makes-one'
  | 'create-as-asked'
  | 'create-has-a-file'
  | 'create-is-refused'
  | 'create-needs-post'

export const create: Family<Law, 'create'> = {
  name: 'create',
  needs: ['writes'],
  otherTokens: 'yes',
  laws: {
    'spec-operation': {
      expected: 'an operation is as in the spec',
      pointer: '/components/schemas/Operation',
      source: 'V',
      isSeenIn: ({ status }) => status === 202,
    },
    'create-is-accepted': {
      expected: 'a request for an export of a quick report is answered with 202 and an operation of the account',
      pointer: `${POINTERS.exportQuickReport}/responses/202`,
      source: 'V',
    },
    'create-makes-one': {
      expected:
        'each request that is accepted makes one export, listed among the others; one that is refused makes none',
      pointer: POINTERS.exportQuickReport,
      source: 'V',
    },
    'create-as-asked': {
      expected: 'an export that was made has the name and the format that were asked for, and belongs to the account',
      pointer: '/components/schemas/QuickReportExport',
      source: 'V, ?',
    },
    'create-has-a-file': {
      expected: 'when an export that was made is ready, its file can be downloaded',
      pointer: `${POINTERS.download}/responses/200`,
      source: 'V',
    },
    'create-is-refused': {
      expected: 'a body that is not as documented is answered with 400',
      pointer: `${POINTERS.exportQuickReport}/responses/400`,
      source: 'V',
    },
    'create-needs-post': {
      expected: 'GET makes no export',
      pointer: POINTERS.exportQuickReport,
      source: 'RFC 9110',
      gravity: 'critical',
    },
  },
  onAnswer: (answer) => (answer.status === 202 ? judgeDeviations('spec-operation', answer, isOfBody) : []),
}

/** An attempt, and the status of its answer; undefined: none came. */
interface Tried {
  readonly attempt: Attempt
  readonly status: number | undefined
  /** The start time of the operation that the answer has. */
  readonly startTime: unknown
  /** Whether what it made was found under another name. */
  readonly isMisnamed: boolean
}

/** What has come of creating. */
export interface Created {
  readonly tried: readonly Tried[]
  readonly items: readonly Item[]
}

/** Makes exports, asks for others that must be refused, and follows those that were made until they are ready. */
export async function tryToCreate(writing: Writing): Promise<Created> {
  const { session, snapshot, record, reportId } = writing
  const before = [...snapshot.items, ...(await findNewest(session))]
  const tried = await tryAll(writing)
  if (tried.length === 0) return { tried, items: [] }
  await tryToGet(writing, exportRequest(reportId, ''), 'create-needs-post')
  const accepted = tried.filter(({ attempt, status = 0 }) => attempt.expected === 202 && status < 300)
  const items = await follow(writing, accepted)
  const misnamed = new Set<Attempt>()
  let ready = 0
  for (const { attempt, startTime } of accepted) {
    const [item] = named(items, attempt.key)
    const made = item ?? (await findStranger(writing, before))
    if (made === undefined) continue
    if (item === undefined) misnamed.add(attempt)
    const broken = [...judgeMade(made, attempt, companiesOf(snapshot.items)), ...judgeMoment(made, startTime)]
    note(writing, 'create-as-asked', attempt.request, broken)
    if (item?.['status'] !== 'ready') continue
    ready += 1
    await fetchFile(writing, item, attempt)
  }
  if (ready === 0) {
    record.skip(['create-has-a-file'], 'no export that was made became ready within two minutes')
  }
  const [first] = items
  if (first !== undefined) await hideFromOthers(writing, String(first['id']))
  return { tried: tried.map((one) => ({ ...one, isMisnamed: misnamed.has(one.attempt) })), items }
}

async function tryAll(writing: Writing): Promise<readonly Tried[]> {
  const { session, snapshot, record, reportId, marker } = writing
  const tried: Tried[] = []
  for (const attempt of attempts(reportId, marker)) {
    const answer = await session.send(attempt.request, 'fresh')
    if (answer?.status === 404 && tried.length === 0) {
      const reason = `the account has no quick report ${reportId}: --quick-report names one`
      record.skip(Object.keys(create.laws), reason)
      return []
    }
    tried.push({ attempt, status: answer?.status, startTime: startTimeIn(answer), isMisnamed: false })
    if (answer === undefined) continue
    note(writing, attempt.law, attempt.request, judgeAttempt(answer, attempt, companiesOf(snapshot.items)))
  }
  return tried
}

function startTimeIn(answer: Answer | undefined): unknown {
  const json = answer && jsonOf(answer)
  return json?.kind === 'json' && isRecord(json.value) ? json.value['start_time'] : undefined
}

/** @returns what was made, when it has ended or time is up */
async function follow({ session, clock, marker }: Writing, accepted: readonly Tried[]): Promise<readonly Item[]> {
  const made = await watch(
    clock,
    () => findMarked(session, marker),
    (items = []) =>
      accepted.every(({ attempt }) => named(items, attempt.key).length > 0) && items.every((item) => hasEnded(item)),
  )
  return made ?? []
}

/** The newest export that was not there before: it may have another name than was asked for. */
async function findStranger({ session, marker }: Writing, before: readonly Item[]): Promise<Item | undefined> {
  const known = new Set(before.map(({ id }) => id))
  const newest = await findNewest(session)
  return newest.find((item) => !known.has(item['id']) && named([item], marker).length === 0)
}

async function fetchFile(writing: Writing, item: Item, attempt: Attempt): Promise<void> {
  const { session } = writing
  const id = String(item['id'])
  const known = snapshotOf({ total: 1, items: [item], pageSize: 1, defaultPageSize: undefined })
  const look = async (request: TestRequest, judge: (answer: Answer) => string[]): Promise<void> => {
    const answer = await session.send(request, 'fresh')
    if (answer !== undefined) note(writing, 'create-has-a-file', request, judge(answer))
  }
  const actualOf = (violations: readonly Violation[]): string[] => violations.map(({ actual }) => actual)
  await look(viewRequest(id, { view: 'full' }), (answer) => actualOf(judgeView(answer, known)))
  await look(downloadRequest(id), (answer) => [
    ...actualOf(judgeFile(answer, item)),
    ...(answer.status === 200 ? judgeFormat(answer.bytes, item, attempt) : []),
  ])
}

/** Other tokens of the account see what was made, and other accounts do not. */
async function hideFromOthers(writing: Writing, id: string): Promise<void> {
  const { session, tokenOwners, otherAccounts, run, marker } = writing
  if (tokenOwners.has('same')) {
    const items = await findMarked(session, marker, { kind: 'token', of: 'same' })
    const isSeen = items === undefined || items.some((item) => item['id'] === id)
    const broken = isSeen ? [] : [`no item "${id}", which was made with the first token`]
    note(writing, 'tokens-see-the-same', markedRequest(marker, { kind: 'token', of: 'same' }), broken)
  }
  const [otherAccount] = otherAccounts
  if (otherAccount === undefined) return
  const as = { kind: 'token', of: otherAccount.owner } as const
  const [leaked] = (await findMarked(session, marker, as)) ?? []
  const broken = leaked === undefined ? [] : [`item ${JSON.stringify(leaked['id'])}, which the main account has made`]
  note(writing, 'own-items-only', markedRequest(marker, as), broken)
  for (const request of [viewRequest(id, {}, as), downloadRequest(id, as)]) {
    await run(hiddenFromOthers(request, id, 'main'))
  }
}

/** Whether each request has made as many exports as its answer says. */
export async function countMade(writing: Writing, { tried }: Created): Promise<void> {
  const { session, marker } = writing
  const items = tried.length === 0 ? undefined : await findMarked(session, marker)
  if (items === undefined) return
  for (const { attempt, status = 0, isMisnamed } of tried) {
    // What was accepted though it must be refused has been reported.
    if (isMisnamed || (attempt.expected !== 202 && status < 300)) continue
    note(writing, 'create-makes-one', attempt.request, judgeNumber(named(items, attempt.key), attempt, status))
  }
}
