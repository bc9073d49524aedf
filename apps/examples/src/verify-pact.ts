import { Verifier } from '@pact-foundation/pact'

const {
  HOOD_BASE_URL: baseUrl = 'http://127.0.0.1:4020',
  HOOD_TOKEN: token,
  PACT_FILE: file = 'pact.json',
} = process.env

/** Brings the provider into a state; here it is the sandbox, started with `--control on`. */
const into = (state: string) => async (): Promise<void> => {
  const { ok } = await fetch(`${baseUrl}/_sandbox/states`, { method: 'POST', body: JSON.stringify({ state }) })
  if (!ok) throw new Error(`The provider knows no state "${state}"`)
}
const states = [
  'export 1000000 exists',
  'export 1000000 does not exist',
  'export 1000000 has failed',
  'no exports exist',
  'making an export takes',
  'quick report 42 does not exist',
  'the token is not valid',
  'the second window is used up',
  'the parallel limit is reached',
  'the server fails',
]
const output = await new Verifier({
  provider: 'hood-exports-api',
  providerBaseUrl: baseUrl,
  pactUrls: [file],
  stateHandlers: Object.fromEntries(states.map((state) => [state, into(state)])),
  requestFilter: (request: { headers: Record<string, string> }, _response: unknown, next: () => void) => {
    if (request.headers['authorization'] === 'Bearer pact-token') request.headers['authorization'] = `Bearer ${token}`
    next()
  },
  logLevel: 'error',
}).verifyProvider()
const { interactionResults } = JSON.parse(output) as { interactionResults: unknown[] }
if (interactionResults.length === 0)
  throw new Error(`${file} has no interaction with this provider: nothing was verified`)
console.log('The provider keeps the pact')
