import { nearest } from '@hood-exports/command-line/nearest'

/** The header that says what of a request was ignored. */
export const HINT_HEADER = 'x-hint'

const BRACKETS = /\[[^\]]*\]$/

/**
 * A sentence for each parameter of a query that the operation does not take: the API ignores it, so a typing mistake is
 * a 200. Lists as axios and orval write them, `sort[]=name`, are the likeliest.
 */
export function ignoredParameters(search: string, known: readonly string[]): string[] {
  // Most queries are plain: nothing of them is decoded.
  if (search.split('&').every((pair) => known.includes(pair.split('=', 1)[0] ?? ''))) return []
  const names = new Set(new URLSearchParams(search).keys())
  return [...names].filter((name) => !known.includes(name)).map((name) => ignored(name, known))
}

function ignored(name: string, known: readonly string[]): string {
  const sentence = `the query parameter ${JSON.stringify(name)} is not documented and was ignored`
  const single = name.replace(BRACKETS, '')
  if (single !== name && known.includes(single)) return `${sentence}: send one, such as ${single}=a,b`
  const meant = nearest(name, known)
  return meant === undefined ? sentence : `${sentence}: did you mean "${meant}"?`
}
