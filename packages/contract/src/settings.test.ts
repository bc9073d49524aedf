import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { checkUseUp, findBaseUrl, readLaws, readTokens } from './settings.ts'
import { LAWS, LAW_NAMES } from './verify/laws.ts'

describe('the base URL', () => {
  test('is the option, or else the variable, without a slash at its end', () => {
    const environment = { HOOD_BASE_URL: 'https://gateway.example/hood//' }
    expect([findBaseUrl('http://127.0.0.1:4020', environment), findBaseUrl('', environment)]).toEqual([
      'http://127.0.0.1:4020',
      'https://gateway.example/hood',
    ])
  })

  test('must be given', () => {
    expect(() => findBaseUrl(undefined, {})).toThrow(
      'no provider to look at: give --base-url, such as http://127.0.0.1:4020, or set HOOD_BASE_URL',
    )
  })

  test('that cannot be used is an error that names where it was given', () => {
    expect(() => findBaseUrl(undefined, { HOOD_BASE_URL: 'localhost:4020' })).toThrow(
      'HOOD_BASE_URL: "localhost:4020" is not an http(s) URL',
    )
  })
})

describe('the tokens', () => {
  test('come from four variables, each for an account', async () => {
    const environment = { HOOD_TOKEN: 'one', HOOD_TOKEN_SAME_ACCOUNT: 'two', HOOD_TOKEN_OTHER_ACCOUNT: 'three' }
    await expect(readTokens(environment)).resolves.toEqual({ main: 'one', same: 'two', other: 'three' })
  })

  test('an empty variable is an unset one', async () => {
    await expect(readTokens({ HOOD_TOKEN: 'one', HOOD_TOKEN_THIRD_ACCOUNT: '' })).resolves.toEqual({ main: 'one' })
  })

  test('the main one comes from standard input, without the line break of echo', async () => {
    await expect(readTokens({ HOOD_TOKEN: 'unused' }, Readable.from(['pip', 'ed\n']))).resolves.toEqual({
      main: 'piped',
    })
  })

  test.each([
    [{}, 'no token: set HOOD_TOKEN, or pass one on standard input with --token-stdin'],
    [{ HOOD_TOKEN: 'a b' }, 'HOOD_TOKEN is no token: give visible ASCII characters without spaces or line breaks'],
    [
      { HOOD_TOKEN: 'same', HOOD_TOKEN_OTHER_ACCOUNT: 'same' },
      'HOOD_TOKEN_OTHER_ACCOUNT has the token of HOOD_TOKEN: give another one, or leave it unset',
    ],
  ])('%o is refused', async (environment, message) => {
    await expect(readTokens(environment)).rejects.toThrow(message)
  })

  test('a token that is refused is not repeated', async () => {
    await expect(readTokens({ HOOD_TOKEN: 'top secret' })).rejects.not.toThrow('top secret')
  })

  test('nothing on standard input is refused', async () => {
    await expect(readTokens({}, Readable.from(['\n']))).rejects.toThrow(
      'no token came on standard input: pipe one in, or set HOOD_TOKEN and leave --token-stdin out',
    )
  })
})

describe.each(['only', 'except'] as const)('--%s', (option) => {
  test('takes families and single laws', () => {
    const family = LAW_NAMES.filter((law) => LAWS[law].family === 'search')
    expect(readLaws({ [option]: 'search, page-size' })[option]).toEqual([...family, 'page-size'])
  })

  test('names what it does not know, and what there is', () => {
    expect(() => readLaws({ [option]: 'sort,serach' })).toThrow(
      `--${option} has "serach", which is no family and no law: the families are transport, `,
    )
  })
})

test('without --only and --except nothing is chosen and nothing left out', () => {
  expect(readLaws({})).toEqual({ except: [] })
})

test('--except must leave a law to look at', () => {
  expect(() => readLaws({ only: 'sort', except: 'sort-order' })).toThrow(
    '--except leaves no law to look at: name fewer',
  )
})

describe('using a minute up', () => {
  test('needs a third account', () => {
    expect(() => checkUseUp({ useUp: 'third', limits: 'on' }, { main: 'one' })).toThrow(
      '--use-up third needs a third account: set HOOD_TOKEN_THIRD_ACCOUNT',
    )
  })

  test('needs a quota', () => {
    expect(() => checkUseUp({ useUp: 'third', limits: 'off' }, { main: 'one', third: 'two' })).toThrow(
      '--use-up third looks at a quota, which --limits off says there is none of',
    )
  })
})
