import { DEMO_TOKENS } from '@hood-exports/sandbox'
import { eachItem, requests, tokenOf, withBody, withToken } from './changes.ts'
import type { Item } from './changes.ts'
import { posts } from './posts.ts'
import type { Change } from './provider.ts'

const { main, otherAccount } = DEMO_TOKENS

/** Changes what is asked for, where it is an object. */
export const asking = (change: (body: Record<string, unknown>) => unknown): Change =>
  posts('exportQuickReport', async (request, provider) => {
    const text = await request.clone().text()
    const body = parsed(text)
    return provider(isObject(body) ? withBody(request, JSON.stringify(change(body))) : request)
  })

/** Takes a body that must be refused for another one. */
export const taking = (isTaken: (body: unknown) => boolean, instead: (body: unknown) => object): Change =>
  posts('exportQuickReport', async (request, provider) => {
    const body = parsed(await request.clone().text())
    return provider(isTaken(body) ? withBody(request, JSON.stringify(instead(body))) : request)
  })

/** Refuses what must be refused, and makes an export all the same. */
export const secretly = (status: number, request: (request: Request) => Request | Promise<Request>): Change =>
  posts('exportQuickReport', async (asked, provider) => {
    const response = await provider(asked.clone())
    if (response.status === status) await provider(await request(asked))
    return response
  })

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export const isMade = ({ name }: Item): boolean => String(name).startsWith('hoodcontract')

/** Changes exports that were made. */
export const made = (change: (item: Item) => Item): Change =>
  eachItem((item) => (isMade(item) ? { ...item, ...change(item) } : item))

/** The other account is answered as the main one, where `when` says so. */
export const shown = (when: (request: Request) => boolean): Change =>
  requests((request) => (tokenOf(request) === otherAccount && when(request) ? withToken(request, main) : request))

/** The id is that of an export that was made while the provider ran. */
export const isNew = ({ url }: Request): boolean =>
  Number(/exports\/(\d+)/.exec(url)?.[1]) > 1_000_239 && Number(/exports\/(\d+)/.exec(url)?.[1]) < 2_000_000
