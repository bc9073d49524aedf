import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import type { Answer } from '../http/answer.ts'
import { jsonAnswer } from '../http/answer.ts'
import { originOf } from '../http/call.ts'
import type { Call } from '../http/call.ts'
import type { HomePageOptions } from './home-page.ts'

/** What pages show of the mock. */
export type PageFacts = Omit<HomePageOptions, 'origin'>

const ASSETS: Readonly<Record<string, { readonly file: string; readonly mediaType: string }>> = {
  '/reference/swagger-ui.css': { file: 'swagger-ui.css', mediaType: 'text/css; charset=utf-8' },
  '/reference/swagger-ui.js': { file: 'swagger-ui-bundle.js', mediaType: 'text/javascript; charset=utf-8' },
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

async function readAsset({ file, mediaType }: { readonly file: string; readonly mediaType: string }): Promise<Answer> {
  const bytes = await readFile(createRequire(import.meta.url).resolve(`swagger-ui-dist/${file}`))
  return {
    status: 200,
    headers: { 'content-type': mediaType, 'cache-control': 'max-age=3600' },
    body: { kind: 'bytes', bytes: new Uint8Array(bytes) },
  }
}
