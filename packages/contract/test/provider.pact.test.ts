import { readFileSync } from 'node:fs'
import { startSandbox } from '@hood-exports/sandbox'
import type { StartedSandbox } from '@hood-exports/sandbox'
import { Verifier } from '@pact-foundation/pact'
import type { VerifierOptions } from '@pact-foundation/pact'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PACT_FILE, PACT_TOKEN, PROVIDER } from './pact-file.ts'
import type { PactFile } from './pact-file.ts'

let running: StartedSandbox
beforeAll(async () => {
  running = await startSandbox({ port: 0 })
})
afterAll(() => running.close())

/** Where the pact comes from: the committed file, or a broker, which is told what came of it. */
function pactSource(): Partial<VerifierOptions> {
  const {
    PACT_BROKER_BASE_URL: broker,
    PACT_BROKER_TOKEN: token,
    GIT_COMMIT: version,
    GIT_BRANCH: branch,
  } = process.env
  if (!broker || !version) return { pactUrls: [PACT_FILE] }
  return {
    pactBrokerUrl: broker,
    ...(token && { pactBrokerToken: token }),
    consumerVersionSelectors: [{ mainBranch: true }, { deployedOrReleased: true }],
    publishVerificationResult: true,
    providerVersion: version,
    ...(branch && { providerVersionBranch: branch }),
  }
}

test('the sandbox keeps the pact, verified by Pact with provider states', async () => {
  const { interactions } = JSON.parse(readFileSync(PACT_FILE, 'utf8')) as PactFile
  const states = new Set(interactions.flatMap(({ providerStates }) => providerStates.map(({ name }) => name)))
  const output = await new Verifier({
    provider: PROVIDER,
    providerBaseUrl: running.url,
    ...pactSource(),
    logLevel: 'error',
    stateHandlers: Object.fromEntries(
      [...states].map((name) => [
        name,
        async () => {
          await running.sandbox.setState(name)
        },
      ]),
    ),
    requestFilter: (request: { headers: Record<string, string> }, _response: unknown, next: () => void) => {
      if (request.headers['authorization'] === `Bearer ${PACT_TOKEN}`) {
        request.headers['authorization'] = `Bearer ${running.sandbox.tokens.main}`
      }
      next()
    },
  }).verifyProvider()
  const { interactionResults } = JSON.parse(output) as { interactionResults: { description: string; result: string }[] }
  // Where nothing is verified, nothing fails.
  expect(interactions).not.toEqual([])
  expect(interactionResults.filter(({ result }) => result !== 'OK')).toEqual([])
  expect(interactionResults.map(({ description }) => description).toSorted()).toEqual(
    interactions.map(({ description }) => description).toSorted(),
  )
}, 60_000)
