import {
  FILTER_KINDS,
  FILTER_OPERATORS,
  OPERATOR_VALUES,
  SEARCHABLE_FIELDS,
  SORTABLE_FIELDS,
} from '@hood-exports/openapi'
import { DEMO_TOKENS, createSandbox } from '@hood-exports/sandbox'
import type { Choices } from '@hood-exports/sandbox'
import { randomFrom } from '../src/verify/random.ts'
import type { Random } from '../src/verify/random.ts'

const LIST = '/v1/hood/exports'
const MEMBERS = Object.keys(FILTER_KINDS) as (keyof typeof FILTER_KINDS)[]
const REQUESTS = 200

type Item = Readonly<Record<string, unknown>>

/** Sends the same requests to both, and says which were answered in another way. */
export async function compareTwins(
  one: Partial<Choices>,
  other: Partial<Choices>,
  seed: number,
): Promise<{ asked: number; different: readonly string[] }> {
  const random = randomFrom(seed)
  const shared = { items: 240, limits: 'off', clock: { now: () => Date.UTC(2026, 0, 1) } } as const
  const [provider, twin] = [createSandbox({ ...shared, choices: one }), createSandbox({ ...shared, choices: other })]
  const ask = (sandbox: typeof provider, path: string): Promise<Response> =>
    sandbox.fetch(
      new Request(`http://provider.example${path}`, { headers: { authorization: `Bearer ${DEMO_TOKENS.main}` } }),
    )
  try {
    const whole = (await (await ask(provider, `${LIST}?view=full&page=1,50`)).json()) as { items: Item[] }
    const different: string[] = []
    for (let count = 0; count < REQUESTS; count += 1) {
      const path = anyPath(whole.items, random)
      const [expected, actual] = [
        await facts(path, await ask(provider, path)),
        await facts(path, await ask(twin, path)),
      ]
      if (expected !== actual) different.push(path)
    }
    return { asked: REQUESTS, different }
  } finally {
    provider.close()
    twin.close()
  }
}

function anyPath(items: readonly Item[], random: Random): string {
  const id = String(random.pick(items)?.['id'])
  const kind = random.below(10)
  if (kind === 0) return `${LIST}/${id}`
  if (kind === 1) return `${LIST}/${id}/download`
  if (kind === 2) return `${LIST}/${random.below(9)}${random.pick(['', '/download'])}`
  return `${LIST}?${anyQuery(items, random)}`
}

function anyQuery(items: readonly Item[], random: Random): string {
  const some = (chance: number, text: () => string): string[] => (random.below(100) < chance ? [text()] : [])
  const parts = [
    ...some(50, () => `sort=${random.pick(['', '-'])}${random.pick(SORTABLE_FIELDS)}`),
    ...some(60, () => `page=${random.pick([1, 1, 2, 3, 99])}${random.pick(['', ',5', ',20', ',2000'])}`),
    ...some(30, () => `view=${random.pick(['default', 'full'])}`),
    ...some(10, () => `fields=id,${random.pick(MEMBERS)}`),
    ...some(20, () => `q=${encodeURIComponent(wordOf(random.pick(items), random))}`),
    ...some(10, () => `q_fields=${random.pick(SEARCHABLE_FIELDS)}`),
    ...some(50, () => anyFilter(items, random)),
  ]
  return parts.join('&')
}

function wordOf(item: Item | undefined, random: Random): string {
  const word = random.pick(String(item?.['name']).split(' ')) ?? ''
  return random.pick([word, word.toUpperCase(), word.toLowerCase()]) ?? word
}

function anyFilter(items: readonly Item[], random: Random): string {
  const member = random.pick(MEMBERS) ?? 'id'
  const operator = random.pick(FILTER_OPERATORS[FILTER_KINDS[member]]) ?? 'eq'
  const values = items.map((item) => item[member]).filter((value) => value !== null && value !== undefined)
  const value = (): string => {
    const text = `${(random.pick(values) ?? '1') as string | number}`.replaceAll(',', '')
    return FILTER_KINDS[member] === 'time' ? (random.pick([text, text.slice(0, 10)]) ?? text) : text
  }
  const needed = { none: 0, one: 1, many: 3, two: 2 }[OPERATOR_VALUES[operator]]
  const list = Array.from({ length: needed }, value).toSorted()
  return `${member}=${encodeURIComponent(`${operator}:${list.join(',')}`)}`
}

/** Status, shape, order and page size, in one text. */
async function facts(path: string, response: Response): Promise<string> {
  const { status, headers } = response
  const type = headers.get('content-type')
  if (status !== 200 || type !== 'application/json' || path.endsWith('/download')) {
    const bytes = (await response.arrayBuffer()).byteLength
    return [status, type, status === 200 && bytes, headers.get('content-disposition')].join(' ')
  }
  const { total, items, ...more } = (await response.json()) as { total: unknown; items: Item[] }
  const shapes = items.map((item) =>
    Object.entries(item)
      .map(([name, value]) => `${name}:${value === null ? 'null' : typeof value}`)
      .toSorted()
      .join(),
  )
  return JSON.stringify([
    typeof total,
    Number(total),
    Object.keys(more),
    items.map(({ id, name }) => id ?? name),
    shapes,
  ])
}
