import { fileURLToPath } from 'node:url'

export const CONSUMER = 'hood-exports-client'
export const PROVIDER = 'hood-exports-api'

/** The token that stands in the pact; the verifier puts a real one in its place. */
export const PACT_TOKEN = 'pact-token'

/** Where pacts are committed. */
export const PACTS_FOLDER: string = fileURLToPath(new URL('../pacts', import.meta.url))
export const PACT_NAME: string = `${CONSUMER}-${PROVIDER}.json`
export const PACT_FILE: string = `${PACTS_FOLDER}/${PACT_NAME}`

/** The parts of a pact that the suites read. */
export interface PactFile {
  readonly interactions: readonly {
    readonly description: string
    readonly providerStates: readonly { readonly name: string }[]
    readonly request: {
      readonly method: string
      readonly path: string
      readonly query?: Readonly<Record<string, readonly string[]>>
    }
    readonly response: { readonly status: number }
  }[]
}
