import { describe, expect, test } from 'vitest'
import type { Deviation } from './deviation.ts'
import { LIST, mockBench } from '../testing/mock-bench.ts'
import type { MockBench } from '../testing/mock-bench.ts'

async function begin(): Promise<MockBench & { readonly reported: readonly Deviation[] }> {
  const reported: Deviation[] = []
  return { ...(await mockBench({ onDeviation: (deviation) => reported.push(deviation) })), reported }
}

describe('a query parameter that the document does not know', () => {
  test('is answered as if it were not there, and reported, without its value', async () => {
    const { ask, reported, mock } = await begin()
    expect((await ask(`${LIST}?sotr=name&page=1`)).status).toBe(200)
    expect(reported).toEqual([
      {
        request: `GET ${LIST}?sotr=***&page=1`,
        status: 200,
        side: 'request',
        message: 'the query parameter "sotr" is not documented',
      },
    ])
    expect(mock.deviations()).toEqual(reported)
  })

  test('is reported once, and once more after a reset', async () => {
    const { ask, reported, mock } = await begin()
    for (const value of [1, 2, 3]) await ask(`${LIST}?nope=${value}`)
    expect(reported.length).toBe(1)
    mock.reset()
    await ask(`${LIST}?nope=1`)
    expect(reported.length).toBe(2)
  })

  test('is reported on one line, whatever is in its name', async () => {
    const { ask, reported } = await begin()
    await ask(`${LIST}?a%0Ab=1`)
    expect(reported[0]?.message).toBe(String.raw`the query parameter "a\nb" is not documented`)
  })

  test('is reported for a hundred names at most', async () => {
    const { ask, reported } = await begin()
    for (let name = 0; name < 150; name += 1) await ask(`${LIST}?x${name}=1`)
    expect(reported.length).toBe(100)
  })

  test('is never reported with the token', async () => {
    const { ask, reported } = await begin()
    const headers = { authorization: 'Bearer secret-token' }
    await ask(`${LIST}?access_token=secret-token&secret-token=1&other=1`, { headers })
    expect(reported.length).toBeGreaterThan(0)
    expect(JSON.stringify(reported)).not.toContain('secret-token')
  })
})

describe('a parameter that is given several times', () => {
  test.each(['page=1&page=2', 'sort=name&sort=-name', 'fields=id&view=full&fields=name'])(
    'is reported where Prism lets it pass: %s',
    async (search) => {
      const { ask, reported } = await begin()
      expect((await ask(`${LIST}?${search}`)).status).toBe(200)
      const name = search.split('=')[0]
      expect(reported).toEqual([
        {
          request: `GET ${LIST}?${search}`,
          status: 200,
          side: 'request',
          message: `Request query parameter ${name} is given 2 times: give it once`,
        },
      ])
    },
  )

  test('is right where the document takes it so', async () => {
    const reported: Deviation[] = []
    const parameters = [{ name: 'tag', in: 'query', schema: { type: 'array', items: { type: 'string' } } }]
    const document = {
      openapi: '3.1.0',
      info: { title: 'Mine', version: '1' },
      paths: { '/things': { get: { parameters, responses: { 200: { description: 'all' } } } } },
    }
    const { ask } = await mockBench({ document, onDeviation: (deviation) => reported.push(deviation) })
    expect((await ask('/things?tag=a&tag=b')).status).toBe(200)
    expect(reported).toEqual([])
  })
})

test('a misspelt filter is reported', async () => {
  const { ask, reported } = await begin()
  expect((await ask(`${LIST}?statsu=ready`)).status).toBe(200)
  expect((await ask(`${LIST}?status[]=ready`)).status).toBe(200)
  expect(reported.map(({ message }) => message)).toEqual([
    'the query parameter "statsu" is not documented',
    'the query parameter "status[]" is not documented',
  ])
})

test('parameters of the document are not reported, however they are spelt', async () => {
  const { ask, reported } = await begin()
  await ask(`${LIST}?page=1,2&sort=-name&fields=id&view=full&q=a&q_fields=name`)
  await ask(`${LIST}?%70age=1`)
  await ask(`${LIST}?status=in:a,b&create_time=gte:2026-01-01&id=1&size=rf:1,2`)
  expect(reported).toEqual([])
})
