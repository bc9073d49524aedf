import { describe, expect, test } from 'vitest'
import { errorAnswer } from './error-answer.ts'
import { jsonAnswer, withoutEnd } from './answer.ts'
import type { Exchange } from './answer.ts'
import { FAULTS, parseFaults } from './fault.ts'
import { createFaults } from './faults.ts'
import type { FaultOption } from './faults.ts'

describe('the fault language', () => {
  test.each(FAULTS)('has %s, as in the help: %s', (example) => {
    expect(parseFaults(example)).toHaveLength(1)
  })

  test('takes several, each with a share', () => {
    expect(parseFaults('delay=1-3ms, status=500@10%').map(({ probability }) => probability)).toEqual([1, 0.1])
  })

  test.each([
    '',
    'html,',
    'nope',
    'toString',
    'status',
    'status=200',
    'status=418',
    'retry-after=-2',
    'delay',
    'delay=x',
    'delay=1h',
    'delay=300-100',
    'delay=600001',
    'truncate=-1',
    'drop=1',
    'drop@0%',
    'drop@101%',
  ])('refuses "%s" with the way out', (text) => {
    expect(() => parseFaults(text)).toThrow(
      /^".*"(?: is not a fault: give status=500, |: a share of .* give more than 0%)/,
    )
  })
})

describe('a faulty request', () => {
  const exchange = async (fault: string, option: FaultOption = 'on') => {
    const slept: number[] = []
    const carriedOut: string[] = []
    const faults = createFaults({
      provider: 'mock',
      option,
      random: () => 0.5,
      clock: { sleep: async (ms) => void slept.push(ms) },
      closing: new AbortController().signal,
    })
    const call = { method: 'POST', path: '/', search: '', headers: { 'x-fault': fault } }
    const answer = async (): Promise<Exchange> => {
      carriedOut.push(`after ${slept.length} sleeps`)
      return withoutEnd(jsonAnswer(202, { id: '1' }))
    }
    const { answer: given } = await faults.exchange(call, { answer, error: errorAnswer })
    return { status: given.status, headers: given.headers, carriedOut, slept }
  }

  test.each(['status=500', 'drop', 'truncate=5', 'html', 'empty-500', 'no-items', 'unknown-values'])(
    'is carried out before %s changes its answer',
    async (fault) => {
      expect((await exchange(fault)).carriedOut).toEqual(['after 0 sleeps'])
    },
  )

  test.each([
    ['status=429', 429],
    ['status=401', 401],
    ['retry-after=-1', 429],
  ])('is not carried out where %s says that it was refused', async (fault, status) => {
    expect(await exchange(fault)).toMatchObject({ status, carriedOut: [] })
  })

  test('waits before it is carried out, by a time from the range', async () => {
    expect(await exchange('delay=100-300ms')).toMatchObject({ slept: [200], carriedOut: ['after 1 sleeps'] })
  })

  test('has the faults of every request as well as its own', async () => {
    expect(await exchange('status=500', 'delay=5')).toMatchObject({ status: 500, slept: [5] })
  })

  test('is left alone where chance says so', async () => {
    expect(await exchange('status=500@50%')).toMatchObject({ status: 202 })
    expect(await exchange('status=500@51%')).toMatchObject({ status: 500 })
  })
})

test.each(['x-mock-fault', 'x-sandbox-fault'])(
  'the old header %s still works, and the answer says so',
  async (name) => {
    const faults = createFaults({
      provider: 'sandbox',
      option: 'on',
      random: () => 0,
      clock: { sleep: async () => {} },
      closing: new AbortController().signal,
    })
    const call = { method: 'GET', path: '/', search: '', headers: { [name]: 'status=500' } }
    const { answer } = await faults.exchange(call, {
      answer: async () => withoutEnd(jsonAnswer(200, {})),
      error: errorAnswer,
    })
    expect(answer).toMatchObject({
      status: 500,
      headers: { 'x-sandbox-reason': `${name} will go with version 1: send x-fault` },
    })
  },
)
