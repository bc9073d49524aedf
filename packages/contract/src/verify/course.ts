import { askKey } from './ask.ts'
import type { Case, World } from './cases/case.ts'
import { downloadingCases } from './cases/downloading.ts'
import { moreFilteringCases } from './cases/filtering.ts'
import { mistakeCases, moreMistakeCases, rareMistakeCases } from './cases/mistakes.ts'
import { moreSortingCases, sortAsks } from './cases/sorting.ts'
import { unauthorizedCases } from './cases/unauthorized.ts'
import { corpusOf } from './corpus.ts'
import type { Corpus } from './corpus.ts'
import type { Holder, Tokens } from './credential.ts'
import { BudgetSpent, ProviderLost } from './desk.ts'
import type { Desk } from './desk.ts'
import { createExaminer } from './examiner.ts'
import { explore } from './explore.ts'
import { knock } from './knock.ts'
import type { Family, LawName } from './law.ts'
import { LAWS } from './laws.ts'
import { overflow } from './overflow.ts'
import type { Clock } from './pace.ts'
import { isSelected, planCases } from './plan.ts'
import { randomFrom } from './random.ts'
import type { RunRecord } from './record.ts'
import { hasForeignTraffic } from './refusals.ts'
import type { Ending } from './report.ts'
import { askNeighbour, readCorpus, readNeighbour, readSettledCorpus } from './survey.ts'
import type { Neighbour } from './survey.ts'
import { WRITE_COST, WRITING, write } from './writes/write-course.ts'
import { writeNotes } from './writes/write-notes.ts'
import type { WriteOptions } from './writes/write-options.ts'

export interface CourseOptions {
  readonly desk: Desk
  readonly record: RunRecord
  readonly clock: Clock
  readonly tokens: Tokens
  readonly seed: number
  readonly limits: 'on' | 'off'
  readonly selected: ReadonlySet<LawName>
  /** Undefined: nothing may be written. */
  readonly writing?: Pick<WriteOptions, 'reportId' | 'marker'>
  /** Told which law the next requests are for. */
  readonly onLook: (law: LawName) => void
}

export interface Outcome {
  readonly ending: Ending
  /** Items of the main account; undefined: its list could not be read. */
  readonly items: number | undefined
  /** Why single laws could not be looked at. */
  readonly reasons: ReadonlyMap<LawName, string>
}

interface Progress {
  items: number | undefined
  casesLeft: number
  readonly reasons: Map<LawName, string>
}

const NEEDS_OTHER_TOKENS: readonly Family[] = ['tenancy', 'rate-limit', ...WRITING]

/** One answer decides. */
const NEEDS_NO_SECOND_LOOK: readonly LawName[] = ['mistakes-are-refused', 'no-token-no-data']

const NOTHING = corpusOf({ total: 0, items: [], pageSize: 10, defaultPageSize: undefined })

/** Asks everything, in an order that learns first and disturbs last: downloads change what they count. */
export async function runCourse(options: CourseOptions): Promise<Outcome> {
  const progress: Progress = { items: undefined, casesLeft: 0, reasons: new Map() }
  const ending = await takeCourse(options, progress).catch((error: unknown): Ending => {
    if (error instanceof BudgetSpent) return { kind: 'budget-spent', casesLeft: progress.casesLeft }
    if (error instanceof ProviderLost) return { kind: 'lost', reason: error.message }
    throw error
  })
  return { ending, items: progress.items, reasons: progress.reasons }
}

