import { readFile } from 'node:fs/promises'
import type { Answer } from '../http/answer.ts'
import { jsonAnswer } from '../http/answer.ts'
import { originOf } from '../http/call.ts'
import type { Call } from '../http/call.ts'
import type { HomePageOptions } from './home-page.ts'

/** What pages show of the mock. */
export type PageFacts = Omit<HomePageOptions, 'origin'>

interface Asset {
  /** A file URL. */
  readonly find: () => string
  readonly mediaType: string
}

const ASSETS: Readonly<Record<string, Asset>> = {
  '/reference/swagger-ui.css': {
    find: () => import.meta.resolve('swagger-ui-dist/swagger-ui.css'),
    mediaType: 'text/css; charset=utf-8',
  },
  '/reference/swagger-ui.js': {
    find: () => import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
    mediaType: 'text/javascript; charset=utf-8',
  },
}

/** The pages for people, and what they load; undefined for everything else. Nothing of them is loaded before. */
export function answerPage(call: Call, facts: PageFacts): Promise<Answer> | undefined {
  if (call.method !== 'GET' && call.method !== 'HEAD') return undefined
  switch (call.path) {
    case '/':
      return import('./home-page.ts').then(({ homePage }) => homePage({ ...facts, origin: originOf(call) }))
    case '/reference':
      return import('./reference-page.ts').then(({ referencePage }) => referencePage())
    case '/openapi.json':
      return Promise.resolve(jsonAnswer(200, { ...facts.document, servers: [{ url: originOf(call) }] }))
    default: {
      const asset = Object.hasOwn(ASSETS, call.path) ? ASSETS[call.path] : undefined
      return asset && readAsset(asset)
    }
  }
}

async function readAsset({ find, mediaType }: Asset): Promise<Answer> {
  return {
    status: 200,
    headers: { 'content-type': mediaType, 'cache-control': 'max-age=3600' },
    body: { kind: 'bytes', bytes: new Uint8Array(await readFile(new URL(find()))) },
  }
}
