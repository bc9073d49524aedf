/** Whether a `Content-Type` is JSON, or a kind of it such as `application/problem+json`. */
export function isJson(contentType: string | undefined): boolean {
  return /[/+]json\s*(?:;|$)/i.test(contentType ?? '')
}

const TOKEN = "[\\w!#$%&'*+.^`|~-]+"
const PARAMETER = `${TOKEN}=(?:${TOKEN}|"(?:[^"\\\\]|\\\\.)*")`
const MEDIA_TYPE = new RegExp(`^${TOKEN}/${TOKEN}(?:\\s*;\\s*(?:${PARAMETER})?)*$`)

/** Whether a `Content-Type` is one (RFC 9110, 8.3.1). */
export function isMediaType(contentType: string): boolean {
  return MEDIA_TYPE.test(contentType)
}

/** Without parameters that are none, as in `text/csv;`. */
export function withoutEmptyParameters(contentType: string): string {
  return contentType.replaceAll(/;(?=\s*(?:;|$))/g, '')
}
