import { createServer, request as sendRequest } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SeededRandom } from './seeded-random.ts'

/** A server in front of a sandbox that makes some of its answers go wrong, and counts what each caller sends. */
export interface FaultyProxy {
  readonly url: string
  /** From now on, what arrives is another process's. */
  nextCaller(): void
  /** No more faults. */
  heal(): void
  readonly counts: ProxyCounts
  close(): Promise<void>
}

export interface ProxyCounts {
  requests: number
  faults: number
  /** Refusals by the quota that a caller could not foresee: earlier callers had used it. */
  inherited429: number
  /** Refusals of a caller that alone had sent too much, or did not wait as it was asked to. */
  avoidable429: number
}

export interface FaultyProxyOptions {
  /** The sandbox's. */
  readonly upstream: string
  readonly random: SeededRandom
  /** A share of the answers, from 0 to 1. */
  readonly faultRate: number
  /** Requests a second that the sandbox accepts. */
  readonly perSecond: number
}

const FAULTS = [
  'status=400',
  'status=401',
  'status=404',
  'status=429',
  'status=500',
  'drop',
  'truncate=0',
  'truncate=100',
  'html',
  'empty-500',
  'no-items',
  'unknown-values',
  'delay=300ms',
] as const

export async function startFaultyProxy({
  upstream,
  random,
  faultRate,
  perSecond,
}: FaultyProxyOptions): Promise<FaultyProxy> {
  const counts: ProxyCounts = { requests: 0, faults: 0, inherited429: 0, avoidable429: 0 }
  let rate = faultRate
  /** Arrivals of the caller in the window that is open. */
  let window = { second: 0, arrivals: 0 }
  /** Until then the caller has been asked to wait. */
  let closedUntil = 0

  const server = createServer((incoming, outgoing) => {
    const arrivedAt = Date.now()
    const second = Math.floor(arrivedAt / 1_000)
    if (window.second !== second) window = { second, arrivals: 0 }
    window.arrivals += 1
    const isForeseeable = window.arrivals > perSecond || arrivedAt < closedUntil
    counts.requests += 1
    const fault = random.next() < rate ? random.pick(FAULTS) : undefined
    if (fault !== undefined) counts.faults += 1
    forward(incoming, outgoing, upstream, fault, (answer) => {
      if (answer.statusCode !== 429 || fault === 'status=429') return
      counts[isForeseeable ? 'avoidable429' : 'inherited429'] += 1
      const seconds = Number(answer.headers['retry-after'])
      // The answer travels; whatever left before it arrived could not know.
      if (seconds > 0) setTimeout(() => (closedUntil = arrivedAt + seconds * 1_000), 50).unref()
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    nextCaller: () => {
      window = { second: 0, arrivals: 0 }
      closedUntil = 0
    },
    heal: () => void (rate = 0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  upstream: string,
  fault: string | undefined,
  onAnswer: (answer: IncomingMessage) => void,
): void {
  const headers = { ...incoming.headers, ...(fault !== undefined && { 'x-fault': fault }) }
  const giveUp = (): void => void outgoing.destroy()
  const outward = sendRequest(new URL(incoming.url ?? '/', upstream), { headers }, (answer) => {
    onAnswer(answer)
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    outgoing.flushHeaders()
    answer.on('error', giveUp).on('aborted', giveUp).pipe(outgoing)
  })
  outward.on('error', giveUp).end()
  outgoing.on('close', () => void outward.destroy())
}
