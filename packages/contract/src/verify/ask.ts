import { PATHS } from '@hood-exports/openapi'
import { MAIN, authorizationInShell } from './credential.ts'
import type { Credential } from './credential.ts'
import { toSearch } from './list-query.ts'
import type { ListQuery } from './list-query.ts'

/** One request that is to be sent. */
export interface Ask {
  readonly operation: 'list' | 'view' | 'download'
  readonly method: 'GET' | 'HEAD'
  readonly path: string
  /** Without `?`. */
  readonly search: string
  readonly credential: Credential
  /** What `search` means; undefined when it is wrong on purpose. */
  readonly query: ListQuery | undefined
}

export function askList(query: ListQuery, credential: Credential = MAIN): Ask {
  return { operation: 'list', method: 'GET', path: PATHS.list, search: toSearch(query), credential, query }
}

export function askView(id: string, query: ListQuery = {}, credential: Credential = MAIN): Ask {
  return { operation: 'view', method: 'GET', path: at(PATHS.view, id), search: toSearch(query), credential, query }
}

export function askDownload(id: string, credential: Credential = MAIN): Ask {
  return { operation: 'download', method: 'GET', path: at(PATHS.download, id), search: '', credential, query: {} }
}

/** A query that is wrong on purpose. `view` asks for the item with that id. */
export function askWrongly(search: string, viewedId?: string): Ask {
  const right = viewedId === undefined ? askList({}) : askView(viewedId)
  return { ...right, search, query: undefined }
}

export function target({ path, search }: Ask): string {
  return search === '' ? path : `${path}?${search}`
}

/** For people: `GET /v1/hood/exports?page=1`, and whose request it was. */
export function describeAsk(ask: Ask): string {
  const { credential } = ask
  const who =
    credential.kind === 'token'
      ? { main: '', same: ' with the second token', other: ' as the other account', third: ' as the third account' }[
          credential.of
        ]
      : {
          none: ' without a token',
          empty: ' with an empty token',
          unknown: ' with an unknown token',
          shortened: ' with a token that lacks its last character',
          lengthened: ' with a token that has one character more',
          'swapped-case': ' with a token in the other case',
          'no-scheme': ' with a token and no scheme before it',
          'other-scheme': ' with the token after "Basic"',
        }[credential.kind]
  return `${ask.method} ${target(ask)}${who}`
}

/** Equal for requests that should have equal answers. */
export function askKey(ask: Ask): string {
  const { credential } = ask
  return `${ask.method} ${credential.kind === 'token' ? credential.of : credential.kind} ${target(ask)}`
}

/** A line for a shell that sends the request again; the tokens stay in their variables. */
export function curl(ask: Ask, baseUrl: string): string {
  const header = authorizationInShell(ask.credential)
  const show = ask.method === 'HEAD' ? '-I' : '-i'
  return `curl -sS ${show}${header === undefined ? '' : ` -H "Authorization: ${header}"`} '${baseUrl}${target(ask).replaceAll("'", '%27')}'`
}

function at(template: string, id: string): string {
  return template.replace('{id}', encodeURIComponent(id))
}
