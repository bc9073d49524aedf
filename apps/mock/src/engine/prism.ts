import { createRequire } from 'node:module'
import type { IHttpConfig, IHttpResponse, PrismHttpInstance, ProblemJsonError } from '@stoplight/prism-http'
import { answersOf, hasAnswer } from './documented-answer.ts'
import { createOperations } from './operation.ts'
import type { Operation, Operations } from './operation.ts'
import type { Preference } from './preference.ts'
import { prismRequest, unreadableReason } from './prism-request.ts'
import { reasonsOf, sentence } from './reasons.ts'
import type { Validation } from './reasons.ts'
import type { EngineRequest } from './request.ts'
import { SILENT } from './silent-logger.ts'

export type EngineAnswer =
  /** `reasons`: what Prism found wrong with the request; empty for a good one. */
  | { readonly kind: 'answer'; readonly response: IHttpResponse; readonly reasons: readonly string[] }
  /** The preference names an answer that the document does not have. */
  | { readonly kind: 'no-such-answer'; readonly detail: string }
  | { readonly kind: 'no-such-path' }
  | { readonly kind: 'no-such-method'; readonly allowed: readonly string[] }
  /** The request is refused with a status that the document has no answer for. */
  | { readonly kind: 'undocumented'; readonly status: number; readonly reasons: readonly string[] }

/** What Prism found wrong with a request, and with the answer that another server has given to it. */
export interface Findings {
  readonly request: readonly string[]
  readonly response: readonly string[]
}

/** Prism, in this process: validates requests against the document, and answers from its examples. */
export interface Engine {
  readonly operations: Operations
  answer(request: EngineRequest, preference: Preference): Promise<EngineAnswer>
  /** The example of a status, whatever the request; undefined when no operation documents it. */
  example(status: number, near?: Operation): Promise<IHttpResponse | undefined>
  check(request: EngineRequest, response: IHttpResponse): Promise<Findings>
}

interface Generator {
  readonly JSONSchemaFaker: { option(options: Readonly<Record<string, unknown>>): void }
}

async function loadPrism(): Promise<typeof import('@stoplight/prism-http')> {
  const prism = await import('@stoplight/prism-http')
  const ofPrism = createRequire(createRequire(import.meta.url).resolve('@stoplight/prism-http'))
  // Dynamic answers would have members of made-up names wherever the document allows others than its own.
  const { JSONSchemaFaker } = ofPrism('json-schema-faker') as Generator
  JSONSchemaFaker.option({ fillProperties: false })
  return prism
}

/** @throws Error when the document is none that Prism can read. */
export async function createEngine(document: object): Promise<Engine> {
  const prism = await loadPrism()
  // Prism changes the document it is given.
  const operations = createOperations(await prism.getHttpOperationsFromSpec(structuredClone(document)))
  if (operations.all.length === 0) throw new Error('the document has no operations')
  const mocker = prism.createInstance(MOCK, { logger: SILENT })
  const all = [...operations.all]

  return {
    operations,
    answer: async (request, preference) => {
      const operation = operations.find(request.method, request.path)
      if (operation === undefined) {
        const allowed = operations.methodsOf(request.path)
        return allowed.length === 0 ? { kind: 'no-such-path' } : { kind: 'no-such-method', allowed }
      }
      const unreadable = unreadableReason(request)
      if (unreadable !== undefined) return { kind: 'undocumented', status: 400, reasons: [unreadable] }
      const ask = (wish: Preference) =>
        mocker.request(prismRequest(request, operation), all, {
          ...MOCK,
          validateResponse: wish.dynamic === true,
          mock: mockConfig(operation, wish),
        })()
      let result = await ask(preference)
      // What is made up does not always keep its own schema.
      for (let attempt = 1; attempt < MAX_ATTEMPTS && isAgainstSchema(result); attempt += 1) {
        result = await ask({ ...preference, seed: `${preference.seed} ${attempt}` })
      }
      if (result._tag === 'Left') return refusal(result.left, { request, preference, operation })
      const { output, validations } = result.right
      if (validations.input.length === 0 && !hasAnswer(operation, preference)) return noSuchAnswer(operation)
      return { kind: 'answer', response: output, reasons: reasonsOf(validations.input, request, operation) }
    },
    example: async (status, near) => {
      const operation = [near, ...all].find((candidate) =>
        candidate?.responses.some(({ code }) => code === String(status)),
      )
      if (operation === undefined) return undefined
      const { method, path } = operation
      const input = prismRequest({ method, path, search: '', headers: {} }, operation)
      const config = { ...MOCK, checkSecurity: false, validateRequest: false, mock: { dynamic: false, code: status } }
      const result = await mocker.request(input, all, config)()
      return result._tag === 'Right' ? result.right.output : undefined
    },
    check: async (request, response) => {
      const unreadable = unreadableReason(request)
      if (unreadable !== undefined) return { request: [unreadable], response: [] }
      const checker = prism.createInstance(CHECK, { logger: SILENT, forward: () => () => async () => right(response) })
      const operation = operations.find(request.method, request.path)
      const result = await checker.request(prismRequest(request, operation), all, CHECK)()
      if (result._tag === 'Left') return { request: [result.left.message], response: [] }
      const { input, output } = result.right.validations
      return { request: reasonsOf(input, request, operation), response: output.map(sentence) }
    },
  }
}

