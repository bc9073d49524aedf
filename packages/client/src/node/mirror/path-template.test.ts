import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildItem } from '../../testing/build-item.ts'
import { nameKey } from './file-names.ts'
import { parsePath } from './path-template.ts'

const item = buildItem({
  id: '1000000',
  name: 'Christmas list',
  resource: 'quick-reports',
  extension: 'csv',
  create_time: '2026-01-31 09:05:07',
  creator_id: null,
})

test.each([
  ['{id}', '1000000.csv'],
  ['{id}-{name}', '1000000-Christmas list.csv'],
  ['{create_time:YYYY/MM}/{resource}/{id}-{name}', '2026/01/quick-reports/1000000-Christmas list.csv'],
  ['{create_time}/{id}', '2026-01-31/1000000.csv'],
  ['{create_time:YYYYMMDD-HHmmss}_{id}', '20260131-090507_1000000.csv'],
  ['raw/{extension}/{id}', 'raw/csv/1000000'],
  ['{id}.{extension}', '1000000.csv'],
  ['by {creator_id}/{id}', 'by none/1000000.csv'],
])('%s is %s', (template, path) => {
  expect(parsePath(template)(item)).toBe(path)
})

test.each([
  [{ resource: '..', name: '../x' }, '{resource}/{name}-{id}', 'export/__x-1.csv'],
  [{ resource: 'con' }, '{resource}/{id}', '_con/1.csv'],
  [{ name: 'a/b\\c' }, '{id}-{name}', '1-a_b_c.csv'],
  [{ resource: '.ssh/' }, '{resource}/{id}', '_ssh_/1.csv'],
  [{ create_time: 'soon' }, '{create_time:YYYY}/{id}', 'none/1.csv'],
  [{ extension: null }, '{id}.{extension}', '1'],
])('%j leads nowhere else: %s is %s', (members, template, path) => {
  expect(parsePath(template)({ ...item, ...members, id: '1' })).toBe(path)
})

test.each([
  ['{name}', 'has no {id}, so two exports could get one path: write {id}-{name}, for example'],
  ['{id}-{nmae}', 'has {nmae}, which an export does not keep. Allowed: {id}, {name}, {resource}, {extension}'],
  ['{update_time:YYYY}/{id}', 'has {update_time}, which an export does not keep'],
  ['{name:YYYY}/{id}', 'has a format for {name}, which is no time: write {name}'],
  ['{create_time:yyyy}/{id}', 'has the format "yyyy", which is none. Allowed: YYYY, MM, DD, HH, mm, ss'],
  ['{create_time:}/{id}', 'has the format "", which is none'],
  ['{id', 'has a { or } that stands alone'],
  ['{id}}', 'has a { or } that stands alone'],
  ['a\\{id}', 'has a { or } that stands alone, or a \\'],
  ['/exports/{id}', 'leads out of the folder, or has a folder without a name'],
  ['../{id}', 'leads out of the folder'],
  ['a//{id}', 'leads out of the folder'],
  ['{id}/', 'leads out of the folder'],
  ['', 'has no {id}'],
])('%j is refused: %s', (template, message) => {
  expect(() => parsePath(template)).toThrow(`path: ${JSON.stringify(template)} ${message}`)
})

test('whatever an export is called, its path stays in the folder, is the same each time, and differs from others', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('..', '.', '/', 'CON', '', null))
  const pathOf = parsePath('{resource}/{create_time:YYYY/MM}/{id}-{name}')
  fc.assert(
    fc.property(text, text, text, (name, resource, createTime) => {
      const named = { id: '1', name, resource, extension: 'csv', create_time: createTime }
      const path = pathOf(named)
      expect(path).toBe(pathOf(named))
      expect(nameKey(path)).not.toBe(nameKey(pathOf({ ...named, id: '2' })))
      for (const segment of path.split('/')) {
        expect(segment).not.toMatch(/[\\\0:]|^\.|[. ]$|^$/)
        expect(Buffer.byteLength(segment)).toBeLessThanOrEqual(231)
      }
    }),
    { numRuns: 1_000 },
  )
})
