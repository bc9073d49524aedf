/** One way in which headers are wrong. */
export type Lie =
  | { readonly kind: 'reset-off'; readonly byS: number }
  | { readonly kind: 'reset-always'; readonly seconds: number }
  | { readonly kind: 'remaining-always'; readonly requests: number }
  /** `undefined`: there is none. */
  | { readonly kind: 'retry-after'; readonly says: string | undefined }

/** Headers as the server sends them instead. What is absent stays absent. */
export function falsified(headers: Headers, lie: Lie | undefined): Headers {
  switch (lie?.kind) {
    case undefined:
      return headers
    case 'reset-off': {
      const seconds = Number(headers.get('x-ratelimit-reset')) + lie.byS
      return replaced(headers, 'x-ratelimit-reset', String(Math.max(0, seconds)))
    }
    case 'reset-always':
      return replaced(headers, 'x-ratelimit-reset', String(lie.seconds))
    case 'remaining-always':
      return replaced(headers, 'x-ratelimit-remaining', String(lie.requests))
    case 'retry-after':
      return replaced(headers, 'retry-after', lie.says)
  }
}

function replaced(headers: Headers, name: string, value: string | undefined): Headers {
  if (!headers.has(name)) return headers
  if (value === undefined) headers.delete(name)
  else headers.set(name, value)
  return headers
}
