import { describe, expect, test } from 'vitest'
import { LIST } from '../testing/bench.ts'
import type { Bench } from '../testing/bench.ts'
import { OPERATION, bytesOf, lifeOf, makingBench } from '../testing/making-bench.ts'

describe('a retry', () => {
  const retry = ({ ask }: Bench, id: string): ReturnType<Bench['ask']> => ask(`${LIST}/${id}/retry`, { method: 'POST' })

  test('of a failed export makes its file, and the reason stays until then', async () => {
    const at = makingBench()
    await at.sandbox.setState('export 7 has failed', { attempt_count: 3, failure_reason: 'No space' })
    const { status, json } = await retry(at, '7')
    expect([status, json]).toEqual([202, OPERATION])
    const before = { attempt_count: 4, size: null, failure_reason: 'No space' }
    expect(await lifeOf(at, '7')).toEqual({ ...before, status: 'queued' })
    at.clock.advance(1_000)
    expect(await lifeOf(at, '7')).toEqual({ ...before, status: 'processing' })
    at.clock.advance(1_000)
    expect(await lifeOf(at, '7')).toEqual({ status: 'ready', attempt_count: 4, size: 1_007, failure_reason: null })
    expect(await bytesOf(at, '7')).toBe(1_007)
  })

  test('can fail as well, and be retried', async () => {
    const at = makingBench()
    await at.sandbox.setState('export 7 has failed', { attempt_count: 1, failure_reason: 'No space' })
    await at.sandbox.setState('making an export takes', { seconds: 4, outcome: 'failed', times: 1 })
    await retry(at, '7')
    at.clock.advance(4_000)
    expect(await lifeOf(at, '7')).toMatchObject({ status: 'failed', attempt_count: 2, size: null })
    expect(await lifeOf(at, '7')).toMatchObject({ failure_reason: expect.stringContaining('internal error') as string })
    expect((await retry(at, '7')).status).toBe(202)
    at.clock.advance(2_000)
    expect(await lifeOf(at, '7')).toMatchObject({ status: 'ready', attempt_count: 3, failure_reason: null })
  })

  test.each(['ready', 'expired', 'cancelled', 'failed', 'a status of tomorrow'])(
    'of one that is "%s" is accepted, and its old file is gone meanwhile',
    async (status) => {
      const at = makingBench()
      await at.sandbox.setState('export 7 exists', { status, size: 300 })
      expect((await retry(at, '7')).status).toBe(202)
      expect((await at.ask(`${LIST}/7/download`)).status).toBe(404)
      expect((await at.list('?id=7&fields=size,download_url,expire_time')).items).toEqual([
        { size: null, download_url: null, expire_time: null },
      ])
      at.clock.advance(2_000)
      expect(await lifeOf(at, '7')).toMatchObject({ status: 'ready', attempt_count: 2, size: 300 })
      expect(await bytesOf(at, '7')).toBe(300)
    },
  )

  test.each(['queued', 'processing'])('of one that is "%s" is a 400, and changes nothing', async (status) => {
    const at = makingBench()
    await at.sandbox.setState('export 7 exists', { status })
    const before = (await at.ask(`${LIST}/7`)).json
    const reply = await retry(at, '7')
    expect([reply.status, reply.headers['x-sandbox-reason']]).toEqual([
      400,
      `the export is being prepared: its status is "${status}"; wait until it ends`,
    ])
    expect((await at.ask(`${LIST}/7`)).json).toEqual(before)
  })

  test('asked for twice is accepted once', async () => {
    const at = makingBench()
    expect([(await retry(at, '1000000')).status, (await retry(at, '1000000')).status]).toEqual([202, 400])
    at.clock.advance(60_000)
    expect(await lifeOf(at, '1000000')).toMatchObject({ status: 'ready', attempt_count: 2 })
  })

  test('of what the account does not have is a 404, and of what is no id a 400', async () => {
    const at = makingBench()
    for (const id of ['7', '01000000', '2000000000', '17430755068336100383']) {
      expect((await retry(at, id)).status).toBe(404)
    }
    expect((await retry(at, 'x')).status).toBe(400)
  })

  test('needs no body, and ignores one', async () => {
    const { ask } = makingBench()
    expect((await ask(`${LIST}/1000000/retry`, { method: 'POST', body: 'anything' })).status).toBe(202)
  })

  test('keeps the id, the name and the counts of the downloads', async () => {
    const at = makingBench()
    const kept = '?id=1000000&fields=id,name,description,create_time,download_count'
    const before = await at.list(kept)
    await retry(at, '1000000')
    at.clock.advance(2_000)
    expect(await at.list(kept)).toEqual(before)
    expect((await at.list()).total).toBe(3)
  })
})
