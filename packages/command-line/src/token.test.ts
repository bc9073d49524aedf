import { describe, expect, test } from 'vitest'
import { readToken, refuseTokenIn, tokenFrom } from './token.ts'

describe('a token', () => {
  test.each([' abc\r\n', 'abc\n\n', '\tabc'])('%j loses the white space around it', (text) => {
    expect(tokenFrom(text, 'HOOD_TOKEN')).toBe('abc')
  })

  test.each([undefined, '', ' \n'])('%j is none', (text) => {
    expect(tokenFrom(text, 'HOOD_TOKEN')).toBeUndefined()
  })

  test.each(['two words', 'ключ', 'a\nb'])('%j is refused, and not repeated', (text) => {
    expect(() => tokenFrom(text, 'HOOD_TOKEN')).toThrow(
      /^HOOD_TOKEN is no token: give visible ASCII characters without spaces or line breaks$/,
    )
  })

  test('with its scheme is refused, and not repeated', () => {
    expect(() => tokenFrom('Bearer abc', 'HOOD_TOKEN')).toThrow(
      /^HOOD_TOKEN begins with "Bearer": give the token alone$/,
    )
  })

  test('comes in pieces through standard input', async () => {
    expect(
      await readToken(
        (async function* () {
          yield 'ab'
          yield new TextEncoder().encode('c\n')
        })(),
      ),
    ).toBe('abc')
  })

  test('of a file given by mistake is not read to its end', async () => {
    async function* endless(): AsyncGenerator<string> {
      for (;;) yield 'x'.repeat(1_000)
    }
    await expect(readToken(endless())).rejects.toThrow('standard input has more than 16384 characters')
  })

  test.each([[['--token', 'abc']], [['verify', '--token=abc']]])('in %j is refused, and not repeated', (argv) => {
    expect(() => refuseTokenIn(argv, 'set HOOD_TOKEN')).toThrow(
      /^A token on the command line can be read by every program on this machine: set HOOD_TOKEN$/,
    )
  })

  test.each([[['--token-stdin']], [['--', '--token']]])('is not in %j', (argv) => {
    expect(() => refuseTokenIn(argv, 'set HOOD_TOKEN')).not.toThrow()
  })
})
