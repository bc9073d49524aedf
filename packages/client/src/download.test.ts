import { describe, expect, onTestFinished, test } from 'vitest'
import { CORES } from './fixtures/client-under-test.ts'
import type { Arrange } from './fixtures/client-under-test.ts'
import { buildItem } from './testing/build-item.ts'

describe.each(CORES)('a download of a client %s', (_name, arrange) => {
  test.each(['to its end', 'until it is left'])(
    'its body is looped over %s where streams are not iterable',
    async (how) => {
      const iterate = Reflect.getOwnPropertyDescriptor(ReadableStream.prototype, Symbol.asyncIterator)
      Reflect.deleteProperty(ReadableStream.prototype, Symbol.asyncIterator)
      onTestFinished(() => void Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, iterate ?? {}))
      const { client } = arrange({ file: 'a;b' })
      const { body } = await client.download('1000000')
      const chunks: string[] = []
      for await (const chunk of body) {
        chunks.push(new TextDecoder().decode(chunk))
        if (how === 'until it is left') break
      }
      expect(chunks.join('')).toBe('a;b')
      expect(client.limiter.snapshot().inFlight).toBe(0)
    },
  )

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

  test('a body that is left alone gives its place back after the idle timeout, with an error that says so', async () => {
    const { client, clock, fails } = arrange()
    const { body } = await client.download('1000000', { idleTimeoutMs: 2_000 })
    await clock.advance(2_000)
    expect(client.limiter.snapshot().inFlight).toBe(0)
    expect(await fails(new Response(body).text())).toMatchObject({
      kind: 'timeout',
      option: 'idleTimeoutMs',
      message: expect.stringContaining('was not read for 2000 ms'),
      operation: 'download',
      id: '1000000',
    })
  })

  test('a body that is read slowly is not one that is left alone', async () => {
    const { client, clock } = arrange({ file: 'abc' })
    const { body } = await client.download('1000000', { idleTimeoutMs: 2_000 })
    const reader = body.getReader()
    const { value } = await reader.read()
    await clock.advance(5_000)
    expect([new TextDecoder().decode(value), (await reader.read()).done]).toEqual(['abc', true])
  })

  test('a download is done at the end of its stream, and not at its head', async () => {
    const { client, events } = arrange()
    const download = await client.download('1000000')
    expect(events.map(({ type }) => type)).toEqual(['sent', 'answered'])
    await download.text()
    expect(events.map(({ type }) => type)).toEqual(['sent', 'answered', 'done'])
  })

  test('a download that breaks off has failed, and one that is cancelled is aborted', async () => {
    const { client, events, standIn, fails } = arrange()
    standIn.next({ kind: 'cut-body', bytes: 5 })
    const broken = await client.download('1000000')
    await fails(broken.text())
    await (await client.download('1000000')).body.cancel()
    expect(events.filter(({ type }) => type === 'done' || type === 'failed')).toMatchObject([
      { type: 'failed', kind: 'network' },
      { type: 'failed', kind: 'aborted' },
    ])
  })

  test.each([
    ['text/csv; charset=windows-1252', 'Café'],
    ['text/csv; charset=none-such', 'Caf\uFFFD'],
    ['text/csv', 'Caf\uFFFD'],
  ])('text of %s is %j', async (contentType, text) => {
    const { client, answers } = arrangeAnswers(arrange)
    const bytes = Uint8Array.of(67, 97, 102, 0xe9)
    answers.push(new Response(bytes, { headers: { 'content-type': contentType } }))
    expect(await (await client.download('7')).text()).toBe(text)
  })

  test('a fetch without body streams gives the file in one piece', async () => {
    const { client } = arrange({}, { fetch: async () => withoutStream(new Response('a,b')) })
    expect(await (await client.download('1000000')).text()).toBe('a,b')
  })

  test('a connection that breaks off goes on from the byte where it broke, when the ETag proves the same file', async () => {
    const { client, answers, clock } = arrangeAnswers(arrange)
    answers.push(cut('abcd', { etag: '"1"' }), partial('efg', 'bytes 4-6/7'))
    expect(await clock.runUntilSettled(client.download('7').then((download) => download.text()))).toBe('abcdefg')
    expect(answers.sent.map((headers) => [headers.get('range'), headers.get('if-range')])).toEqual([
      [null, null],
      ['bytes=4-', '"1"'],
    ])
  })

  test.each<[string, Record<string, string>]>([
    ['without an ETag', {}],
    ['with a weak ETag', { etag: 'W/"1"' }],
    ['with bytes that were packed on the way', { etag: '"1"', 'content-encoding': 'gzip' }],
  ])(
    '%s a connection that breaks off in the middle is an error: the rest may be of another file',
    async (_title, headers) => {
      const { client, answers, fails } = arrangeAnswers(arrange)
      answers.push(cut('abcd', headers))
      expect(await fails(client.download('7').then((download) => download.text()))).toMatchObject({ kind: 'network' })
      expect(answers.sent).toHaveLength(1)
    },
  )

  test('a file that has changed meanwhile is not put behind the beginning of the old one', async () => {
    const { client, answers, fails } = arrangeAnswers(arrange)
    answers.push(cut('abcd', { etag: '"1"' }), new Response('ABCDEFG', { headers: { etag: '"2"' } }))
    expect(await fails(client.download('7').then((download) => download.text()))).toMatchObject({ kind: 'network' })
  })

  test('with onRestart a file begins again, as often as maxRetries allows', async () => {
    const { client, answers, clock, fails } = arrangeAnswers(arrange)
    let text = ''
    const save = async (): Promise<string> => {
      const download = await client.download('7', { maxRetries: 2, onRestart: () => void (text = '') })
      for await (const chunk of download.body) text += new TextDecoder().decode(chunk)
      return text
    }
    answers.push(cut('ab'), cut('abc'), new Response('abcd'))
    expect(await clock.runUntilSettled(save())).toBe('abcd')
    answers.push(cut('ab'), cut('ab'), cut('ab'))
    expect(await fails(save())).toMatchObject({ kind: 'network' })
  })

  test('a connection that breaks off before the first byte is made again', async () => {
    const { client, answers, clock } = arrangeAnswers(arrange)
    answers.push(cut(''), new Response('abcd'))
    expect(await clock.runUntilSettled(client.download('7').then((download) => download.text()))).toBe('abcd')
  })

  test('the bytes of a file are asked for as they are stored, not packed on the way', async () => {
    const { client, answers } = arrangeAnswers(arrange)
    answers.push(new Response('a'))
    await (await client.download('7')).text()
    expect(answers.sent.map((headers) => headers.get('accept-encoding'))).toEqual(['identity'])
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

function withoutStream(response: Response): Response {
  return Object.defineProperty(response, 'body', { value: null })
}

/** A client whose requests are answered by the pushed responses, in their order. */
function arrangeAnswers(arrange: Arrange): ReturnType<Arrange> & { readonly answers: Answers } {
  const answers = Object.assign([] as Response[], { sent: [] as Headers[] })
  const fetch = async (_url: unknown, init?: RequestInit): Promise<Response> => {
    answers.sent.push(new Headers(init?.headers))
    return answers.shift() ?? new Response('', { status: 404 })
  }
  return { ...arrange({}, { fetch }), answers }
}

type Answers = Response[] & { readonly sent: readonly Headers[] }

/** An answer whose connection breaks off behind these bytes. */
function cut(text: string, headers: Record<string, string> = {}): Response {
  const chunks = text === '' ? [] : [new TextEncoder().encode(text)]
  const body = new ReadableStream<Uint8Array>({
    pull(sink) {
      const chunk = chunks.shift()
      if (chunk) sink.enqueue(chunk)
      else sink.error(new TypeError('terminated'))
    },
  })
  return new Response(body, { headers })
}

function partial(text: string, range: string): Response {
  return new Response(text, { status: 206, headers: { 'content-range': range, etag: '"1"' } })
}
