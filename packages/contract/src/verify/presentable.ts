/** A shorter token is a word, such as those that mocks take, and stands in longer words that are none. */
const SHORTEST_SECRET = 8

/** On one line, without what would move a cursor, and without the tokens that a provider may repeat in a body. */
export function presentable(text: string, secrets: readonly string[]): string {
  const line = text.toWellFormed().replaceAll(/[\s\p{Cc}]+/gu, ' ')
  return secrets.reduce((left, secret) => left.replaceAll(occurrencesOf(secret), '[token]'), line)
}

function occurrencesOf(secret: string): string | RegExp {
  if (secret.length >= SHORTEST_SECRET) return secret
  return new RegExp(`(?<![\\w])${secret.replaceAll(/[^\w]/g, '\\$&')}(?![\\w])`, 'g')
}
