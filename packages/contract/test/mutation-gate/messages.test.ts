import { expect, test } from 'vitest'
import type { LawName, ReportedViolation } from '../../src/index.ts'
import { answers, eachItem, errorInstead, operationOf, replaced, requests, withParameters } from './changes.ts'
import { examine } from './examine.ts'
import type { Provided } from './examine.ts'
import type { Change } from './provider.ts'

/** The first violation of a law by a provider. */
async function violationOf(law: LawName, change: Change, given: Partial<Provided> = {}): Promise<ReportedViolation> {
  const { violations } = await examine({ change, limits: 'off', ...given })
  const found = violations.find((one) => one.law === law)
  if (found === undefined) throw new Error(`${law} is not violated`)
  return found
}

const listText = (change: (text: string) => string | Uint8Array<ArrayBuffer>): Change =>
  answers(async (response, request) =>
    operationOf(request) === 'list' && response.status === 200
      ? replaced(response, { body: change(await response.text()) })
      : response,
  )

const numbered: Change = eachItem((item) => ('name' in item ? { ...item, name: 5 } : item))

test('a value that differs from the spec is named, with its item and what belongs there', async () => {
  expect((await violationOf('spec-items', numbered)).actual).toMatch(/^name of item "\d+" is 5, not a string$/)
})

test('a wrong member is one violation, which names the laws that it breaks as well', async () => {
  const { laws, violations } = await examine({ change: numbered, limits: 'off' })
  expect(violations.map(({ law, also }) => ({ law, also }))).toEqual([{ law: 'spec-items', also: ['search-finds'] }])
  expect(laws.find(({ law }) => law === 'search-finds')?.status).toBe('failed')
})

test('a page in place of errors is one violation, with its media type and the beginning of the page', async () => {
  const pages = answers((response) =>
    response.status === 400
      ? replaced(response, { headers: { 'content-type': 'text/html' }, body: '<h1>Bad</h1>' })
      : response,
  )
  const { violations } = await examine({ change: pages, limits: 'off' })
  expect(violations.map(({ law, also, actual }) => ({ law, also, actual }))).toEqual([
    { law: 'clean-json', also: ['spec-errors'], actual: 'a 400 with text/html in place of JSON: <h1>Bad</h1>' },
  ])
})

test('what breaks JSON is named by its byte, with the text around it', async () => {
  const comma = listText((text) => text.replace('"items":', '"items":,'))
  expect((await violationOf('clean-json', comma)).actual).toMatch(
    /^a 200 that is no JSON: byte \d+ is ",", where a value belongs, in .*"items":,\[\{"id":/,
  )
})

test('a body of another shape is shown', async () => {
  const renamed = listText((text) => text.replace('"items":', '"data":'))
  expect((await violationOf('spec-list', renamed)).actual).toMatch(
    /^the body has no "items": \{"total":\d+,"data":\[\{"id":/,
  )
})

test('a parameter that is ignored is one violation for each law, with every member that shows it', async () => {
  const unfiltered = requests((request) => withParameters(request, { status: undefined, resource: undefined }))
  const { subjects = [] } = await violationOf('filter-equal', unfiltered)
  expect(subjects).toEqual(expect.arrayContaining(['status', 'resource']))
})

test('bytes that are no UTF-8 are named by the first that cannot follow', async () => {
  const cut = listText((text) => Uint8Array.from([...Buffer.from(text.slice(0, 40)), 0xe9, 0x20, 0x20]))
  expect((await violationOf('clean-json', cut)).actual).toMatch(/^a 200 that is no JSON: byte 41 is no UTF-8, in /)
})

test('a byte order mark is called so', async () => {
  const marked = await violationOf(
    'clean-json',
    listText((text) => `\uFEFF${text}`),
  )
  expect(marked.actual).toMatch(/^a 200 that is no JSON: byte 0 begins a byte order mark, in /)
})

test('the pointer is that of the operation that was called', async () => {
  const failing: Change = answers((response, request) =>
    operationOf(request) === 'view' && response.status === 200
      ? errorInstead(response, 500, 'Internal server error.')
      : response,
  )
  expect((await violationOf('valid-is-answered', failing)).pointer).toBe('/paths/~1v1~1hood~1exports~1{id}/get')
})

test('a quota that is not enforced is seen again by a loop', async () => {
  const { reproduce } = await violationOf('quota-is-enforced', (provider) => provider, {
    limits: 'on',
    sandbox: { limits: 'off' },
  })
  expect(reproduce).toMatch(/^for i in \$\(seq 11\); do curl -sS -o \/dev\/null .* & done; wait$/)
})

test('where two answers are compared, both requests are named', async () => {
  let count = 0
  const changing: Change = answers(async (response, request) =>
    operationOf(request) === 'download' && response.status === 200 && request.method === 'GET'
      ? replaced(response, { body: (await response.text()).replace(/.$/s, String(count++ % 10)) })
      : response,
  )
  const { request, comparedWith, reproduce } = await violationOf('download-bytes', changing)
  expect(request).toBe(`${comparedWith}?again`)
  expect(reproduce.split('\n')).toEqual([
    expect.stringMatching(/^curl .*\/download'$/),
    expect.stringMatching(/^curl .*\/download\?again'$/),
  ])
})

test('data of others comes before what follows from it', async () => {
  const open: Change = (provider) => (request) => {
    const headers = new Headers(request.headers)
    if (!headers.get('authorization')?.startsWith('Bearer sandbox-')) headers.set('authorization', 'Bearer sandbox-ana')
    return provider(new Request(request, { headers }))
  }
  const { violations } = await examine({ change: open, limits: 'off' })
  expect(violations.map(({ law, gravity }) => [law, gravity])[0]).toEqual(['no-token-no-data', 'critical'])
})

test('where everything fails, the first violation is that valid requests do, and no leak', async () => {
  const failing = answers((response) => errorInstead(response, 500, 'Internal server error.'))
  const { violations } = await examine({ change: failing, limits: 'off' })
  expect(violations.slice(0, 2).map(({ law, gravity }) => [law, gravity])).toEqual([
    ['valid-is-answered', 'major'],
    ['no-token-no-data', 'major'],
  ])
})

test('a total of the page in place of the list is one violation, and what follows from it stands beside it', async () => {
  const counted = listText((text) => {
    const body = JSON.parse(text) as { total: number; items: unknown[] }
    return JSON.stringify({ ...body, total: body.items.length })
  })
  const { violations } = await examine({ change: counted, limits: 'off' })
  expect(violations.map(({ law }) => law)).toEqual(['total-counts-matches'])
  expect(violations[0]?.also).toContain('tokens-see-the-same')
})

test('half a surrogate pair in the data is the only violation, and ends no run', async () => {
  const half = eachItem((item) => ('name' in item ? { ...item, name: `\uD83D${String(item['name'])}` } : item))
  const { violations } = await examine({ change: half, limits: 'off' })
  expect(violations.map(({ law, also, actual }) => [law, also, actual])).toEqual([
    ['clean-json', undefined, expect.stringMatching(/^half a surrogate pair in "/)],
  ])
})
