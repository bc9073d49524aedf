import { text } from 'node:stream/consumers'
import { PATHS } from '@hood-exports/openapi'
import { Refusal } from './refusal.ts'
import { TOKEN_VARIABLES } from './verify/credential.ts'
import type { TokenOwner, Tokens } from './verify/credential.ts'
import { FAMILIES, LAWS, LAW_NAMES } from './verify/laws.ts'
import type { LawName } from './verify/laws.ts'

/** @throws Refusal */
export function readBaseUrl(given: string | undefined): string {
  if (given === undefined || given === '') {
    throw new Refusal('no provider to look at: give --base-url, such as http://127.0.0.1:4020, or set HOOD_BASE_URL')
  }
  const url = URL.parse(given)
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new Refusal(
      `the base URL ${JSON.stringify(given)} is no http or https URL: give one such as http://127.0.0.1:4020`,
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw new Refusal('the base URL has credentials in it: give the token in HOOD_TOKEN instead')
  }
  if (url.search !== '' || url.hash !== '') {
    throw new Refusal(`the base URL ${JSON.stringify(given)} has a query or a fragment: give it without`)
  }
  const prefix = url.pathname.replace(/\/+$/, '')
  if (prefix.endsWith(PATHS.list)) {
    const base = `${url.origin}${prefix.slice(0, -PATHS.list.length)}`
    throw new Refusal(`the base URL ${JSON.stringify(given)} names an operation: give what stands before it, ${base}`)
  }
  return `${url.origin}${prefix}`
}

/**
 * @param stdin where the main token comes from instead of its variable
 * @throws Refusal
 */
export async function readTokens(
  environment: Readonly<Record<string, string | undefined>>,
  stdin?: AsyncIterable<string | Uint8Array>,
): Promise<Tokens> {
  const owners = Object.keys(TOKEN_VARIABLES) as TokenOwner[]
  const given = new Map<TokenOwner, string>()
  for (const owner of owners) {
    const variable = TOKEN_VARIABLES[owner]
    const isFromStdin = owner === 'main' && stdin !== undefined
    const token = isFromStdin ? (await text(stdin)).trim() : environment[variable]
    const name = isFromStdin ? 'the token on standard input' : variable
    if (token === undefined || token === '') continue
    if (!/^[\x21-\x7e]+$/.test(token)) {
      throw new Refusal(`${name} is no token: give visible ASCII characters without spaces or line breaks`)
    }
    const [twin] = [...given].find(([, other]) => other === token) ?? []
    if (twin !== undefined) {
      throw new Refusal(`${name} has the token of ${TOKEN_VARIABLES[twin]}: give another one, or leave it unset`)
    }
    given.set(owner, token)
  }
  const main = given.get('main')
  if (main === undefined) {
    throw new Refusal(
      stdin === undefined
        ? 'no token: set HOOD_TOKEN, or pass one on standard input with --token-stdin'
        : 'no token came on standard input: pipe one in, or set HOOD_TOKEN and leave --token-stdin out',
    )
  }
  return { ...Object.fromEntries(given), main }
}

/** The options that name families or laws, with commas between them. */
export interface LawFlags {
  readonly only?: string | undefined
  readonly except?: string | undefined
}

/**
 * Left out, `only` is every law and `except` none.
 *
 * @throws Refusal for a name that is none, and where no law is left
 */
export function readLaws({ only, except }: LawFlags): { only: readonly LawName[]; except: readonly LawName[] } {
  const laws = {
    only: only === undefined ? LAW_NAMES : lawsNamed('--only', only),
    except: except === undefined ? [] : lawsNamed('--except', except),
  }
  if (laws.only.some((law) => !laws.except.includes(law))) return laws
  throw new Refusal('--except leaves no law to look at: name fewer')
}

function lawsNamed(option: string, given: string): LawName[] {
  const names = given.split(',').map((name) => name.trim())
  return names.flatMap((name) => {
    const laws = LAW_NAMES.filter((law) => law === name || LAWS[law].family === name)
    if (laws.length > 0) return laws
    throw new Refusal(
      `${option} has ${JSON.stringify(name)}, which is no family and no law: the families are ${FAMILIES.map((family) => family.name).join(', ')}, and "hood-contract laws" lists the laws`,
    )
  })
}
