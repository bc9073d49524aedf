import { SELECTABLE_FIELDS } from '@hood-exports/client'
import type { Sandbox } from '@hood-exports/sandbox'
import { ignoringFilters } from './sync-account.ts'

/** An API that leaves open what is not documented in another way than the sandbox. */
export interface Provider {
  readonly name: string
  readonly deviate: (sandbox: Sandbox) => Sandbox
  /** Requests of a sync that finds nothing new, with nothing to look at again. */
  readonly nothingNew: number
  /** The same, with some exports that are to be looked at again; downloads do not count. */
  readonly withWaiting: number
}

export const PROVIDERS: readonly Provider[] = [
  { name: 'like the sandbox', deviate: (sandbox) => sandbox, nothingNew: 1, withWaiting: 2 },
  { name: 'that writes numbers as text', deviate: changingLists(numbersAsText), nothingNew: 1, withWaiting: 2 },
  { name: 'with statuses of its own', deviate: changingLists(otherStatuses), nothingNew: 1, withWaiting: 2 },
  { name: 'that refuses pages of more than 50', deviate: refusingPagesOver(50), nothingNew: 2, withWaiting: 5 },
  { name: 'that cuts pages to 50', deviate: cuttingPagesTo(50), nothingNew: 1, withWaiting: 2 },
  {
    name: 'that cuts pages to 50, and counts pages of the size asked for',
    deviate: cuttingItemsTo(50),
    nothingNew: 1,
    withWaiting: 2,
  },
  { name: 'that gives 10 and no other size', deviate: withPages(() => 10), nothingNew: 1, withWaiting: 3 },
  { name: 'that refuses filters', deviate: refusingFilters, nothingNew: 3, withWaiting: 6 },
  { name: 'that ignores filters', deviate: ignoringFilters, nothingNew: 1, withWaiting: 3 },
  { name: 'that filters by ids alone', deviate: refusingBounds, nothingNew: 3, withWaiting: 4 },
]

/** Items as they come over the wire. */
interface List {
  total: unknown
  items: Record<string, unknown>[]
}

function changingLists(change: (list: List) => List): Provider['deviate'] {
  return (sandbox) => ({
    ...sandbox,
    fetch: async (request) => {
      const answer = await sandbox.fetch(request)
      if (!answer.ok || request.url.includes('/download')) return answer
      return Response.json(change((await answer.json()) as List), answer)
    },
  })
}

function numbersAsText({ total, items }: List): List {
  const asText = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value)
  return {
    total: asText(total),
    items: items.map((item) => Object.fromEntries(Object.entries(item).map(([name, value]) => [name, asText(value)]))),
  }
}

/** What is not ready and has not failed is anything. */
function otherStatuses({ total, items }: List): List {
  return {
    total,
    items: items.map((item) =>
      item['status'] === 'processing' ? { ...item, status: `in-the-making-${String(item['id'])}` } : item,
    ),
  }
}

function refusingPagesOver(most: number): Provider['deviate'] {
  return answering((url) => (pageOf(url).size ?? 0) > most)
}

function refusingFilters(sandbox: Sandbox): Sandbox {
  return answering((url) => SELECTABLE_FIELDS.some((member) => url.searchParams.has(member)))(sandbox)
}

function refusingBounds(sandbox: Sandbox): Sandbox {
  return answering((url) => SELECTABLE_FIELDS.some((member) => /^[gl]te?:/.test(url.searchParams.get(member) ?? '')))(
    sandbox,
  )
}

/** With a 400 where it refuses. */
function answering(refuses: (url: URL) => boolean): Provider['deviate'] {
  return (sandbox) => ({
    ...sandbox,
    fetch: async (request) =>
      refuses(new URL(request.url))
        ? Response.json({ code: 400, title: 'Bad request.', message: 'The request is not valid.' }, { status: 400 })
        : sandbox.fetch(request),
  })
}

function cuttingPagesTo(most: number): Provider['deviate'] {
  return withPages((size) => (size === undefined ? undefined : Math.min(size, most)))
}

function withPages(sizeOf: (size: number | undefined) => number | undefined): Provider['deviate'] {
  return (sandbox) => ({
    ...sandbox,
    fetch: (request) => {
      const url = new URL(request.url)
      const { page, size } = pageOf(url)
      const given = sizeOf(size)
      if (!url.pathname.endsWith('/exports')) return sandbox.fetch(request)
      url.searchParams.set('page', given === undefined ? String(page) : `${page},${given}`)
      return sandbox.fetch(new Request(url, request))
    },
  })
}

/** Only the beginning of the page that was asked for: what is behind it is on no page. */
function cuttingItemsTo(most: number): Provider['deviate'] {
  return changingLists(({ total, items }) => ({ total, items: items.slice(0, most) }))
}

function pageOf(url: URL): { readonly page: number; readonly size: number | undefined } {
  const [page = 1, size] = (url.searchParams.get('page') ?? '1').split(',').map(Number)
  return { page, size }
}
