import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { bench } from '../testing/bench.ts'
import { fileContent } from './file-content.ts'

describe('a file', () => {
  test('has exactly as many bytes as it should, whatever its size and format', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400_000 }),
        fc.constantFrom('csv', 'json', 'xml', 'txt', 'unheard-of', null),
        fc.nat(),
        (size, extension, id) => {
          const chunks = [...fileContent({ id, size, extension })]
          expect(chunks.reduce((total, { length }) => total + length, 0)).toBe(size)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('of JSON can be parsed, and its records are counted', () => {
    for (const size of [24, 25, 1_000, 70_000, 300_000]) {
      const records = JSON.parse(Buffer.concat([...fileContent({ id: 3, size, extension: 'json' })]).toString()) as {
        number: string
      }[]
      expect(records.slice(1).map(({ number }) => Number(number))).toEqual(
        Array.from({ length: records.length - 1 }, (_, index) => index + 1),
      )
    }
  })

  test('of CSV has whole records, then spaces', () => {
    const lines = Buffer.concat([...fileContent({ id: 0, size: 150, extension: 'csv' })])
      .toString()
      .split('\r\n')
    expect(lines).toEqual([
      'number,name,email,score',
      '000000000001,Ana,000000000001@example.test,7.50',
      '000000000002,Bogdan,000000000002@example.test,7.50',
      ' '.repeat(150 - 25 - 49 - 52),
    ])
  })

  test('of a terabyte begins at once, a chunk at a time', () => {
    const chunks = fileContent({ id: 1, size: 1e12, extension: 'csv' })
    chunks.next()
    expect(chunks.next().value?.length).toBeLessThan(70_000)
  })
})

describe('a download', () => {
  const begin = (): ReturnType<typeof bench> => {
    const at = bench({ items: 60, limits: 'off' })
    onTestFinished(() => at.sandbox.close())
    return at
  }

  test('of every finished export has the size and the type that the list gives', async () => {
    const { list, send } = begin()
    const { items } = await list('?page=1,1000')
    const ready = items.filter(({ status, size }) => status === 'ready' && Number(size) < 1_000_000)
    expect(ready.length).toBeGreaterThan(20)
    for (const { id, size, mime_type: type, download_url: url } of ready) {
      const response = await send(`/v1/hood/exports/${String(id)}/download`)
      expect(response.headers.get('content-type')).toBe(type)
      expect(response.headers.get('content-length')).toBeNull()
      const bytes = await response.bytes()
      expect(bytes.length).toBe(size)
      expect(Buffer.compare(bytes, await (await send(String(url))).bytes())).toBe(0)
    }
  })

  test('is made as it is read: the first megabyte of a terabyte costs a megabyte', async () => {
    const { sandbox, send } = begin()
    await sandbox.setState('export 7 exists', { size: 1e12 })
    const reader = ((await send('/v1/hood/exports/7/download')).body as ReadableStream<Uint8Array>).getReader()
    let received = 0
    while (received < 1_000_000) received += (await reader.read()).value?.length ?? 0
    await reader.cancel()
    expect(received).toBeLessThan(1_100_000)
  })

  test.each([
    ['Christmas list', 'csv', `attachment; filename="Christmas list.csv"; filename*=UTF-8''Christmas%20list.csv`],
    [
      'Ünïcode "é" \\ \r\nX: y',
      'csv',
      `attachment; filename="_n_code ___ _ __X: y.csv"; filename*=UTF-8''%C3%9Cn%C3%AFcode%20%22%C3%A9%22%20%5C%20%0D%0AX%3A%20y.csv`,
    ],
    [`it's (1)*`, null, `attachment; filename="it's (1)*"; filename*=UTF-8''it%27s%20%281%29%2a`],
  ])('of "%s" is named by RFC 6266', async (name, extension, header) => {
    const { sandbox, ask } = begin()
    await sandbox.setState('export 7 exists', { name, extension })
    expect((await ask('/v1/hood/exports/7/download')).headers['content-disposition']).toBe(header)
  })
})
