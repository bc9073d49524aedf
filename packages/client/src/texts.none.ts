/** What `#texts` is in production builds for browsers and workers: the failure without the way out, for the size. */
function none(): string {
  return ''
}

export { none as answerWayOut, none as wayOut }

export const foreignAnswer = ''

export function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : typeof value
}

export function badToken(): string {
  return 'is not a header value'
}

export function failedToken(): string {
  return 'is a function that failed'
}
