import { UsageError, names, readBaseUrl, readToken, tokenFrom } from '@hood-exports/command-line'
import { TOKEN_VARIABLES } from './verify/credential.ts'
import type { TokenOwner, Tokens } from './verify/credential.ts'
import { FAMILIES, LAWS, LAW_NAMES } from './verify/laws.ts'
import type { LawName } from './verify/laws.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** @throws UsageError */
export function findBaseUrl(option: string | undefined, { HOOD_BASE_URL: variable }: Environment): string {
  if (option !== undefined && option !== '') return readBaseUrl(option, '--base-url')
  if (variable !== undefined && variable !== '') return readBaseUrl(variable, 'HOOD_BASE_URL')
  throw new UsageError('no provider to look at: give --base-url, such as http://127.0.0.1:4020, or set HOOD_BASE_URL')
}

/**
 * @param stdin where the main token comes from instead of its variable
 * @throws UsageError
 */
export async function readTokens(
  environment: Environment,
  stdin?: AsyncIterable<string | Uint8Array>,
): Promise<Tokens> {
  const given = new Map<TokenOwner, string>()
  for (const [owner, variable] of Object.entries(TOKEN_VARIABLES) as [TokenOwner, string][]) {
    const isFromStdin = owner === 'main' && stdin !== undefined
    const token = isFromStdin ? await readToken(stdin) : tokenFrom(environment[variable], variable)
    if (token === undefined) continue
    const [twin] = [...given].find(([, other]) => other === token) ?? []
    if (twin !== undefined) {
      throw new UsageError(`${variable} has the token of ${TOKEN_VARIABLES[twin]}: give another one, or leave it unset`)
    }
    given.set(owner, token)
  }
  const main = given.get('main')
  if (main !== undefined) return { ...Object.fromEntries(given), main }
  throw new UsageError(
    stdin === undefined
      ? 'no token: set HOOD_TOKEN, or pass one on standard input with --token-stdin'
      : 'no token came on standard input: pipe one in, or set HOOD_TOKEN and leave --token-stdin out',
  )
}

/** @throws UsageError where nothing can be used up */
export function checkUseUp(
  { useUp, limits }: { useUp: 'none' | 'third'; limits: 'on' | 'off' },
  { third }: Tokens,
): void {
  if (useUp === 'none') return
  if (limits === 'off')
    throw new UsageError('--use-up third looks at a quota, which --limits off says there is none of')
  if (third === undefined) throw new UsageError(`--use-up third needs a third account: set ${TOKEN_VARIABLES.third}`)
}

/** The options that name families or laws, with commas between them. */
export interface LawFlags {
  readonly only?: string | undefined
  readonly except?: string | undefined
}

/**
 * Left out, `only` stays so and `except` is none.
 *
 * @throws UsageError for a name that is none, and where no law is left
 */
export function readLaws({ only, except }: LawFlags): { only?: readonly LawName[]; except: readonly LawName[] } {
  const laws = {
    ...(only !== undefined && { only: lawsNamed('--only', only) }),
    except: except === undefined ? [] : lawsNamed('--except', except),
  }
  if ((laws.only ?? LAW_NAMES).some((law) => !laws.except.includes(law))) return laws
  throw new UsageError('--except leaves no law to look at: name fewer')
}

function lawsNamed(option: string, given: string): LawName[] {
  return names(given).flatMap((name) => {
    const laws = LAW_NAMES.filter((law) => law === name || LAWS[law].family === name)
    if (laws.length > 0) return laws
    const families = FAMILIES.map((family) => family.name).join(', ')
    throw new UsageError(
      `${option} has ${JSON.stringify(name)}, which is no family and no law: the families are ${families}, and "hood-contract laws" lists the laws`,
    )
  })
}
