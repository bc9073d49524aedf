import { createInstance, getHttpOperationsFromSpec } from '@stoplight/prism-http'
import type { IHttpResponse } from '@stoplight/prism-http'

/** What Prism answers, before it goes over the wire. */
export type EngineAnswer =
  | { readonly kind: 'answer'; readonly response: IHttpResponse }
  | { readonly kind: 'no-such-path'; readonly detail: string }
  /** The preference names an answer that the document does not have. */
  | { readonly kind: 'no-such-answer'; readonly detail: string }

/** Which of the documented answers is wanted, as `Prefer` says it. */
export interface Preference {
  readonly code?: number
  readonly example?: string
  readonly dynamic?: boolean
}

export interface Engine {
  answer(request: { readonly url: URL; readonly headers: Headers }, preference: Preference): Promise<EngineAnswer>
}

/** Prism, in this process: validates requests against the document, and answers from its examples. */
export async function createEngine(document: object): Promise<Engine> {
  // Prism changes the document it is given.
  const operations = await getHttpOperationsFromSpec(structuredClone(document))
  const prism = createInstance(
    {
      mock: { dynamic: false },
      isProxy: false,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      errors: false,
    } as unknown as Parameters<typeof createInstance>[0],
    { logger: SILENT },
  )
  return {
    async answer({ url, headers }, { code, example, dynamic = false }) {
      const result = await prism.request(
        {
          method: 'get',
          // The server of the document is the vendor's: this one answers for it.
          url: { path: url.pathname, baseUrl: '', query: queryOf(url.searchParams) },
          headers: Object.fromEntries(headers),
        },
        operations,
        {
          mock: {
            dynamic,
            ...(code !== undefined && { code }),
            ...(example !== undefined && { exampleKey: example }),
            // Prism takes the least specific of several media types; the documented sample is CSV.
            ...(url.pathname.endsWith('/download') && (code ?? 200) < 300 && { mediaTypes: ['text/csv'] }),
          },
        } as unknown as Parameters<typeof prism.request>[2],
      )()
      if (result._tag === 'Right') return { kind: 'answer', response: result.right.output }
      const { name, message, detail = message } = result.left as Error & { detail?: string }
      return { kind: name.includes('NO_PATH_MATCHED') ? 'no-such-path' : 'no-such-answer', detail }
    },
  }
}

const SILENT = {
  child: () => SILENT,
  trace() {},
  debug() {},
  info() {},
  success() {},
  warn() {},
  error() {},
  fatal() {},
}

function queryOf(parameters: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name)
      return [name, values.length === 1 ? (values[0] as string) : values]
    }),
  )
}
