import { describe, expect, test } from 'vitest'
import { readBaseUrl } from './base-url.ts'
import { UsageError } from './usage-error.ts'

describe('a base URL', () => {
  test.each([
    ['https://api.example', 'https://api.example'],
    ['http://127.0.0.1:4020/', 'http://127.0.0.1:4020'],
    ['https://api.example/gateway//', 'https://api.example/gateway'],
  ])('%s is read as %s', (text, expected) => {
    expect(readBaseUrl(text, '--base-url')).toBe(expected)
  })

  test.each([
    ['localhost:4020', '--base-url: "localhost:4020" is not an http(s) URL without query and fragment'],
    ['', '--base-url: "" is not an http(s) URL'],
    ['https://api.example/?a=1', '--base-url: "https://api.example/?a=1" is not an http(s) URL without query'],
    [
      'https://api.example/gateway/v1/hood/exports/',
      '--base-url: "https://api.example/gateway/v1/hood/exports/" names an operation: give what stands before it, https://api.example/gateway',
    ],
  ])('%j is refused with the rule and the way out', (text, message) => {
    expect(() => readBaseUrl(text, '--base-url')).toThrow(UsageError)
    expect(() => readBaseUrl(text, '--base-url')).toThrow(message)
  })

  test('with credentials is refused without repeating them', () => {
    expect(() => readBaseUrl('https://me:secret@api.example', 'HOOD_BASE_URL')).toThrow(
      /^HOOD_BASE_URL has credentials in it: give the token in HOOD_TOKEN instead$/,
    )
  })
})