const MAX_ATTEMPTS = 30

function isAgainstSchema(result: Awaited<ReturnType<ReturnType<PrismHttpInstance['request']>>>): boolean {
  return result._tag === 'Right' && result.right.validations.output.length > 0
}

const MOCK: IHttpConfig = {
  isProxy: false,
  checkSecurity: true,
  validateRequest: true,
  validateResponse: false,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
}

const CHECK: IHttpConfig = {
  ...MOCK,
  isProxy: true,
  validateResponse: true,
  // Prism's own forwarder is never called: the answer is there already.
  upstream: new URL('http://upstream.invalid'),
}

const right = (response: IHttpResponse) => ({ _tag: 'Right', right: response }) as const

function mockConfig(operation: Operation, { code, example, dynamic = false, seed }: Preference): IHttpConfig['mock'] {
  const mediaType = specificMediaType(operation, code)
  return {
    dynamic,
    ...(code !== undefined && { code }),
    ...(example !== undefined && { exampleKey: example }),
    ...(seed !== undefined && { seed }),
    ...(mediaType !== undefined && { mediaTypes: [mediaType] }),
  }
}

/** Prism takes the least specific of several media types; the documented samples are of the specific ones. */
function specificMediaType({ responses }: Operation, code: number | undefined): string | undefined {
  const wanted = responses.find((response) =>
    code === undefined ? response.code.startsWith('2') : response.code === String(code),
  )
  const types = (wanted?.contents ?? []).map(({ mediaType }) => mediaType)
  return types.length > 1 ? types.find((type) => !type.includes('*')) : undefined
}

function refusal(error: Error, { request, preference, operation }: Refused): EngineAnswer {
  const { status, detail = error.message, additional } = error as Partial<ProblemJsonError> & Error
  const refused = (additional?.['validation'] ?? []) as readonly (Validation & { readonly location?: string[] })[]
  const isAnswerMissing = Object.keys(preference).length > 0 && status !== 401 && status !== 422 && status !== 415
  if (isAnswerMissing) return noSuchAnswer(operation)
  const validations = refused.map(({ location = [], ...validation }) => ({ ...validation, path: location }))
  return {
    kind: 'undocumented',
    status: status === 422 ? 400 : (status ?? 500),
    reasons: validations.length === 0 ? [detail] : reasonsOf(validations, request, operation),
  }
}

interface Refused {
  readonly request: EngineRequest
  readonly preference: Preference
  readonly operation: Operation
}

function noSuchAnswer(operation: Operation): EngineAnswer {
  return { kind: 'no-such-answer', detail: `this operation has ${answersOf(operation)}` }
}
