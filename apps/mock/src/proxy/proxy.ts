import { withoutEnd } from '@hood-exports/provider'
import type { AnswerBody, Call, Exchange } from '@hood-exports/provider'
import type { Answers } from '../engine/answers.ts'
import type { Engine } from '../engine/prism.ts'
import type { Deviation } from './deviation.ts'
import { findDeviations } from './find-deviations.ts'
import { keptBody } from './kept-body.ts'
import { parseOrigin } from './origin.ts'
import { UpstreamFailed, callUpstream, endToEnd } from './upstream.ts'

export interface ProxyOptions {
  /** Where the requests go, such as `http://127.0.0.1:4020`. */
  readonly origin: string
  readonly onDeviation: (deviation: Deviation) => void
  /** Receives why an exchange could not be checked. It was passed on all the same. */
  readonly onError: (error: unknown) => void
}

export interface Proxy {
  /** Passes a call on, and checks it when its answer has been passed back. */
  exchange(call: Call, document: { readonly engine: Engine; readonly answers: Answers }): Promise<Exchange>
}

/** @throws RangeError for an origin that is none. */
export function createProxy({ origin, onDeviation, onError }: ProxyOptions): Proxy {
  const target = parseOrigin(origin)
  return {
    exchange: async (call, { engine, answers }) => {
      const sent = keptBody()
      try {
        const response = await callUpstream(call, target, sent)
        const headers = endToEnd(response.headersDistinct)
        const received = keptBody()
        const status = response.statusCode ?? 502
        const chunks = async function* (): AsyncGenerator<Uint8Array> {
          for await (const chunk of response as AsyncIterable<Buffer>) {
            received.add(chunk)
            yield chunk
          }
          received.end()
        }
        const check = async (): Promise<void> => {
          if (call.method === 'HEAD') return
          const found = await findDeviations({ call, engine, sent, received, status, headers })
          for (const deviation of found) onDeviation(deviation)
        }
        const body: AnswerBody = { kind: 'chunks', chunks: () => afterwards(chunks(), () => check().catch(onError)) }
        return { answer: { status, headers, body }, end: () => void response.destroy() }
      } catch (error) {
        if (!(error instanceof UpstreamFailed)) throw error
        return withoutEnd(await answers.error(502, error.message))
      }
    },
  }
}

/** The end waits for the check: when an answer has been read, its deviations are there. */
async function* afterwards(chunks: AsyncIterable<Uint8Array>, check: () => Promise<void>): AsyncGenerator<Uint8Array> {
  yield* chunks
  await check()
}
