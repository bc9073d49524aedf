import { NUMERIC_MEMBERS, SELECTABLE_FIELDS } from '@hood-exports/openapi'
import type { Answer } from '@hood-exports/openapi/profile'
import { isRecord, jsonOf } from '../verify/exchange.ts'
import type { Item } from '../verify/exchange.ts'
import { collect, decide, notSeen, observed } from './decide.ts'
import { evidenceOf } from './look.ts'
import type { Look } from './look.ts'
import { list } from './probe.ts'
import type { Answers, Conclude, Probe } from './probe.ts'

/** What the items have, by name and by form, in each view. */
export async function learnMembers(probe: Probe): Promise<Conclude> {
  const { listing, pageSize } = probe
  const page = [1, pageSize] as const
  const byDefault = await list(probe, { view: 'default', page })
  const unnamed = await list(probe, { page })
  return (account) => {
    const looks = [...listing.looks, ...(account.after?.looks ?? [])]
    const items = [...(account.after?.items ?? []), ...listing.items]
    const full = new Map(items.map((item) => [item['id'], item]))
    const inDefault = membersOf(byDefault, [...full.values()])
    const named = collect(inDefault)
    return {
      'view.default': named,
      'view.unnamed': viewUnnamed(unnamed, named, inDefault, full),
      ...formsOf(looks),
      ...vocabularies(items, listing.looks),
    }
  }
}

type Sent = Answer<'sent' | 'left-out'>

/** A member that has no value in any of the items may have been left out for that. */
function membersOf(
  look: Look | undefined,
  full: readonly Item[],
): readonly (readonly [(typeof SELECTABLE_FIELDS)[number], Sent])[] {
  if (look?.total === undefined || look.items.length === 0) return []
  const evidence = [evidenceOf(look)]
  const shown = look.items.length
  // Where ids are left out, items cannot be told apart, and only what every item has is comparable.
  const partners = look.items.some(({ id }) => id === undefined)
    ? undefined
    : full.filter(({ id }) => look.ids.has(String(id)))
  return SELECTABLE_FIELDS.map((member) => {
    if (look.items.some((item) => member in item)) return [member, observed('sent', evidence)]
    const known = (partners ?? full).filter((item) => hasValue(item, member))
    const isTold = partners === undefined ? known.length > full.length - shown : known.length > 0
    return [
      member,
      isTold ? observed('left-out', evidence) : notSeen('no item of the page has a value for it', evidence),
    ]
  })
}

function hasValue(item: Item, member: string): boolean {
  return item[member] !== undefined && item[member] !== null
}

/** The view whose members came, where the two differ. */
function viewUnnamed(
  look: Look | undefined,
  named: Answer<Readonly<Partial<Record<string, 'sent' | 'left-out'>>>>,
  inDefault: ReturnType<typeof membersOf>,
  full: ReadonlyMap<unknown, Item>,
): Answer<'default' | 'full'> {
  if (look?.total === undefined || named.confidence !== 'observed') return notSeen('no item came')
  const leftOut = inDefault.flatMap(([member, sent]) =>
    sent.confidence === 'observed' && sent.value === 'left-out' ? [member] : [],
  )
  const evidence = [evidenceOf(look)]
  if (leftOut.length === 0) return notSeen('both views have the same members', evidence)
  const unnamed = new Map(membersOf(look, [...full.values()]))
  const are = (value: 'sent' | 'left-out'): boolean =>
    leftOut.every((member) => {
      const sent = unnamed.get(member)
      return sent?.confidence === 'observed' && sent.value === value
    })
  return decide(
    [
      { value: 'default', fits: are('left-out') },
      { value: 'full', fits: are('sent') },
    ],
    evidence,
  )
}

/** What the full items themselves show. */
function formsOf(looks: readonly Look[]): Answers {
  const bodies = looks.flatMap(({ answer }) => {
    const json = jsonOf(answer)
    return json.kind === 'json' && isRecord(json.value) ? [json.value] : []
  })
  const items = bodies.flatMap(({ items: some }) => (Array.isArray(some) ? some.filter(isRecord) : []))
  const evidence = looks.slice(0, 1).map(evidenceOf)
  const numbers = ['total', ...NUMERIC_MEMBERS] as const
  if (items.length === 0) return {}
  const documented: ReadonlySet<string> = new Set(SELECTABLE_FIELDS)
  const others = (objects: readonly Item[], known: ReadonlySet<string>): readonly string[] =>
    [...new Set(objects.flatMap((one) => Object.keys(one)))].filter((name) => !known.has(name)).toSorted()
  return {
    'members.without-value': observed(
      Object.fromEntries(
        SELECTABLE_FIELDS.flatMap((member) => {
          const forms = new Set(
            items.flatMap((item) => (!(member in item) ? ['absent'] : item[member] === null ? ['null'] : [])),
          )
          return forms.size === 0 ? [] : [[member, forms.size > 1 ? 'both' : [...forms][0]]]
        }),
      ),
      evidence,
    ),
    'members.undocumented': observed(others(items, documented), evidence),
    'envelope.undocumented': observed(others(bodies, new Set(['total', 'items'])), evidence),
    'numbers.form': collect(
      numbers.map((name) => {
        const values = (name === 'total' ? bodies : items).map((one) => one[name])
        const forms = new Set(
          values.flatMap((value) =>
            typeof value === 'number' ? ['number'] : typeof value === 'string' ? ['text'] : [],
          ),
        )
        if (forms.size === 0) return [name, notSeen('no export has a value')]
        return [name, observed(forms.size > 1 ? 'both' : ([...forms][0] as 'number' | 'text'), evidence)]
      }),
    ),
  }
}

/** A vocabulary has a few short words; what has more may be names. */
const MOST_WORDS = 40
const WORD = /^[\w.+/;= -]{1,80}$/

function vocabularies(items: readonly Item[], looks: readonly Look[]): Answers {
  const evidence = looks.slice(0, 1).map(evidenceOf)
  const words = (member: string): Answer<readonly string[]> => {
    const seen = [...new Set(items.map((item) => item[member]).filter((value) => typeof value === 'string'))].toSorted()
    if (seen.length === 0) return notSeen('no export has a value', evidence)
    if (seen.length > MOST_WORDS || !seen.every((word) => WORD.test(word)))
      return notSeen('its values are no words', evidence)
    return observed(seen, evidence)
  }
  return {
    'vocabulary.resource': words('resource'),
    'vocabulary.status': words('status'),
    'vocabulary.extension': words('extension'),
    'vocabulary.mime_type': words('mime_type'),
  }
}
