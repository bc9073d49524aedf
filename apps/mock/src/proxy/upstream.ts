import { request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { FAULT_HEADERS, drained } from '@hood-exports/provider'
import type { Call } from '@hood-exports/provider'
import type { KeptBody } from './kept-body.ts'

/** For one connection only (RFC 9110, 7.6.1), or answered by this hop. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
  'expect',
  ...FAULT_HEADERS,
])

/** No answer has come. The origin may have acted all the same. The message names it and the cause, and no header. */
export class UpstreamFailed extends Error {
  override readonly name = 'UpstreamFailed'
}

/** Sends a call to another origin, once; its path, query and body stay byte for byte. @throws UpstreamFailed */
export function callUpstream(call: Call, origin: URL, sent: Pick<KeptBody, 'add' | 'end'>): Promise<IncomingMessage> {
  const path = `${origin.pathname.replace(/\/$/, '')}${call.path}${call.search === '' ? '' : `?${call.search}`}`
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void =>
      reject(new UpstreamFailed(`no answer from ${origin.origin}: ${error.code ?? error.message}`, { cause: error }))
    const send = origin.protocol === 'https:' ? httpsRequest : httpRequest
    const upstream = send(
      {
        protocol: origin.protocol,
        hostname: origin.hostname.replace(/^\[|\]$/g, ''),
        port: origin.port,
        path,
        method: call.method,
        headers: endToEnd(call.headers),
      },
      resolve,
    )
    upstream.on('error', fail)
    call.signal?.addEventListener('abort', () => upstream.destroy(), { once: true })
    if (call.body === undefined) {
      sent.end()
      return void upstream.end()
    }
    const body = call.body
    void (async () => {
      try {
        for await (const chunk of body) {
          sent.add(chunk)
          if (!upstream.write(chunk)) await drained(upstream)
          if (upstream.destroyed) return
        }
        sent.end()
        upstream.end()
      } catch (error) {
        upstream.destroy(error as Error)
      }
    })()
  })
}

/** Without what belongs to a connection. */
export function endToEnd(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string | string[]> {
  const named = String(headers['connection'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || HOP_BY_HOP.has(name) || named.includes(name)
        ? []
        : [[name, typeof value === 'string' ? value : value.length === 1 ? String(value[0]) : [...value]] as const],
    ),
  )
}
