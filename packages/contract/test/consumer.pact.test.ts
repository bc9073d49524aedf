import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createExportsClient, toResult } from '@hood-exports/client'
import { METHODS, PATHS, STATUSES } from '@hood-exports/openapi'
import { MatchersV3, PactV4 } from '@pact-foundation/pact'
import { afterAll, describe, expect, test } from 'vitest'
import { FILTERS } from './interactions/filters.ts'
import { EXISTS, ID, QUOTA, download } from './interactions/interaction.ts'
import type { Interaction } from './interactions/interaction.ts'
import { READS } from './interactions/reads.ts'
import { MISTAKES, REFUSALS } from './interactions/refusals.ts'
import { WRITES } from './interactions/writes.ts'
import { CONSUMER, PACTS_FOLDER, PACT_FILE, PACT_NAME, PACT_TOKEN, PROVIDER } from './pact-file.ts'
import type { PactFile } from './pact-file.ts'

const { regex } = MatchersV3

const folder = mkdtempSync(join(tmpdir(), 'hood-exports-pacts-'))
afterAll(() => rmSync(folder, { recursive: true }))

const pact = new PactV4({ consumer: CONSUMER, provider: PROVIDER, dir: folder, logLevel: 'error' })

function interact(interaction: Interaction): Promise<unknown> {
  const { title, state, method = 'GET', path, query, requestBody, status, headers = {}, body, call } = interaction
  return pact
    .addInteraction()
    .given(state)
    .uponReceiving(title)
    .withRequest(method, path, (request) => {
      request.headers({ Authorization: regex(String.raw`^Bearer \S+$`, `Bearer ${PACT_TOKEN}`) })
      if (query) request.query(query)
      if (requestBody) request.jsonBody(requestBody)
    })
    .willRespondWith(status, (response) => {
      response.headers(status === 429 ? headers : QUOTA)
      response.jsonBody(body)
    })
    .executeTest(async ({ url }) => {
      const client = createExportsClient({
        token: PACT_TOKEN,
        baseUrl: url,
        maxRetries: 0,
        maxRetryAfterMs: 0,
        deadlineMs: 900,
      })
      const { data, error: failure } = await toResult(call(client))
      return failure ?? data
    })
}

describe('what the client asks and gets', () => {
  test.each([...READS, ...FILTERS, ...WRITES])('$title', async (interaction) => {
    expect(await interact(interaction)).toEqual(interaction.expected)
  })

  test.each([...REFUSALS, ...MISTAKES])('$title', async (interaction) => {
    expect(await interact(interaction)).toMatchObject(interaction.expected as object)
  })

  test('a request for a file', async () => {
    const file = await pact
      .addInteraction()
      .given(EXISTS)
      .uponReceiving('a request for a file')
      .withRequest('GET', download, (request) => {
        request.headers({ Authorization: regex(String.raw`^Bearer \S+$`, `Bearer ${PACT_TOKEN}`) })
      })
      .willRespondWith(200, (response) => {
        // Any bytes: what is in the file is no part of the contract.
        response.headers({ ...QUOTA, 'Content-Type': regex('^text/csv', 'text/csv') })
      })
      .executeTest(async ({ url }) => {
        const sent = await createExportsClient({ token: PACT_TOKEN, baseUrl: url }).download(ID)
        return { contentType: sent.contentType, text: await sent.text() }
      })
    expect(file).toEqual({ contentType: 'text/csv', text: '' })
  })
})

describe('the pact', () => {
  test('meets every operation with every status that can be brought about', () => {
    const { interactions } = JSON.parse(readFileSync(join(folder, PACT_NAME), 'utf8')) as PactFile
    const met = new Set(interactions.map(({ request, response }) => `${operationOf(request)} ${response.status}`))
    const all = Object.entries(STATUSES).flatMap(([operation, statuses]) =>
      statuses.map((status) => `${operation} ${status}`),
    )
    // No id, nothing that could be unknown: the 404 of a list stands for pages past the end, which are not documented.
    expect(all.filter((pair) => !met.has(pair))).toEqual(['list 404'])
  })

  test('is the committed one, byte for byte (UPDATE_PACTS=1 rewrites it)', () => {
    const written = readFileSync(join(folder, PACT_NAME), 'utf8')
    if (process.env['UPDATE_PACTS'] === '1') {
      mkdirSync(PACTS_FOLDER, { recursive: true })
      copyFileSync(join(folder, PACT_NAME), PACT_FILE)
    }
    expect(written).toBe(readFileSync(PACT_FILE, 'utf8'))
  })
})

function operationOf({ method, path }: PactFile['interactions'][number]['request']): string | undefined {
  const template = path.replace(/\/(exports|quick-reports)\/[^/]+/, '/$1/{id}')
  const operations = Object.keys(PATHS) as (keyof typeof PATHS)[]
  return operations.find((operation) => PATHS[operation] === template && METHODS[operation] === method)
}
