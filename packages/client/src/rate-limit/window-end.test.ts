import { expect, test } from 'vitest'
import { WindowEnd } from './window-end.ts'

test('on a clock, the ends of all roundings are of one turn: a turn that fits one of them and the turn before of another leaves no minute in doubt', () => {
  const end = new WindowEnd(60_000)
  end.learnFirst({ sentAt: 1_000, answeredAt: 1_010 })
  end.learnFirst({ sentAt: 35_000, answeredAt: 35_010 })
  // Rounded up it ends at 151.4 s at the latest, rounded down a second later.
  end.learnReset({ sentAt: 106_411, answeredAt: 106_470 }, 45)
  end.learnTurn(91_833, 151_200)
  const { earliest = 0, latest = 0 } = end.after(150_000) ?? {}
  expect(Math.round(earliest / 1_000)).toBe(150)
  expect(Math.round(latest / 1_000)).toBe(152)
})
