import { PATHS, RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { document } from '@hood-exports/openapi/document'
import { systemClock } from '../clock.ts'
import type { Clock } from '../clock.ts'
import type { ExportItem } from '../export-item.ts'
import { callback, checkOptions, objectWith, text, wholeFrom } from '../check.ts'
import type { OptionRule } from '../check.ts'
import { buildItem } from './build-item.ts'
import { FixedWindowServer } from './fixed-window-server.ts'
import type { FixedWindowServerOptions } from './fixed-window-server.ts'
import { listItems } from './list-items.ts'
import { checkScenario, documented, play } from './scenario.ts'
import type { Scenario } from './scenario.ts'

export interface StandInOptions {
  /** What the account holds. Default: the vendor's one sample. */
  readonly items?: readonly Partial<ExportItem>[] | undefined
  /** The bytes of every download. Default: CSV, of the item's size up to a megabyte. */
  readonly file?: string | undefined
  /** Items in a page when the query gives no size. Default 25. */
  readonly pageSize?: number | undefined
  /** Count requests in fixed windows and refuse like the vendor. Default: no limits. */
  readonly limits?: 'on' | Partial<FixedWindowServerOptions> | undefined
  /** Milliseconds that a request, and then its answer, travel on the clock. Default 0. */
  readonly latencyMs?: (() => number) | undefined
  readonly clock?: Clock | undefined
}

/** A request that arrived. */
export interface ArrivedRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  /** The JSON of a POST. */
  readonly body?: unknown
  /** Moment of arrival on the clock. */
  readonly atMs: number
  /** Status of the answer, once there is one. */
  status?: number
}

export interface StandIn {
  /** To be given to a client as its `fetch`. */
  readonly fetch: typeof globalThis.fetch
  /** Every request that arrived, in order. */
  readonly requests: readonly ArrivedRequest[]
  /** The answers to the next requests, one each; then it is back to the usual. */
  next(...scenarios: Scenario[]): void
  /** Items, to be changed while a list is read. */
  items: readonly Partial<ExportItem>[]
}

const STAND_IN_RULES = {
  items: (value: unknown) => (Array.isArray(value) ? undefined : 'an array of exports'),
  file: text,
  pageSize: wholeFrom(1),
  limits: (value: unknown) => (value === 'on' || typeof value === 'object' ? undefined : '"on", or windows'),
  latencyMs: callback,
  clock: objectWith('setTimer', 'a clock'),
} satisfies Record<keyof StandInOptions, OptionRule>

const ROW = 'id,name\r\n1,Ana\r\n'
const MAX_FILE_BYTES = 1_000_000

/** As long as the item says. */
function csvOf({ size }: Partial<ExportItem>): string {
  if (typeof size !== 'number' || size > MAX_FILE_BYTES) return ROW
  return ROW.repeat(Math.ceil(size / ROW.length)).slice(0, size)
}

/**
 * The API as a function in your test's process: filters, `q`, `sort`, pages, `fields`, single items, downloads, retry,
 * and exports of quick reports, which are ready at once; scenarios for what goes wrong. It checks no parameter: the
 * mock and the sandbox do.
 */
