/** Whether a `Content-Type` is JSON, or a kind of it such as `application/problem+json`. */
export function isJson(contentType: string | undefined): boolean {
  return /[/+]json\s*(?:;|$)/i.test(contentType ?? '')
}
