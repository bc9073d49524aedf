import { document as bundledDocument } from '@hood-exports/openapi/document'
import { createEngine } from './engine.ts'
import type { Preference } from './engine.ts'

export interface MockOptions {
  /** The OpenAPI document to answer from. Default: the one that this package comes with. */
  readonly document?: object | undefined
}

/** The mock in this process, without a socket. */
export interface Mock {
  fetch(request: Request): Promise<Response>
}

/**
 * The API, answered from its document by Prism, in the vendor's manners: every error has the documented shape.
 * `Prefer: code=404`, `example=empty` and `dynamic=true` choose among the documented answers.
 */
export async function createMock({ document = bundledDocument }: MockOptions = {}): Promise<Mock> {
  const engine = await createEngine(document)
  return {
    async fetch(request) {
      const isHead = request.method === 'HEAD'
      if (request.method !== 'GET' && !isHead) return problem(405, 'Only GET and HEAD are answered here.')
      const preference = parsePreference(request.headers.get('prefer') ?? '')
      if (preference === undefined) {
        return problem(
          400,
          'Prefer: the parts are code=<status>, example=<name> and dynamic=true, separated by commas.',
        )
      }
      const answer = await engine.answer({ url: new URL(request.url), headers: request.headers }, preference)
      if (answer.kind === 'no-such-path') return problem(404, answer.detail)
      if (answer.kind === 'no-such-answer') {
        return problem(400, `Prefer asks for what the document does not have: ${answer.detail}`)
      }
      const { statusCode, headers = {}, body } = answer.response
      return new Response(isHead ? null : toText(body), { status: statusCode, headers: toHeaders(headers) })
    },
  }
}

const TITLES = { 400: 'Bad request.', 404: 'Not found.', 405: 'Method not allowed.' } as const

function problem(code: keyof typeof TITLES, message: string): Response {
  return Response.json({ code, title: TITLES[code], message, trace_id: '{}' }, { status: code })
}

function parsePreference(header: string): Preference | undefined {
  const preference: { code?: number; example?: string; dynamic?: boolean } = {}
  for (const part of header.split(/[,;]/).map((text) => text.trim())) {
    const [, name, value = ''] = /^(\w+)\s*=\s*"?([\w-]+)"?$/.exec(part) ?? []
    if (part === '') continue
    else if (name === 'code' && /^[1-5]\d\d$/.test(value)) preference.code = Number(value)
    else if (name === 'example') preference.example = value
    else if (name === 'dynamic' && /^(true|false)$/.test(value)) preference.dynamic = value === 'true'
    else return undefined
  }
  return preference
}

function toText(body: unknown): string {
  if (body === undefined || body === null) return ''
  return typeof body === 'string' ? body : JSON.stringify(body)
}

function toHeaders(headers: Readonly<Record<string, unknown>>): Headers {
  return new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}
