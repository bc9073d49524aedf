import { SEARCHABLE_FIELDS, SELECTABLE_FIELDS, SORTABLE_FIELDS } from '@hood-exports/openapi'
import { statusCase } from '../case.ts'
import type { Case, World } from '../case.ts'
import { MAIN } from '../credential.ts'
import type { Credential } from '../credential.ts'
import { POINTERS } from '../law.ts'
import type { Family } from '../law.ts'
import { downloadRequest, viewRequest, wrongRequest } from '../test-request.ts'
import type { TestRequest } from '../test-request.ts'

type Law = 'mistakes-are-refused'

export const validation: Family<Law, 'validation'> = {
  name: 'validation',
  laws: {
    'mistakes-are-refused': {
      expected: 'a parameter that is not as documented is answered with 400',
      pointer: `${POINTERS.list}/responses/400`,
      source: 'S',
    },
  },
  cases: mistakeCases,
  nextCases: rareMistakeCases,
  moreCases: moreMistakeCases,
}

const UNSORTABLE = SELECTABLE_FIELDS.filter((field) => !(SORTABLE_FIELDS as readonly string[]).includes(field))
const UNSEARCHABLE = SELECTABLE_FIELDS.filter(
  (field) => !(SEARCHABLE_FIELDS as readonly string[]).includes(field) && field !== 'failure_reason',
)

const inList = (...searches: readonly string[]): TestRequest[] => searches.map((search) => wrongRequest(search))

function refused(request: TestRequest, ...statuses: readonly number[]): Case {
  return statusCase({ law: 'mistakes-are-refused', request, statuses: [400, ...statuses] })
}

/** Who makes the mistakes: another account, where there is one, as its quota has room for them. */
function whoErrs({ otherAccounts: [otherAccount] }: Pick<World, 'otherAccounts'>): Credential {
  return otherAccount === undefined ? MAIN : { kind: 'token', of: otherAccount.owner }
}

const madeBy =
  (credential: Credential) =>
  (request: TestRequest): TestRequest => ({ ...request, credential })

/** Mistakes that even a small budget has room for. */
const MOST_TELLING = 16

/**
 * Common mistakes, each kind for each parameter. One to a request: a provider that lets one pass would still refuse
 * the other. Values whose reading could be argued about are left out.
 */
export function mistakeCases(world: Pick<World, 'snapshot' | 'random' | 'otherAccounts'>): Case[] {
  const { snapshot, random, otherAccounts } = world
  const [id] = otherAccounts[0]?.items.flatMap((item) => item['id'] ?? []).map(String) ?? snapshot.byId.keys()
  const inView = (search: string): TestRequest[] => (id === undefined ? [] : [wrongRequest(search, id)])
  const wrong: readonly TestRequest[] = [
    ...inList('fields=nmae', 'page=0', 'sort=nmae', 'view=wide', 'q=a&q_fields=nmae', 'sort=id'),
    ...inView('fields=nmae'),
    ...inList('page=1,0', 'page=x', 'fields=id,nmae', 'q=a&q_fields=failure_reason', 'page=-1', 'sort=name,nmae'),
    ...inView('view=wide'),
    ...inList('sort=-description', 'q=a&q_fields=status'),
    ...inList(`q=a&q_fields=name,${random.pick(UNSEARCHABLE)}`),
    ...inView('fields=id,nmae'),
  ]
  // The item of a view may have gone since.
  const cases = wrong
    .map(madeBy(whoErrs(world)))
    .map((request) => (request.operation === 'view' ? refused(request, 404) : refused(request)))
  // No id of anything: whether that is a mistake or just missing is not documented.
  const noIds = [viewRequest(`${id ?? ''}abc`), downloadRequest('abc')]
    .map(madeBy(whoErrs(world)))
    .map((request) => refused(request, 404))
  return [...cases.slice(0, MOST_TELLING), ...noIds, ...cases.slice(MOST_TELLING)]
}

/** Rarer ones: other ways to write an order, other separators, numbers that go on as something else. */
function rareMistakeCases(world: World): Case[] {
  const wrong = inList(
    ...['name:desc', 'name%20desc', '%2Bname', 'failed_reason', 'name;size'].map((sort) => `sort=${sort}`),
    ...['2x', '1;5', '1,2x'].map((page) => `fields=id&page=${page}`),
    ...['*', 'id;name'].map((fields) => `fields=${fields}`),
    'q=a&q_fields=name;description',
    'view=full,default',
    'sort=--name',
    'page=1,2,3',
    'sort=failure_reason',
    'sort=name&page=1.5',
    'fields=failed_reason',
    'page=0,5',
    'page=1,x',
    'page=1,-5',
  )
  return wrong.map(madeBy(whoErrs(world))).map((request) => refused(request))
}

/** Variants of all these, for requests that are left over. */
function moreMistakeCases(world: World): Case[] {
  const { random } = world
  const wrong = inList(
    ...UNSORTABLE.map((field) => `sort=name,${random.pick(['', '-'])}${field}`),
    ...UNSEARCHABLE.map((field) => `q=a&q_fields=${field}`),
    ...['items.id', '-name', 'name:desc'].map((fields) => `fields=${fields}`),
    ...['-', 'name:asc', 'name-', 'name%7Csize'].map((sort) => `sort=${sort}`),
    ...['1e1', '-1,5', '0x1', '1,1.5', '1:5', '1%205'].map((page) => `fields=id&page=${page}`),
    ...['none', '1'].map((view) => `view=${view}`),
  )
  return random
    .shuffle(wrong)
    .map(madeBy(whoErrs(world)))
    .map((request) => refused(request))
}
