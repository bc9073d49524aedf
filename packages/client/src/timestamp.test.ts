import { expect, test } from 'vitest'
import { formatTimestamp, parseTimestamp } from './timestamp.ts'

test('a time is GMT, whatever zone the machine is in', () => {
  expect(parseTimestamp('2021-07-30 12:50:13').toISOString()).toBe('2021-07-30T12:50:13.000Z')
})

test('a moment is written in GMT, to the second', () => {
  expect(formatTimestamp(new Date('2021-07-30T14:50:13.999+02:00'))).toBe('2021-07-30 12:50:13')
})

test.each(['2021-07-30T12:50:13Z', '2021-07-30', '2021-13-01 00:00:00', '2021-02-30 00:00:00', ''])(
  '%j is refused',
  (text) => {
    expect(() => parseTimestamp(text)).toThrow(
      `${JSON.stringify(text)} is not a time: write YYYY-MM-DD HH:MM:SS, in GMT`,
    )
  },
)
