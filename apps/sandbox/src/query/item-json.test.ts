import { describe, expect, onTestFinished, test } from 'vitest'
import { NULLS_LEFT_OUT, NUMBERS_AS_TEXT } from '../choices.ts'
import type { Choices } from '../choices.ts'
import { LIST, bench } from '../testing/bench.ts'
import type { Bench } from '../testing/bench.ts'

describe('numbers as text', () => {
  const text = (choices: Partial<Choices> = {}): Bench => {
    const at = bench({ items: 300, limits: 'off', choices: { ...NUMBERS_AS_TEXT, ...choices } })
    onTestFinished(() => at.sandbox.close())
    return at
  }

  test('are strings of digits in a list, a view and an empty list, and null stays null', async () => {
    const at = text()
    await at.sandbox.setState('export 7 exists', { size: null, attempt_count: 0 })
    const counts = { size: '125', attempt_count: '1', download_count: '1' }
    const fields = 'fields=size,attempt_count,download_count'
    expect(await at.list(`?${fields}&id=1000000`)).toEqual({ total: '1', items: [counts] })
    expect((await at.ask(`${LIST}/1000000?${fields}`)).json).toEqual({ total: '1', items: [counts] })
    expect((await at.ask(`${LIST}/7?fields=size,attempt_count`)).json).toEqual({
      total: '1',
      items: [{ size: null, attempt_count: '0' }],
    })
    expect((await at.list()).total).toBe('301')
    expect(await at.list('?status=nothing')).toEqual({ total: '0', items: [] })
    expect(await at.list('?page=99')).toEqual({ total: '301', items: [] })
  })

  test('change nothing else: orders and filters are those of numbers', async () => {
    const [numbers, texts] = [bench({ items: 300 }), text()]
    const search = '?size=gt:1000&sort=size&page=1,1000'
    const { total, items } = await numbers.list(search)
    const asText = items.map((item) => ({
      ...item,
      size: String(item['size']),
      attempt_count: String(item['attempt_count']),
      download_count: String(item['download_count']),
    }))
    expect(await texts.list(search)).toEqual({ total: String(total), items: asText })
    numbers.sandbox.close()
  })

  test('go together with members that are left out', async () => {
    const at = text(NULLS_LEFT_OUT)
    await at.sandbox.setState('export 7 exists', { size: null })
    expect((await at.list('?id=7&fields=size,attempt_count')).items).toEqual([{ attempt_count: '1' }])
  })
})
