import { describe, expect, test } from 'vitest'
import { createExportsClient } from '../client.ts'
import { toResult } from '../errors.ts'
import type { ExportItem } from '../export-item.ts'
import { buildItem, buildItems } from './build-item.ts'
import { createManualClock } from './manual-clock.ts'
import type { Scenario } from './scenario.ts'
import { createStandIn } from './stand-in.ts'
import type { StandInOptions } from './stand-in.ts'

const LIST = 'https://api.ocamba.com/v1/hood/exports'

describe('the stand-in', () => {
  test('answers with the spec’s example without options', async () => {
    const answer = await createStandIn().fetch(LIST)
    expect(await answer.json()).toEqual({ total: 1, items: [buildItem()] })
  })

  test.each([400, 401, 404, 429, 500] as const)('has the spec’s example of a %d', async (status) => {
    const standIn = createStandIn()
    standIn.next({ kind: 'status', status })
    const answer = await standIn.fetch(LIST)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code: status, title: expect.any(String) })
  })

  test('a 429 says how long to wait, or -1, and carries none of the other headers', async () => {
    const standIn = createStandIn({ limits: 'on' })
    standIn.next({ kind: 'status', status: 429, retryAfterS: -1 })
    const { headers } = await standIn.fetch(LIST)
    expect(headers.get('retry-after')).toBe('-1')
    expect(headers.get('x-ratelimit-limit')).toBeNull()
  })

  test('with limits, the eleventh request in a second is refused like the vendor does', async () => {
    const standIn = createStandIn({ limits: 'on', clock: createManualClock() })
    const answers = await Promise.all(Array.from({ length: 11 }, () => standIn.fetch(LIST)))
    expect(answers[9]?.headers.get('x-ratelimit-remaining')).toBe('0')
    expect([answers[10]?.status, answers[10]?.headers.get('retry-after')]).toEqual([429, '1'])
  })

  test.each<[string, unknown, string]>([
    ['an unknown kind', { kind: 'teapot' }, 'is no scenario: its kind is none of status, answer'],
    [
      'a status that the spec does not document',
      { kind: 'status', status: 418 },
      "use { kind: 'answer', status, body }",
    ],
    [
      'a misspelt member',
      { kind: 'status', status: 429, retryAfter: 30 },
      '"retryAfter" is no member of it. Allowed: kind, status, retryAfterS',
    ],
  ])('%s is refused when the test is arranged', (_title, scenario, message) => {
    expect(() => createStandIn().next(scenario as Scenario)).toThrow(message)
  })

  test('a misspelt option is refused', () => {
    expect(() => createStandIn({ item: [] } as StandInOptions)).toThrow('"item" is not an option. Allowed: items,')
  })

  test('a file is as long as its item says', async () => {
    const client = createExportsClient({ token: 'any', fetch: createStandIn().fetch })
    const [item] = (await client.list()).items
    const download = await client.download(item as ExportItem)
    await download.text()
    expect(download.sizeCheck).toBe('matches')
  })

  test('an unknown id is the documented 404', async () => {
    const client = createExportsClient({ token: 'any', fetch: createStandIn({ items: buildItems(2) }).fetch })
    expect((await toResult(client.get('7'))).error).toMatchObject({ kind: 'not-found', title: 'Not found.' })
  })
})