async function takeCourse(options: CourseOptions, progress: Progress): Promise<Ending> {
  const { desk, record, tokens, seed, selected, onLook } = options
  const obstacle = await knock(desk, record)
  if (obstacle !== undefined) return obstacle
  const corpus = await survey(options)
  const random = randomFrom(seed)
  if (corpus === undefined) {
    // The list cannot be read, which has been told. What can be seen without it is looked at all the same.
    const examiner = createExaminer(desk, NOTHING, onLook)
    const world: World = { corpus: NOTHING, holders: new Set(['main']), neighbours: [], random }
    for (const one of [...unauthorizedCases(world, tokens.main), ...mistakeCases(world)]) {
      record.onExamined(one, (await examiner.examine(one)) ?? [])
    }
    return { kind: 'completed' }
  }
  progress.items = corpus.total
  const holders = holdersOf(tokens)
  const refused = await refusedHolder(options, corpus.pageSize)
  if (refused !== undefined) return { kind: 'token-refused', holder: refused }
  const neighbours = await readNeighbours(options, corpus.pageSize)
  const world: World = { corpus, holders, neighbours, random }
  const cases = planCases(world, tokens.main).filter((one) => isSelected(one, selected))
  const downloads = downloadingCases(world).filter((one) => isSelected(one, selected))
  progress.casesLeft = cases.length + downloads.length
  if (options.limits === 'on' && [...selected].some((law) => LAWS[law].family === 'rate-limit')) {
    onLook('quota-is-enforced')
    const asks = sortAsks(corpus)
    const burst = await overflow({ ...options, asks, holders, hasForeignTraffic: hasForeignTraffic(record.answers) })
    record.note(burst.findings, burst.looked)
  }
  const examiner = createExaminer(desk, corpus, onLook)
  const look = async (one: Case): Promise<void> => {
    const found = await examiner.examine(one)
    if (found !== undefined) record.onExamined(one, found)
  }
  const examine = async (one: Case): Promise<void> => {
    await look(one)
    progress.casesLeft -= 1
  }
  const forWrites = isWriting(options) ? WRITE_COST : 0
  // Kept back: what a second look costs, the downloads, and the writes.
  const reserve = readingCost(corpus) + 1 + new Set(downloads.flatMap(({ asks }) => asks.map(askKey))).size + forWrites
  let asked = 0
  for (const one of cases) {
    if (desk.left <= reserve) break
    await examine(one)
    asked += 1
  }
  const left = (): number => desk.left - reserve
  /** @returns those for which nothing was left */
  const askMore = async (more: readonly Case[], most: number): Promise<readonly Case[]> => {
    const wanted = more.filter((other) => isSelected(other, selected))
    const affordable = wanted.slice(0, Math.max(0, most))
    for (const one of affordable) {
      if (desk.left > forWrites) await look(one)
    }
    return wanted.slice(affordable.length)
  }
  const rareMistakes = await askMore(rareMistakeCases(), left())
  await askMore(moreSortingCases(world), left())
  await askMore(moreMistakeCases(world), Math.floor(left() / 3))
  await askMore(moreFilteringCases(world), Math.floor(left() / 2))
  record.note(await explore({ examiner, random, seed, selected, left }))
  for (const one of downloads) await examine(one)
  // Nothing needed a second look: what was kept back for it goes into cases that need none.
  for (const one of cases.slice(asked).filter(({ law }) => NEEDS_NO_SECOND_LOOK.includes(law))) {
    if (desk.left > forWrites) await examine(one)
  }
  await askMore(rareMistakes, desk.left - forWrites)
  if (isWriting(options)) {
    const notes = writeNotes({ record, onLook, examine: look, reasons: progress.reasons })
    await write({ ...options, ...options.writing, corpus: examiner.corpus, holders, neighbours, notes }, selected)
  }
  return progress.casesLeft > 0 ? { kind: 'budget-spent', casesLeft: progress.casesLeft } : { kind: 'completed' }
}

type Writing = CourseOptions & Required<Pick<CourseOptions, 'writing'>>

function isWriting(options: CourseOptions): options is Writing {
  return options.writing !== undefined && [...options.selected].some((law) => WRITING.includes(LAWS[law].family))
}

async function survey({ desk, record }: CourseOptions): Promise<Corpus | undefined> {
  const first = await readCorpus(desk, 'remembered')
  const reading = await readSettledCorpus(desk, first)
  record.note(reading.findings)
  return reading.corpus
}

export function holdersOf(tokens: Tokens): ReadonlySet<Holder> {
  const holders: readonly Holder[] = ['main', 'same', 'other', 'third']
  return new Set(holders.filter((holder) => tokens[holder] !== undefined))
}

/** Whose token is refused although the main one is taken. What is asked is asked by the cases of tenancy anyway. */
async function refusedHolder({ desk, tokens, selected }: CourseOptions, pageSize: number): Promise<Holder | undefined> {
  if (![...selected].some((law) => NEEDS_OTHER_TOKENS.includes(LAWS[law].family))) return undefined
  for (const holder of ['same', 'other', 'third'] as const) {
    if (tokens[holder] === undefined) continue
    const ask = askNeighbour(holder, pageSize)
    const answer = await desk.ask(ask, 'remembered')
    // Twice is no accident.
    if (answer?.status === 401 && (await desk.ask(ask, 'fresh'))?.status === 401) return holder
  }
  return undefined
}

async function readNeighbours(options: CourseOptions, pageSize: number): Promise<readonly Neighbour[]> {
  const { desk, record, tokens, selected } = options
  if (![...selected].some((law) => LAWS[law].family === 'tenancy') && !isWriting(options)) return []
  const neighbours: Neighbour[] = []
  for (const holder of ['other', 'third'] as const) {
    if (tokens[holder] === undefined) continue
    const neighbour = await readNeighbour(desk, holder, pageSize)
    record.note(neighbour.findings)
    neighbours.push(neighbour)
  }
  return neighbours
}

/** Requests of one reading of the account. */
function readingCost({ items, pageSize }: Corpus): number {
  return 1 + Math.ceil(items.length / pageSize)
}
