/** Where a proxy passes requests on to. What was given may have a password in it, so it is not repeated. @throws RangeError */
export function parseOrigin(origin: string): URL {
  const url = URL.parse(origin)
  const isUsable = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.search === ''
  if (!isUsable) {
    throw new RangeError('proxy: give an origin such as http://127.0.0.1:4020, without credentials or query')
  }
  return url
}
