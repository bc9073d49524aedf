/** Whose token. `same` is another token of the account of `main`; `other` and `third` are other accounts. */
export type TokenOwner = 'main' | 'same' | 'other' | 'third'

/** What a request shows. All but `token` must be refused. */
export type Credential = { readonly kind: 'token'; readonly of: TokenOwner } | { readonly kind: RefusedKind }

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

interface Refused {
  /** The value of `Authorization`; undefined: the header is not sent. */
  readonly header: (mainToken: string) => string | undefined
  /** The same for a shell, with the variable in place of the token. */
  readonly inShell: string | undefined
  readonly inWords: string
}

type RefusedKind =
  | 'none'
  | 'empty'
  | 'unknown'
  | 'shortened'
  | 'lengthened'
  | 'swapped-case'
  | 'other-scheme'
  | 'no-scheme'

/** A token of no account. */
const UNKNOWN = 'Bearer hood-contract-no-such-token'

const REFUSED: Readonly<Record<RefusedKind, Refused>> = {
  none: { header: () => undefined, inShell: undefined, inWords: 'without a token' },
  empty: { header: () => 'Bearer', inShell: 'Bearer', inWords: 'with an empty token' },
  unknown: { header: () => UNKNOWN, inShell: UNKNOWN, inWords: 'with an unknown token' },
  shortened: {
    header: (token) => `Bearer ${token.slice(0, -1)}`,
    inShell: 'Bearer ${HOOD_TOKEN%?}',
    inWords: 'with a token that lacks its last character',
  },
  lengthened: {
    header: (token) => `Bearer ${token}x`,
    inShell: 'Bearer ${HOOD_TOKEN}x',
    inWords: 'with a token that has one character more',
  },
  'swapped-case': {
    header: (token) => `Bearer ${swapCase(token)}`,
    inShell: "Bearer $(printf %s \"$HOOD_TOKEN\" | tr 'A-Za-z' 'a-zA-Z')",
    inWords: 'with a token in the other case',
  },
  'other-scheme': {
    header: (token) => `Basic ${token}`,
    inShell: 'Basic $HOOD_TOKEN',
    inWords: 'with the token after "Basic"',
  },
  'no-scheme': { header: (token) => token, inShell: '$HOOD_TOKEN', inWords: 'with a token and no scheme before it' },
}

const OWNERS_IN_WORDS: Readonly<Record<TokenOwner, string>> = {
  main: '',
  same: 'with the second token',
  other: 'as the other account',
  third: 'as the third account',
}

/** The value of `Authorization`; undefined: the header is not sent. */
export function authorization(credential: Credential, tokens: Tokens): string | undefined {
  const { main } = tokens
  return credential.kind === 'token' ? `Bearer ${tokens[credential.of] ?? main}` : REFUSED[credential.kind].header(main)
}

/** The same header for a shell, with the variable in place of the token. */
export function authorizationInShell(credential: Credential): string | undefined {
  return credential.kind === 'token' ? `Bearer $${TOKEN_VARIABLES[credential.of]}` : REFUSED[credential.kind].inShell
}

/** Empty for the main token. */
export function describeCredential(credential: Credential): string {
  return credential.kind === 'token' ? OWNERS_IN_WORDS[credential.of] : REFUSED[credential.kind].inWords
}

function swapCase(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}
