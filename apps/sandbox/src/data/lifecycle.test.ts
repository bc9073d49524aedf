import { describe, expect, onTestFinished, test } from 'vitest'
import { bench } from '../testing/bench.ts'
import type { Bench } from '../testing/bench.ts'

const DAY_MS = 24 * 3_600_000
const SHOWN = '?page=1,1000&fields=id,status,size,attempt_count,failure_reason,expire_time,update_time'

function begin(options: Parameters<typeof bench>[0] = {}): Bench {
  const at = bench({ items: 400, limits: 'off', ...options })
  onTestFinished(() => at.sandbox.close())
  return at
}

describe('an export', () => {
  test('that is under way ends within minutes: ready with a file, or failed with a reason', async () => {
    const { list, clock } = begin()
    const before = (await list(SHOWN)).items.filter(({ status }) => status === 'queued' || status === 'processing')
    expect(new Set(before.map(({ status }) => status))).toEqual(new Set(['queued', 'processing']))
    clock.advance(10 * 60_000)
    const after = new Map((await list(SHOWN)).items.map((item) => [item['id'], item]))
    const ended = before.map(({ id }) => after.get(id))
    expect(ended.filter((item) => item?.['status'] === 'ready' && Number(item['size']) > 0)).not.toEqual([])
    expect(
      ended.filter(
        (item) =>
          !(item?.['status'] === 'ready' && item['size'] !== null) &&
          !(item?.['status'] === 'failed' && item['size'] === null && item['failure_reason'] !== null),
      ),
    ).toEqual([])
  })

  test('passes through every status at the moment at which it was due, however late a request comes', async () => {
    const { sandbox, list, clock } = begin({ items: 0 })
    await sandbox.setState('export 7 is being prepared', { seconds: 10 })
    clock.advance(8 * DAY_MS)
    expect((await list(SHOWN)).items).toEqual([
      {
        id: '7',
        status: 'expired',
        size: 125,
        attempt_count: 1,
        failure_reason: null,
        expire_time: '2026-01-08 00:00:10',
        update_time: '2026-01-08 00:00:10',
      },
    ])
  })

  test('is the same whether it was looked at every hour or only at the end', async () => {
    const [patient, curious] = [begin(), begin()]
    for (let hour = 0; hour < 24 * 9; hour += 1) {
      curious.clock.advance(3_600_000)
      await curious.list('?page=1,1')
    }
    patient.clock.advance(9 * DAY_MS)
    expect(await curious.list(SHOWN)).toEqual(await patient.list(SHOWN))
  })

  test('that has expired has no file any more', async () => {
    const { list, ask, clock } = begin()
    const expiring = (await list('?page=1,1000&fields=id,status,expire_time')).items.filter(
      ({ status, expire_time }) => status === 'ready' && expire_time !== null && expire_time !== '2021-07-30 12:50:13',
    )
    clock.advance(366 * DAY_MS)
    expect(expiring.length).toBeGreaterThan(100)
    for (const { id } of expiring) {
      expect((await ask(`/v1/hood/exports/${String(id)}/download`)).status).toBe(404)
    }
  })

  test('is found by what it has become: searches and orders do not remember the time before', async () => {
    const { list, clock } = begin()
    const search = '?q=internal&q_fields=failed_reason&page=1,1'
    const before = (await list(search)).total
    const [first] = (await list('?sort=-update_time&fields=update_time&page=1,1')).items
    clock.advance(10 * 60_000)
    expect((await list(search)).total).toBeGreaterThan(before)
    expect((await list('?sort=-update_time&fields=update_time&page=1,1')).items).not.toEqual([first])
  })
})

describe('a download', () => {
  test('is counted, and does not change the order of anything else', async () => {
    const { list, ask } = begin({ items: 3 })
    await ask('/v1/hood/exports/1000000/download')
    await ask('/v1/hood/exports/1000000/download', { method: 'HEAD' })
    expect((await list('?id=1000000&fields=download_count')).items).toEqual([{ download_count: 2 }])
  })
})
