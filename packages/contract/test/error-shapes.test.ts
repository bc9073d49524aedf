import { createExportsClient, toResult } from '@hood-exports/client'
import { createMock } from '@hood-exports/mock'
import { document } from '@hood-exports/openapi/document'
import { describe, expect, test } from 'vitest'

interface Documented {
  readonly components: {
    readonly responses: Readonly<
      Record<
        string,
        {
          content: {
            'application/json': {
              examples: Record<string, { value: { code: number; title: string; message?: string; trace_id?: string } }>
            }
          }
        }
      >
    >
  }
}

const { responses } = (document as unknown as Documented).components
const bodies = Object.values(responses).flatMap(({ content }) =>
  Object.values(content['application/json'].examples).map(({ value }) => value),
)

/** What the user of the client gets for each documented status. */
const KINDS: Readonly<Record<number, string>> = {
  400: 'bad-request',
  401: 'unauthorized',
  404: 'not-found',
  429: 'rate-limited',
  500: 'server',
}

const mock = await createMock()

/** The mock's documented answer, through the real client. */
function clientOf(prefer: string): ReturnType<typeof createExportsClient> {
  return createExportsClient({
    token: 'any',
    maxRetries: 0,
    maxRetryAfterMs: 0,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      request.headers.set('prefer', prefer)
      return mock.fetch(request)
    },
  })
}

describe.each(bodies)('the documented body with code $code', (body) => {
  test.each(['list', 'get', 'download', 'retry', 'exportQuickReport'] as const)(
    'becomes the typed error of a %s, with every member it has',
    async (call) => {
      const client = clientOf(`code=${body.code}`)
      const { error } = await toResult<unknown>(call === 'list' ? client.list() : client[call]('1000000', {}))
      expect(error).toMatchObject({
        kind: KINDS[body.code],
        status: body.code,
        code: body.code,
        title: body.title,
        ...(body.message !== undefined && { detail: body.message }),
        traceId: body.trace_id,
        attempts: 1,
      })
      expect(error?.message).toContain(`${body.code}: ${body.title}`)
    },
  )

  test('is data for raw access', async () => {
    const { error } = await clientOf(`code=${body.code}`).raw.GET('/v1/hood/exports')
    expect(error).toEqual(body)
  })
})
