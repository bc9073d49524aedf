import { describe, expect, test } from 'vitest'
import { CORES } from './fixtures/client-under-test.ts'
import { buildItem } from './testing/build-item.ts'

describe.each(CORES)('a download of a client %s', (_name, arrange) => {
  test('bytes are counted, and compared with the size of the item', async () => {
    const { client } = arrange()
    const seen: number[] = []
    const matching = await client.download(
      { id: '1000000', size: 125 },
      { onProgress: ({ bytes }) => seen.push(bytes) },
    )
    expect(matching).toMatchObject({ contentType: 'text/csv', expectedBytes: 125, sizeCheck: 'unknown' })
    await matching.text()
    expect(matching).toMatchObject({ bytes: 125, sizeCheck: 'matches' })
    expect(seen).toEqual([125])
    const differing = await client.download({ id: '1000000', size: 126 })
    await differing.text()
    expect(differing.sizeCheck).toBe('differs')
  })

  test('a stream without a byte for the idle timeout fails', async () => {
    const { client, standIn, fails, clock } = arrange()
    standIn.next({ kind: 'stalled-body', bytes: 5 })
    const { body } = await client.download('1000000', { idleTimeoutMs: 2_000 })
    expect(await fails(new Response(body).text())).toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('2000 ms'),
    })
    expect(clock.now()).toBe(2_000)
    expect(client.limiter.snapshot().inFlight).toBe(0)
  })

  test('a cancelled stream gives its place back', async () => {
    const { client } = arrange()
    const { body } = await client.download('1000000')
    await body.cancel()
    expect(client.limiter.snapshot().inFlight).toBe(0)
  })

  test('an absolute download_url of an item changes nothing: the path is ours, and so is the origin', async () => {
    const { client, standIn } = arrange({ items: [buildItem({ download_url: 'https://evil.example/steal' })] })
    const item = await client.get('1000000')
    await (await client.download(item)).text()
    expect(standIn.requests.map(({ url }) => url.href)).toEqual([
      'https://api.ocamba.com/v1/hood/exports/1000000',
      'https://api.ocamba.com/v1/hood/exports/1000000/download',
    ])
  })
})
