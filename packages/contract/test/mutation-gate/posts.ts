import { isPost, replaced, tokenOf } from './changes.ts'
import type { Change, Provider, Surroundings } from './provider.ts'

type Writing = 'retry' | 'exportQuickReport'

/** What a POST gets, in place of what a correct provider does. */
export function posts(
  operation: Writing,
  answer: (request: Request, provider: Provider, surroundings: Surroundings) => Promise<Response>,
): Change {
  return (provider, surroundings) => (request) =>
    isPost(request, operation) ? answer(request, provider, surroundings) : provider(request)
}

/** Changes the answers of POSTs that are accepted. */
export function accepted(
  operation: Writing,
  change: (response: Response, request: Request) => Response | Promise<Response>,
): Change {
  return posts(operation, async (request, provider) => {
    const response = await provider(request.clone())
    return response.status === 202 ? change(response, request) : response
  })
}

/** Changes the operation in the answers of POSTs that are accepted. */
export function operations(operation: Writing, change: (body: Record<string, unknown>) => unknown): Change {
  return accepted(operation, async (response) =>
    replaced(response, { body: JSON.stringify(change((await response.json()) as Record<string, unknown>)) }),
  )
}

const QUOTA = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset']

/** Answers as if it were carried out, and does nothing. */
export async function pretending(
  request: Request,
  provider: Provider,
  { correct }: Pick<Surroundings, 'correct'>,
): Promise<Response> {
  const list = `${new URL(request.url).origin}/v1/hood/exports?page=1,1`
  const told = await provider(new Request(list, { headers: { authorization: `Bearer ${tokenOf(request)}` } }))
  if (told.status !== 200) return told
  const quota = QUOTA.map((name) => [name, told.headers.get(name) ?? undefined] as const)
  return replaced(await correct(request), { headers: Object.fromEntries(quota) })
}
