import { SEARCHABLE_FIELDS } from '@hood-exports/openapi'
import type { Item } from '../verify/exchange.ts'
import { generous, memberOf } from '../verify/oracle/matches.ts'
import { fits } from './account.ts'
import type { Account, Condition } from './account.ts'
import { collect, contradicted, decide, notSeen } from './decide.ts'
import { evidenceOf } from './look.ts'
import type { Look } from './look.ts'
import { find, settledItems } from './probe.ts'
import type { Conclude, Probe } from './probe.ts'
import { swapCase, unaccented } from './text-forms.ts'

type Field = (typeof SEARCHABLE_FIELDS)[number]

interface Asked {
  readonly term: string
  readonly look: Look | undefined
}

/** Where `q` looks, and how it compares. */
export async function learnSearch(probe: Probe): Promise<Conclude> {
  const byField = new Map<Field, Asked>()
  for (const field of SEARCHABLE_FIELDS) {
    const term = termOfOne(probe, field)
    if (term !== undefined) byField.set(field, { term, look: await find(probe, { q: term }) })
  }
  const inOther = async (form: Form): Promise<Asked | undefined> => {
    const term = pieces(probe, 'name').find((piece) => differs(piece, form, probe))
    if (term === undefined) return undefined
    const other = form(term)
    return { term: other, look: await find(probe, { q: other, qFields: ['name'] }) }
  }
  const [swapped, bare] = [await inOther(swapCase), await inOther(unaccented)]
  return (account) => ({
    'search.default-fields': collect(
      [...byField].map(([field, asked]) => {
        const inField: Condition = (item) => hasTerm(item, field, asked.term, asIs) || perhaps(item, field, asked.term)
        return [
          field,
          judge(asked, account, [
            ['searched', inField],
            ['not-searched', () => false],
          ]),
        ]
      }),
    ),
    'search.case': judge(swapped, account, [
      ['ignored', (item) => hasTerm(item, 'name', swapped?.term, lower) || perhaps(item, 'name', swapped?.term)],
      ['matters', (item) => hasTerm(item, 'name', swapped?.term, asIs)],
    ]),
    'search.accents': judge(bare, account, [
      ['ignored', (item) => hasTerm(item, 'name', bare?.term, unaccented) || perhaps(item, 'name', bare?.term)],
      ['matter', (item) => hasTerm(item, 'name', bare?.term, asIs)],
    ]),
  })
}

function judge<Value extends string>(
  asked: Asked | undefined,
  account: Account,
  readings: readonly (readonly [Value, Condition])[],
): ReturnType<typeof decide<Value>> {
  if (asked === undefined) return notSeen('no export has a text that shows it')
  if (asked.look?.total === undefined)
    return asked.look === undefined
      ? notSeen('no answer came')
      : contradicted('it was not answered with a list', [evidenceOf(asked.look)])
  const members = SEARCHABLE_FIELDS.map(memberOf)
  return decide(
    readings.map(([value, condition]) => ({ value, fits: fits(asked.look, { condition, members }, account) })),
    [evidenceOf(asked.look)],
  )
}

type Form = (text: string) => string

const asIs: Form = (text) => text
const lower: Form = (text) => text.toLowerCase()

function hasTerm(item: Item, field: string, term = '', form: Form): boolean {
  const value = item[memberOf(field)]
  return typeof value === 'string' && form(value).includes(form(term))
}

/** Undefined where only a reading without case and accents finds a term. */
function perhaps(item: Item, field: string, term: string | undefined): false | undefined {
  return hasTerm(item, field, term, generous) ? undefined : false
}

/** Pieces of texts in a member: letters, digits and single spaces, from the beginning and from the end. */
function pieces(probe: Probe, field: Field): readonly string[] {
  return settledItems(probe).flatMap((item) => {
    const value = item[memberOf(field)]
    if (typeof value !== 'string') return []
    const words = value.match(/[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*/gu) ?? []
    return [value, ...words].filter((word) => word.length >= 3 && word.length <= 60 && !/\p{Cc}/u.test(word))
  })
}

/** A text that only one field has, in any export. */
function termOfOne(probe: Probe, field: Field): string | undefined {
  const { items } = probe.reading
  const others = SEARCHABLE_FIELDS.filter((other) => other !== field)
  return pieces(probe, field).find(
    (piece) =>
      piece === piece.trim() && !items.some((item) => others.some((other) => hasTerm(item, other, piece, generous))),
  )
}

/** Whether another form of a piece is another text, which no name has as it is. */
function differs(piece: string, form: Form, { reading: { items } }: Probe): boolean {
  const other = form(piece)
  return other !== piece && piece === piece.trim() && !items.some((item) => hasTerm(item, 'name', other, asIs))
}
