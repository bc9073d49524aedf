import { expect, test } from 'vitest'
import { createStatusLine } from './status-line.ts'

function terminal({ isTTY = true, columns = 80 } = {}): {
  isTTY: boolean
  columns: number
  written: string
  write(text: string): boolean
} {
  return {
    isTTY,
    columns,
    written: '',
    write(text) {
      this.written += text
      return true
    },
  }
}

test('a line replaces the one before, and is cut where the terminal ends', () => {
  const stream = terminal({ columns: 8 })
  const line = createStatusLine(stream, 'xterm')
  line?.show('sort-order: request 1')
  line?.clear()
  expect(stream.written).toBe('\r\u001B[2Ksort-or\r\u001B[2K')
})

test('there is no line where no one could see it, and none on a terminal that cannot erase', () => {
  expect(createStatusLine(terminal({ isTTY: false }), 'xterm')).toBeUndefined()
  expect(createStatusLine(terminal(), 'dumb')).toBeUndefined()
})
