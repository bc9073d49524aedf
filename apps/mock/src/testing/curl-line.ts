import type { AskOptions } from './mock-bench.ts'

/** The request that a line of curl in our texts sends: its options are -X, -H with a value in "", and -d with one in ''. */
export interface CurlCall extends AskOptions {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

export function curlCall(line: string): CurlCall {
  const [, url = ''] = / "?(http[^"]*)"?$/.exec(line) ?? []
  const [, body] = / -d '([^']*)'/.exec(line) ?? []
  const [, method = body === undefined ? 'GET' : 'POST'] = / -X (\w+)/.exec(line) ?? []
  const headers = [...line.matchAll(/ -H "([^:"]*): ([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])
  const { pathname, search } = new URL(url)
  return { method, path: pathname + search, headers: Object.fromEntries(headers), ...(body !== undefined && { body }) }
}

/** The lines of curl in a page. */
export function curlLinesOf(page: string): string[] {
  return [...page.matchAll(/<span class="line">(curl .*?)<\/span>/g)].map(([, line = '']) =>
    line.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&'),
  )
}
