import type { Answer } from './answer.ts'
import { bytesBody, jsonAnswer } from './answer.ts'
import type { Call } from './call.ts'
import { originOf } from './call.ts'
import type { Page, ReferenceOptions } from './pages/index.ts'
import type { ProviderName } from './provider-name.ts'

/** The pages of a provider, for people. */
export interface Pages {
  /** Where it answers, for the examples, when a request names no host. */
  readonly defaultOrigin: string
  readonly home: (origin: string) => Promise<Page>
  /** Asked for each time: the document may have changed. */
  readonly reference: () => Pick<ReferenceOptions, 'document' | 'token' | 'tryIt'>
}

/** Needs no token, and is not counted; undefined for every other request. No page is loaded before it is asked for. */
export function answerPage(call: Call, provider: ProviderName, pages: Pages): Promise<Answer> | Answer | undefined {
  if (call.method !== 'GET' && call.method !== 'HEAD') return undefined
  const origin = originOf(call) ?? pages.defaultOrigin
  switch (call.path) {
    case '/':
      return pages.home(origin).then(pageAnswer)
    case '/reference':
      return import('./pages/index.ts').then(({ referencePage }) =>
        pageAnswer(referencePage({ site: provider, current: '/reference', origin, ...pages.reference() })),
      )
    case '/openapi.json':
      return jsonAnswer(200, { ...pages.reference().document, servers: [{ url: origin }] })
    default:
      return undefined
  }
}

function pageAnswer({ headers, text }: Page): Answer {
  return { status: 200, headers, body: bytesBody(text) }
}
