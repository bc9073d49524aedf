import { createExportsClient } from '@hood-exports/client'
import type { Contender } from './contender.ts'

/** This project's client as it is made by default: those of a process share a limiter, as they share the token. */
export const oursClient: Contender = {
  name: 'ours, createExportsClient',
  start({ send, token }) {
    // The default `fetch`, because a client with another one has a limiter of its own.
    globalThis.fetch = async (url) => {
      const call = Number(new URL(url instanceof Request ? url.url : url).pathname.split('/').at(-1))
      const { status, headers } = await send(call)
      const item = { id: String(call) }
      return Response.json(status === 200 ? { total: 1, items: [item] } : { code: status, title: '' }, {
        status,
        headers,
      })
    }
    const client = createExportsClient({ token })
    return (call) => client.get(String(call))
  },
}
