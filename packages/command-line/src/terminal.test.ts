import { describe, expect, test } from 'vitest'
import { fitMessage, neutralise, neutraliseJson, pad, truncate, wantsColour, widthOf, wrap } from './terminal.ts'

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
