/** Which provider answers. */
export type ProviderName = 'mock' | 'sandbox'

/** The header that says what was wrong with a request. */
export function reasonHeader(provider: ProviderName): `x-${ProviderName}-reason` {
  return `x-${provider}-reason`
}
