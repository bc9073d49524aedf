import fc from 'fast-check'
import { latin1 } from './words.ts'

/** Requests are written byte by byte: each character is one byte of UTF-8. */
const bytes = (body: string): string => Buffer.from(body).toString('latin1')
const text = fc.string({ unit: 'binary', maxLength: 12 }).map((made) => made.toWellFormed())

/** What makes an export, as the document has it. */
export const rightBody: fc.Arbitrary<string> = fc
  .record(
    {
      name: text,
      out: fc.constantFrom('csv', 'json'),
      source: fc.constantFrom('hood.campaign-reports', 'hood.unheard-of'),
      fields: fc.constantFrom('campaign_name,run_date', '', 'sent'),
      sort: fc.constantFrom('-click_rate', 'sent'),
      resolution: fc.constantFrom('day', 'aeon'),
      precision: fc.nat({ max: 20 }),
      filters: fc.dictionary(text, text, { maxKeys: 3 }),
      further: fc.jsonValue({ maxDepth: 2 }),
    },
    { requiredKeys: [] },
  )
  .map((body) => bytes(JSON.stringify(body)))

/** What does not. */
export const wrongBody: fc.Arbitrary<string> = fc.constantFrom(
  '',
  '[]',
  'null',
  '1',
  '"csv"',
  '{',
  '{"out":"csv"',
  '{"out":"xlsx"}',
  '{"out":null}',
  '{"name":1}',
  '{"fields":["sent"]}',
  '{"sort":{}}',
  '{"precision":"4"}',
  '{"precision":-1}',
  '{"precision":1.5}',
  '{"filters":"a=in:b"}',
  '{"filters":{"a":1}}',
  '{"filters":[]}',
)

/** JSON of any shape, and what is none. */
export const madeUpBody: fc.Arbitrary<string> = fc.oneof(
  rightBody,
  wrongBody,
  latin1,
  fc.jsonValue().map((value) => bytes(JSON.stringify(value))),
  fc.constantFrom('{"__proto__":1}', '{"name":"\\ud800"}', `{"name":"${'x'.repeat(5_000)}"}`, '['.repeat(2_000)),
)
