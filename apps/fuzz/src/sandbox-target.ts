import { deepStrictEqual, ok } from 'node:assert/strict'
import { DEMO_TOKENS, startSandbox } from '@hood-exports/sandbox'
import { headerOf } from './request.ts'
import type { FuzzRequest } from './ingredients.ts'
import type { ItemFacts, Target } from './target.ts'
import { words } from './words.ts'

const FAULTS = words(`
  delay=1ms truncate=3 truncate=0 drop html no-items unknown-values status=404
  status=429 empty-500 status=500 x @ =`)
/** States that move no export, so that each keeps its owner. */
const STATES = ['the server fails', 'the token is not valid', 'the minute is used up', 'nothing is special', 'bogus']

/** An account of the sandbox. */
interface Owner {
  readonly companyId: string
  readonly firstId: number
  /** How many exports it has at first. Those that it makes have the ids that follow. */
  readonly count: number
}

/** More than a run makes, and less than what lies between the ids of two accounts. */
const MAX_EXPORTS = 1_000_000

const MAIN: Owner = { companyId: '1000001', firstId: 1_000_000, count: 300 }
const OWNERS: Readonly<Record<string, Owner>> = {
  [DEMO_TOKENS.main]: MAIN,
  [DEMO_TOKENS.sameAccount]: MAIN,
  [DEMO_TOKENS.otherAccount]: { companyId: '2000001', firstId: 2_000_000_000, count: 120 },
  [DEMO_TOKENS.thirdAccount]: { companyId: '3000001', firstId: 3_000_000_000, count: 30 },
  [DEMO_TOKENS.emptyAccount]: { companyId: '4000001', firstId: 4_000_000_000, count: 0 },
}

export async function sandboxTarget(): Promise<Target> {
  const failures: unknown[] = []
  const { port, sandbox, close } = await startSandbox({
    items: MAIN.count,
    limits: 'off',
    faults: 'on',
    control: 'on',
    onError: (error) => failures.push(error),
  })
  const fault = (request: FuzzRequest): string => headerOf(request, 'X-Fault')
  return {
    port,
    failures,
    ingredients: {
      tokens: Object.keys(OWNERS),
      ids: Object.values(OWNERS).flatMap(({ firstId, count }) =>
        [0, count - 1, count, count + 3].map((place) => String(firstId + place)),
      ),
      paths: ['/', '/reference', '/_sandbox/states', '/_sandbox/x', '/v1/hood/customers/exports/1000000/download'],
      bodies: [...STATES.map((state) => JSON.stringify({ state })), '{"state":1}', '{"state'],
      scripts: { 'X-Fault': FAULTS },
    },
    mayBreak: (request) => /drop|truncate/.test(fault(request)),
    mayFail: (request) => fault(request).includes('500'),
    mayDeviate: (request) => fault(request) !== '',
    checkItems: (request, items) => checkOwner(ownerOf(request), items),
    settle: async ({ target }) => {
      if (target.includes('_sandbox')) await sandbox.setState('nothing is special')
    },
    close,
  }
}

function ownerOf(request: FuzzRequest): Owner {
  const [, token = ''] = /^bearer +(\S+) *$/i.exec(headerOf(request, 'Authorization')) ?? []
  const owner = Object.hasOwn(OWNERS, token) ? OWNERS[token] : undefined
  ok(owner, 'exports, although no account has the token')
  return owner
}

/** No other tenant's data. */
function checkOwner({ companyId, firstId }: Owner, items: readonly ItemFacts[]): void {
  for (const { id, company_id: company = companyId, download_url: url } of items) {
    const [, inUrl] = /(\d+)\/download$/.exec(url ?? '') ?? []
    for (const own of [id, inUrl]) {
      if (own !== undefined) ok(Number(own) >= firstId && Number(own) < firstId + MAX_EXPORTS, `the id ${own}`)
    }
    deepStrictEqual(company, companyId)
  }
}
