import { ExportsError } from '@hood-exports/client'
import type { Filter } from '@hood-exports/client'
import { describe, expect, test } from 'vitest'
import { createFilterGate } from './filter-gate.ts'

const FILTER: Filter = { status: 'ready' }
const refusal = new ExportsError('bad-request', 'The API answered 400', { status: 400, operation: 'list' })

/** A gate, and an API that refuses every filter. */
function arrange() {
  const asked: (Filter | undefined)[] = []
  const reported: Filter[] = []
  const gate = createFilterGate(async (filter) => void reported.push(filter))
  const ask = async (filter: Filter | undefined): Promise<string> => {
    asked.push(filter)
    if (filter !== undefined) throw refusal
    return 'everything'
  }
  return { gate, ask, asked, reported }
}

describe('a filter', () => {
  test('that is taken is asked with each time', async () => {
    const { gate, reported } = arrange()
    const ask = async (filter: Filter | undefined) => filter
    expect([await gate(FILTER, ask), await gate(FILTER, ask), reported]).toEqual([FILTER, FILTER, []])
  })

  test('that is refused is left out, reported once, and not asked with again', async () => {
    const { gate, ask, asked, reported } = arrange()
    expect([await gate(FILTER, ask), await gate(FILTER, ask)]).toEqual(['everything', 'everything'])
    expect([asked, reported]).toEqual([[FILTER, undefined, undefined], [FILTER]])
  })

  test('is not to blame when the question is refused without it as well', async () => {
    const { gate, reported } = arrange()
    await expect(gate(FILTER, () => Promise.reject(refusal))).rejects.toBe(refusal)
    expect(await gate(FILTER, async (filter) => filter)).toBe(FILTER)
    expect(reported).toEqual([])
  })

  test('is not to blame for any other failure', async () => {
    const { gate } = arrange()
    const failure = new ExportsError('server', 'The API answered 500', { status: 500, operation: 'list' })
    let asked = 0
    const failing = () => {
      asked += 1
      return Promise.reject(failure)
    }
    await expect(gate(FILTER, failing)).rejects.toBe(failure)
    expect(asked).toBe(1)
  })
})