export function createStandIn(options: StandInOptions = {}): StandIn {
  checkOptions(options, STAND_IN_RULES)
  const { file, pageSize = 25, latencyMs = () => 0, clock = systemClock } = options
  const scenarios: Scenario[] = []
  const requests: ArrivedRequest[] = []
  const server =
    options.limits &&
    new FixedWindowServer({ windows: RATE_LIMIT_WINDOWS, ...(options.limits === 'on' ? {} : options.limits) })
  const standIn = {
    fetch: fetch,
    requests,
    items: options.items ?? [buildItem()],
    next(...next: Scenario[]) {
      for (const scenario of next) checkScenario(scenario)
      scenarios.push(...next)
    },
  }

  async function fetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const request = typeof input === 'object' && 'url' in input ? input : undefined
    const url = new URL(request?.url ?? (input as string | URL))
    const signal = init.signal ?? request?.signal
    signal?.throwIfAborted()
    await travel(signal)
    const method = init.method ?? request?.method ?? 'GET'
    const arrived: ArrivedRequest = {
      method,
      url,
      headers: new Headers(init.headers ?? request?.headers),
      atMs: clock.now(),
      ...(typeof init.body === 'string' && { body: JSON.parse(init.body) as unknown }),
    }
    requests.push(arrived)
    const admission = server?.admit(clock.now())
    const scenario = scenarios.shift()
    const usual = (): Response =>
      admission?.kind === 'refused' ? admission.answer() : answer(arrived, admission?.headers ?? {})
    try {
      const response = scenario ? await play(scenario, usual, { signal, clock }) : usual()
      arrived.status = response.status
      await travel(signal)
      return response
    } finally {
      if (admission?.kind === 'admitted') admission.leave()
    }
  }

  async function travel(signal: AbortSignal | undefined | null): Promise<void> {
    const ms = latencyMs()
    if (ms > 0) await play({ kind: 'slow', ms }, () => new Response(), { signal, clock })
  }

  function answer({ method, url, body }: ArrivedRequest, headers: Record<string, string>): Response {
    if (method === 'POST') return accept(url, body, headers)
    const [, id, download] = /\/v1\/hood\/exports(?:\/([^/]+)(\/download)?)?$/.exec(url.pathname) ?? []
    if (!url.pathname.includes(PATHS.list)) return new Response('', { status: 404, headers })
    const fields = url.searchParams.get('fields')?.split(',')
    const select = (item: Partial<ExportItem>): object =>
      fields ? Object.fromEntries(Object.entries(item).filter(([name]) => fields.includes(name))) : item
    if (id === undefined) {
      const [page = 1, size = pageSize] = url.searchParams.get('page')?.split(',').map(Number) ?? []
      const found = listItems(standIn.items, url.searchParams)
      const items = found.slice((page - 1) * size, page * size)
      return Response.json({ total: found.length, items: items.map(select) }, { headers })
    }
    const item = standIn.items.find((candidate) => candidate.id === id)
    if (!item) {
      return documented(404, headers)
    }
    if (!download) return Response.json({ total: 1, items: [select(item)] }, { headers })
    return new Response(file ?? csvOf(item), { headers: { ...headers, 'content-type': item.mime_type ?? 'text/csv' } })
  }

  /** A retry, or an export of a quick report. */
  function accept(url: URL, body: unknown, headers: Record<string, string>): Response {
    const [, kind, id, action] = /\/v1\/hood\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(url.pathname) ?? []
    const isRetry = kind === 'exports' && action === 'retry'
    const retried = standIn.items.find((item) => item.id === id)
    if (isRetry ? !retried : kind !== 'quick-reports' || action !== 'export') return documented(404, headers)
    if (isRetry) {
      const again = { status: 'ready', attempt_count: (retried?.attempt_count ?? 0) + 1 }
      standIn.items = standIn.items.map((item) => (item === retried ? { ...item, ...again } : item))
    } else {
      const { name, out = 'csv' } = (body ?? {}) as { name?: string; out?: string }
      const [newest = 1_000_000] = standIn.items.map((item) => Number(item.id)).toSorted((a, b) => b - a)
      const made = { id: String(newest + 1), name: name ?? `Quick report ${id}`, extension: out, failure_reason: null }
      standIn.items = [buildItem(made), ...standIn.items]
    }
    return Response.json(runningOperation(), { status: 202, headers })
  }

  return standIn
}

interface Examples {
  readonly components: { readonly examples: { readonly RunningOperation: { readonly value: object } } }
}

/** The vendor's sample. */
function runningOperation(): object {
  return (document as unknown as Examples).components.examples.RunningOperation.value
}
