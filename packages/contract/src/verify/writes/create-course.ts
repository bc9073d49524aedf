import { askDownload, askForExport, askView } from '../ask.ts'
import { judgeFile } from '../cases/downloading.ts'
import { hiddenFromOthers } from '../cases/tenancy.ts'
import { judgeView } from '../cases/viewing.ts'
import { corpusOf } from '../corpus.ts'
import type { Item } from '../exchange.ts'
import type { LawName } from '../law.ts'
import { attempts } from './attempts.ts'
import type { Attempt } from './attempts.ts'
import { companiesOf, hasEnded, judgeAttempt, judgeMade, judgeNumber } from './judge-made.ts'
import { tryToGet } from './get-instead.ts'
import { askForMarked, findMarked, findNewest, named } from './made-exports.ts'
import { watch } from './watch.ts'
import type { WriteOptions } from './write-options.ts'

const LAWS: readonly LawName[] = [
  'spec-operation',
  'create-is-accepted',
  'create-makes-one',
  'create-as-asked',
  'create-has-a-file',
  'create-is-refused',
  'create-needs-post',
]

/** An attempt, and the status of its answer; undefined: none came. */
export interface Tried {
  readonly attempt: Attempt
  readonly status: number | undefined
  /** Whether what it made was found under another name. */
  readonly isMisnamed: boolean
}

/** What has come of creating. */
export interface Created {
  readonly tried: readonly Tried[]
  readonly items: readonly Item[]
}

/** Makes exports, asks for others that must be refused, and follows those that were made until they are ready. */
export async function tryToCreate(options: WriteOptions): Promise<Created> {
  const { desk, corpus, notes, reportId } = options
  const before = [...corpus.items, ...(await findNewest(desk))]
  const tried = await tryAll(options)
  if (tried.length === 0) return { tried, items: [] }
  await tryToGet(options, askForExport(reportId, ''), 'create-needs-post')
  const accepted = tried.filter(({ attempt, status = 0 }) => attempt.expected === 202 && status < 300)
  const items = await follow(options, accepted)
  const misnamed = new Set<Attempt>()
  for (const { attempt } of accepted) {
    const [item] = named(items, attempt.key)
    const made = item ?? (await findStranger(options, before))
    if (made === undefined) continue
    if (item === undefined) misnamed.add(attempt)
    notes.look('create-as-asked', attempt.ask, judgeMade(made, attempt, companiesOf(corpus.items)))
  }
  for (const item of items.filter(({ status }) => status === 'ready')) await fetchFile(options, item)
  if (!items.some(({ status }) => status === 'ready')) {
    notes.skip(['create-has-a-file'], 'no export that was made became ready within two minutes')
  }
  const [first] = items
  if (first !== undefined) await hideFromOthers(options, String(first['id']))
  return { tried: tried.map((one) => ({ ...one, isMisnamed: misnamed.has(one.attempt) })), items }
}

async function tryAll({ desk, corpus, notes, reportId, marker }: WriteOptions): Promise<readonly Tried[]> {
  const tried: Tried[] = []
  for (const attempt of attempts(reportId, marker)) {
    const answer = await desk.ask(attempt.ask, 'fresh')
    if (answer?.status === 404 && tried.length === 0) {
      notes.skip(LAWS, `the account has no quick report ${reportId}: --quick-report names one`)
      return []
    }
    tried.push({ attempt, status: answer?.status, isMisnamed: false })
    if (answer !== undefined) {
      notes.look(attempt.law, attempt.ask, judgeAttempt(answer, attempt, companiesOf(corpus.items)))
    }
  }
  return tried
}

/** @returns what was made, when it has ended or time is up */
async function follow({ desk, clock, marker }: WriteOptions, accepted: readonly Tried[]): Promise<readonly Item[]> {
  const { value } = await watch(
    clock,
    () => findMarked(desk, marker),
    (items = []) =>
      accepted.every(({ attempt }) => named(items, attempt.key).length > 0) && items.every((item) => hasEnded(item)),
  )
  return value ?? []
}

/** The newest export that was not there before: it may have another name than was asked for. */
async function findStranger({ desk, marker }: WriteOptions, before: readonly Item[]): Promise<Item | undefined> {
  const known = new Set(before.map(({ id }) => id))
  const newest = await findNewest(desk)
  return newest.find((item) => !known.has(item['id']) && named([item], marker).length === 0)
}

async function fetchFile({ desk, notes }: WriteOptions, item: Item): Promise<void> {
  const id = String(item['id'])
  const [view, download] = [askView(id, { view: 'full' }), askDownload(id)]
  const viewed = await desk.ask(view, 'fresh')
  const known = corpusOf({ total: 1, items: [item], pageSize: 1, defaultPageSize: undefined })
  if (viewed !== undefined)
    notes.look(
      'create-has-a-file',
      view,
      judgeView(viewed, known).map(({ came }) => came),
    )
  const file = await desk.ask(download, 'fresh')
  if (file !== undefined)
    notes.look(
      'create-has-a-file',
      download,
      judgeFile(file, item).map(({ came }) => came),
    )
}

/** Other tokens of the account see what was made, and other accounts do not. */
async function hideFromOthers({ desk, holders, neighbours, notes, marker }: WriteOptions, id: string): Promise<void> {
  const [neighbour] = neighbours
  if (holders.has('same')) {
    const items = await findMarked(desk, marker, { kind: 'token', of: 'same' })
    const isSeen = items === undefined || items.some((item) => item['id'] === id)
    const came = isSeen ? [] : [`no item "${id}", which was made with the first token`]
    notes.look('tokens-see-the-same', askForMarked(marker, { kind: 'token', of: 'same' }), came)
  }
  if (neighbour === undefined) return
  const as = { kind: 'token', of: neighbour.holder } as const
  const [leaked] = (await findMarked(desk, marker, as)) ?? []
  const came = leaked === undefined ? [] : [`item ${JSON.stringify(leaked['id'])}, which the main account has made`]
  notes.look('own-items-only', askForMarked(marker, as), came)
  for (const ask of [askView(id, {}, as), askDownload(id, as)]) await notes.examine(hiddenFromOthers(ask, id, 'main'))
}

/** Whether each request has made as many exports as its answer says. */
export async function countMade({ desk, notes, marker }: WriteOptions, { tried }: Created): Promise<void> {
  const items = await findMarked(desk, marker)
  if (items === undefined) return
  for (const { attempt, status = 0, isMisnamed } of tried) {
    // What was accepted though it must be refused has been told.
    if (isMisnamed || (attempt.expected !== 202 && status < 300)) continue
    notes.look('create-makes-one', attempt.ask, judgeNumber(named(items, attempt.key), attempt, status))
  }
}
