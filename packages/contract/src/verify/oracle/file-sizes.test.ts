import { describe, expect, test } from 'vitest'
import { wrongSizes } from './file-sizes.ts'

/** Sizes of the account's items, which the files are of the first of. */
const SIZES = [31, 180, 502, 699, 1_098, 4_471, 90_210]

function wrongFiles(lengths: readonly number[], sizes: readonly number[] = SIZES): readonly number[] {
  const items = sizes.map((size, index) => ({ id: String(index), size }))
  const files = lengths.map((bytes, place) => ({ place, bytes, item: items[place] ?? {} }))
  return wrongSizes(files, items).map(({ place }) => place)
}

describe('a file is wrong', () => {
  test('where another one is as long as its size says', () => {
    expect(wrongFiles([31, 90, 502])).toEqual([1])
  })

  test.each([
    ['is empty', [0, 0, 0]],
    ['has a byte less', [30, 179, 501]],
    ['has a byte order mark', [34, 183, 505]],
    ['is halved', [15, 90, 251]],
    ['is in base64', [44, 240, 672]],
    ['is in base64 within JSON', [60, 256, 688]],
    ['has shorter line breaks', [29, 171, 485]],
    ['is that of another item', [180, 502, 31]],
  ])('when each of them %s', (_, lengths) => {
    expect(wrongFiles(lengths)).toEqual([0, 1, 2])
  })
})

describe('nothing is known of files', () => {
  test.each([
    ['that have nothing to do with their sizes', [57, 61, 44], SIZES],
    ['that are all the same', [27, 27, 27], SIZES],
    ['of items that all have the size of the vendor’s sample', [357, 90, 1_204], [125, 125, 125]],
    ['of sizes in kilobytes', [1_500, 753, 40_300], [2, 1, 40]],
    ['of sizes in bits', [31, 180, 502], [248, 1_440, 4_016]],
    ['of sizes in rows', [1_320, 7_011, 20_090], SIZES],
    ['of a single one', [90], SIZES],
  ])('%s', (_, lengths, sizes) => {
    expect(wrongFiles(lengths, sizes)).toEqual([])
  })
})
