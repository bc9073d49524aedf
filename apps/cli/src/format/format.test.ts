import { describe, expect, test } from 'vitest'
import { wantsColour } from '../terminal/colour.ts'
import { neutralise, neutraliseJson } from '../terminal/neutralise.ts'
import { fitMessage } from './fit-message.ts'
import { pad, truncate, widthOf, wrap } from './fit-text.ts'
import { counted, formatBytes, formatDuration } from './quantity.ts'
import { layOut } from './table-layout.ts'

describe('quantities', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.00 kB'],
    [9_994, '9.99 kB'],
    [9_995, '10.0 kB'],
    [99_949, '99.9 kB'],
    [99_950, '100 kB'],
    [999_499, '999 kB'],
    [999_500, '1.00 MB'],
    [123_456_789, '123 MB'],
    [Number.MAX_SAFE_INTEGER, '9.01 PB'],
    [1e21, '1000000 PB'],
  ])('%i bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  test.each([
    [0, '0 s'],
    [1, '1 s'],
    [59_001, '1 min'],
    [61_000, '1 min 1 s'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 min'],
    [90_000_000, '1 d 1 h'],
  ])('%i ms are %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  test('counts have their plural', () => {
    expect([counted(0, 'export'), counted(1, 'page'), counted(10_000, 'export')]).toEqual([
      '0 exports',
      '1 page',
      '10,000 exports',
    ])
  })
})

describe('texts', () => {
  test.each([
    ['abc', 3],
    ['東京', 4],
    ['e\u0301', 1],
    ['👩‍👩‍👧‍👦', 2],
    ['🇯🇵', 2],
    ['قائمة', 5],
  ])('%s takes %i columns', (text, width) => {
    expect(widthOf(text)).toBe(width)
  })

  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['東京都', 6, '東京都'],
    ['東京都', 5, '東京…'],
    ['東京都', 4, '東…'],
    ['a👩‍👩‍👧‍👦b', 3, 'a…'],
    ['e\u0301e\u0301', 2, 'e\u0301e\u0301'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
    ['x'.repeat(1_000_000), 3, 'xx…'],
  ])('%s in %i columns is %s', (text, columns, expected) => {
    expect(truncate(text, columns)).toBe(expected)
    expect(widthOf(truncate(text, columns))).toBeLessThanOrEqual(columns)
  })

  test('are filled up by columns, not by letters', () => {
    expect([pad('東', 4), pad('7', 3, 'right'), pad('long', 2)]).toEqual(['東  ', '  7', 'long'])
  })

  test('are wrapped between words, and within a word that is longer than a line', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
    expect(wrap('東京都 abcdefgh', 4)).toEqual(['東京', '都', 'abcd', 'efgh'])
  })

  test('messages keep what is copied in one piece', () => {
    expect(fitMessage('see https://example.com/a/long/address now', { columns: 20 })).toBe(
      'see\nhttps://example.com/a/long/address\nnow',
    )
    expect(fitMessage('one two', { columns: 12 }, 'error:')).toBe('one\ntwo')
    expect(fitMessage('one two', { columns: Infinity })).toBe('one two')
  })
})

describe('what a terminal would obey', () => {
  test('becomes a sign that can be seen, one for one', () => {
    expect(neutralise('\u001B[2J\u0007\r\n\t\u007F\u009B\u202E|é東👩‍👦')).toBe('␛[2J␇␍␊␉␡��|é東👩‍👦')
  })

  test('becomes an escape in JSON, whose value stays', () => {
    const value = { text: '\u001B\u007F\u009B\u202E\u2028' }
    const json = neutraliseJson(JSON.stringify(value, undefined, 2))
    expect(JSON.parse(json)).toEqual(value)
    expect(json).toBe('{\n  "text": "\\u001b\\u007f\\u009b\\u202e\\u2028"\n}')
  })
})

describe('colours', () => {
  test.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ TERM: 'dumb' }, true, false],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
  ])('%j on a terminal (%s): %s', (env, isTTY, expected) => {
    expect(wantsColour(env, isTTY)).toBe(expected)
  })
})

describe('the columns of a table', () => {
  const fields = [
    { field: 'id', natural: 7 },
    { field: 'status', natural: 10 },
    { field: 'size', natural: 7 },
    { field: 'create_time', natural: 19 },
    { field: 'name', natural: 60 },
  ]
  const optional = ['size', 'create_time', 'status']
  const widths = (columns: number): unknown =>
    layOut({ fields, columns, optional })?.map(({ field, width }) => `${field} ${width}`)

  test('are as wide as they need to be where nobody looks', () => {
    expect(widths(Infinity)).toEqual(['id 7', 'status 10', 'size 7', 'create_time 19', 'name 60'])
  })

  test.each([
    [200, ['id 7', 'status 10', 'size 7', 'create_time 16', 'name 60']],
    [100, ['id 7', 'status 10', 'size 7', 'create_time 16', 'name 52']],
    [60, ['id 7', 'status 10', 'size 7', 'create_time 11', 'name 17']],
    [50, ['id 7', 'status 10', 'create_time 11', 'name 16']],
    [40, ['id 7', 'status 10', 'name 19']],
    [30, ['id 7', 'name 21']],
    [20, undefined],
  ])('of %i are %j', (columns, expected) => {
    expect(widths(columns)).toEqual(expected)
  })

  test('that were asked for are never left out: what does not fit becomes records', () => {
    expect(layOut({ fields, columns: 50, optional: [] })).toBeUndefined()
  })
})
