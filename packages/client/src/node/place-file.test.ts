import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeFile } from './place-file.ts'

let directory: string
let staged: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'place-file-'))
  staged = join(directory, 'a.part')
  await writeFile(staged, 'new')
})
afterEach(() => rm(directory, { recursive: true, force: true }))

test('a whole file gets its name, and loses the one that it had', async () => {
  const path = join(directory, 'a.csv')
  expect(await placeFile({ staged, path, onTaken: async () => undefined })).toBe(path)
  expect(await readdir(directory)).toEqual(['a.csv'])
  expect(await readFile(path, 'utf8')).toBe('new')
})

test('a name that is taken is never overwritten: the next one is tried', async () => {
  const path = join(directory, 'a.csv')
  await writeFile(path, 'mine')
  await writeFile(join(directory, 'b.csv'), 'mine, too')
  const names = ['b.csv', 'c.csv'].map((name) => join(directory, name))
  expect(await placeFile({ staged, path, onTaken: async () => names.shift() })).toBe(join(directory, 'c.csv'))
  expect(await readFile(path, 'utf8')).toBe('mine')
  expect(await readFile(join(directory, 'c.csv'), 'utf8')).toBe('new')
})

test('a file that will do is kept, and the new one is dropped', async () => {
  const path = join(directory, 'a.csv')
  await writeFile(path, 'the same')
  expect(await placeFile({ staged, path, onTaken: async () => undefined })).toBe(path)
  expect(await readdir(directory)).toEqual(['a.csv'])
  expect(await readFile(path, 'utf8')).toBe('the same')
})

test('of files that are placed at once under one name, each gets its own', async () => {
  const others = await Promise.all(
    ['1', '2', '3'].map(async (text) => {
      await writeFile(join(directory, `${text}.part`), text)
      let number = 1
      const onTaken = async (): Promise<string> => join(directory, `a (${(number += 1)}).csv`)
      return placeFile({ staged: join(directory, `${text}.part`), path: join(directory, 'a.csv'), onTaken })
    }),
  )
  expect(others.toSorted()).toEqual(['a (2).csv', 'a (3).csv', 'a.csv'].map((name) => join(directory, name)))
})
