/** Whose token. `same` is another token of the account of `main`; `other` and `third` are other accounts. */
export type TokenOwner = 'main' | 'same' | 'other' | 'third'

/** What a request shows. All but `token` must be refused. */
export type Credential =
  | { readonly kind: 'token'; readonly of: TokenOwner }
  | { readonly kind: 'none' }
  /** `Authorization: Bearer` and nothing after it. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown' }
  /** The token without its last character. */
  | { readonly kind: 'shortened' }
  /** The token and one more character. */
  | { readonly kind: 'lengthened' }
  | { readonly kind: 'swapped-case' }
  /** The token after `Basic`. */
  | { readonly kind: 'other-scheme' }
  /** The token and nothing before it. */
  | { readonly kind: 'no-scheme' }

export type Tokens = { readonly main: string } & Readonly<Partial<Record<TokenOwner, string>>>

export const MAIN: Extract<Credential, { readonly kind: 'token' }> = { kind: 'token', of: 'main' }

/** The environment variable that holds the token of each. */
export const TOKEN_VARIABLES: Readonly<Record<TokenOwner, string>> = {
  main: 'HOOD_TOKEN',
  same: 'HOOD_TOKEN_SAME_ACCOUNT',
  other: 'HOOD_TOKEN_OTHER_ACCOUNT',
  third: 'HOOD_TOKEN_THIRD_ACCOUNT',
}

export function tokenOwnersOf(tokens: Tokens): ReadonlySet<TokenOwner> {
  const owners = Object.keys(TOKEN_VARIABLES) as TokenOwner[]
  return new Set(owners.filter((owner) => tokens[owner] !== undefined))
}

/** A token of no account. */
const UNKNOWN = 'hood-contract-no-such-token'

/** The value of `Authorization`; undefined: the header is not sent. */
export function authorization(credential: Credential, tokens: Tokens): string | undefined {
  const { main } = tokens
  switch (credential.kind) {
    case 'token':
      return `Bearer ${tokens[credential.of] ?? main}`
    case 'none':
      return undefined
    case 'empty':
      return 'Bearer'
    case 'unknown':
      return `Bearer ${UNKNOWN}`
    case 'shortened':
      return `Bearer ${main.slice(0, -1)}`
    case 'lengthened':
      return `Bearer ${main}x`
    case 'swapped-case':
      return `Bearer ${swapCase(main)}`
    case 'other-scheme':
      return `Basic ${main}`
    case 'no-scheme':
      return main
    default:
      return credential satisfies never
  }
}

/** The same header for a shell, with the variable in place of the token. */
export function authorizationInShell(credential: Credential): string | undefined {
  switch (credential.kind) {
    case 'token':
      return `Bearer $${TOKEN_VARIABLES[credential.of]}`
    case 'none':
      return undefined
    case 'empty':
      return 'Bearer'
    case 'unknown':
      return `Bearer ${UNKNOWN}`
    case 'shortened':
      return 'Bearer ${HOOD_TOKEN%?}'
    case 'lengthened':
      return 'Bearer ${HOOD_TOKEN}x'
    case 'swapped-case':
      return "Bearer $(printf %s \"$HOOD_TOKEN\" | tr 'A-Za-z' 'a-zA-Z')"
    case 'other-scheme':
      return 'Basic $HOOD_TOKEN'
    case 'no-scheme':
      return '$HOOD_TOKEN'
    default:
      return credential satisfies never
  }
}

export function swapCase(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}
