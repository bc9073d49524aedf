import { expect, test } from 'vitest'
import type { LawName, ReportedViolation } from '../../src/index.ts'
import { answers, eachItem, errorInstead, operationOf, replaced } from './changes.ts'
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

test('a value that differs from the spec is named, with what it may be and the id of its item', async () => {
  const unit: Change = eachItem((item) => ({ ...item, name: 5 }))
  expect((await violationOf('spec-items', unit)).actual).toMatch(
    /^the body\/items\/\d+\/name must be [^,]*, and is 5, in item "\d+"$/,
  )
})

test('bytes that are no UTF-8 are named by the first that cannot follow', async () => {
  const cut = listText((text) => Uint8Array.from([...Buffer.from(text.slice(0, 40)), 0xe9, 0x20, 0x20]))
  expect((await violationOf('clean-json', cut)).actual).toMatch(/^no JSON \(no UTF-8 at byte 41\): /)
})

test('a byte order mark is called so', async () => {
  const marked = await violationOf(
    'clean-json',
    listText((text) => `\uFEFF${text}`),
  )
  expect(marked.actual).toMatch(/^no JSON \(a byte order mark at the beginning\): /)
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
  const { request, comparedWith } = await violationOf('download-bytes', changing)
  expect(request).toBe(`${comparedWith}?again`)
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

test('half a surrogate pair in the data is a violation, and ends no run', async () => {
  const half = listText((text) => text.replaceAll('"name":"', String.raw`"name":"\ud83d`))
  expect((await violationOf('clean-json', half)).actual).toMatch(/^half a surrogate pair in "/)
})
