import type { Page } from '@hood-exports/openapi/pages'
import { bytesBody, jsonAnswer } from '../http/answer.ts'
import type { Answer } from '../http/answer.ts'
import { originOf } from '../http/call.ts'
import type { Call } from '../http/call.ts'
import type { HomePageOptions } from './home-page.ts'
import { SITE } from './site.ts'

/** What pages show of the mock. */
export type PageFacts = Omit<HomePageOptions, 'origin'>

/** The pages for people; undefined for everything else. Nothing of them is loaded before. */
export function answerPage(call: Call, facts: PageFacts): Promise<Answer> | undefined {
  if (call.method !== 'GET' && call.method !== 'HEAD') return undefined
  const origin = originOf(call)
  switch (call.path) {
    case '/':
      return import('./home-page.ts').then(({ homePage }) => pageAnswer(homePage({ ...facts, origin })))
    case '/reference':
      return import('@hood-exports/openapi/pages').then(({ referencePage }) => {
        const isMocked = facts.proxy === undefined
        return pageAnswer(
          referencePage({
            site: SITE,
            current: '/reference',
            document: { ...facts.document },
            origin,
            token: isMocked ? 'any' : '$TOKEN',
            tryIt: { token: isMocked ? 'any' : '', header: isMocked ? 'Prefer: code=404' : undefined },
          }),
        )
      })
    case '/openapi.json':
      return Promise.resolve(jsonAnswer(200, { ...facts.document, servers: [{ url: origin }] }))
    default:
      return undefined
  }
}

function pageAnswer({ headers, text }: Page): Answer {
  return { status: 200, headers, body: bytesBody(text) }
}
