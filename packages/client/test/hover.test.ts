import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
// TypeScript 7 has no language service to ask.
import ts from 'typescript-5'

/** What an editor is asked about: the same calls as methods and as functions, which lie in files that do not exist. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'the methods of a client': `
    import { createExportsClient } from '../src/index.ts'
    const client = createExportsClient({ token: 'any' })
    const page = await client.list({ fields: ['size'], sort: ['name'], q: 'VIP', qFields: ['name'], page: 2, pageSize: 50 })
    void page.total
    void page.items
    void page.items[0]?.size
    void client.listAll({ q: 'all', pageSize: 60 })
    void (await client.get('1', { view: 'full' })).expire_time
    void (await client.get('1')).status
  `,
  'the functions over a connection': `
    import { connect, createRateLimiter, get, list, listAll } from '../src/calls.ts'
    const api = connect({ token: 'any', limiter: createRateLimiter() })
    const page = await list(api, { fields: ['size'], sort: ['name'], q: 'VIP', qFields: ['name'], page: 2, pageSize: 50 })
    void page.total
    void page.items
    void page.items[0]?.size
    void listAll(api, { q: 'all', pageSize: 60 })
    void (await get(api, '1', { view: 'full' })).expire_time
    void (await get(api, '1')).status
  `,
}
const FILES = new Map(
  Object.values(PROGRAMS).map((program, index) => [join(import.meta.dirname, `hovered-${index}.ts`), program]),
)
const service = languageService()

describe.each(Object.entries(PROGRAMS))('of %s, an editor shows what it means, over', (_name, program) => {
  const file = [...FILES.keys()].find((name) => FILES.get(name) === program) ?? ''

  test.each([
    ['fields in a query', "fields: ['size']", 'Return exactly these members'],
    ['sort', "sort: ['name']", 'most significant first'],
    ['q beside qFields', "q: 'VIP', qFields", 'Search term'],
    ['qFields', "qFields: ['name']", 'Which fields `q` looks in'],
    ['page', 'page: 2', 'Page number, a whole number from 1'],
    ['pageSize', 'pageSize: 50 })', 'Items per page, a whole number from 1'],
    ['q alone', "q: 'all'", 'Search term'],
    ['pageSize of every page', 'pageSize: 60 })', 'Items per page, a whole number from 1'],
    ['view', "view: 'full' }))", 'How much of each item'],
    ['the total of a page', 'total', 'How many items match'],
    ['the items of a page', 'items\n', 'The items of this page'],
    ['a member asked for with fields', 'size\n', 'The size of the file'],
    ['a member of the full view', 'expire_time', 'When the file expires'],
    ['a member of the default view', 'status\n', 'Only `ready` is documented'],
  ])('%s', (_title, place, meaning) => {
    const { documentation, tags = [] } = service.getQuickInfoAtPosition(file, program.indexOf(place)) ?? {}
    // The generated types have their texts in a tag, `@description`.
    const shown = [documentation, ...tags.map(({ text }) => text)].map((parts) => ts.displayPartsToString(parts))
    expect(shown.join('\n')).toContain(meaning)
  })

  test('a program in which nothing is wrong', () => {
    expect(service.getSemanticDiagnostics(file).map(({ messageText }) => messageText)).toEqual([])
  })
})

/** TypeScript as editors ask it, over files that are only in memory. */
function languageService(): ts.LanguageService {
  const config = join(import.meta.dirname, '../../../tsconfig.base.json')
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    join(import.meta.dirname, '..'),
  )
  const read = (file: string) => FILES.get(file) ?? ts.sys.readFile(file)
  return ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [...FILES.keys()],
    getScriptVersion: () => '1',
    getScriptSnapshot(file) {
      const text = read(file)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => join(import.meta.dirname, '..'),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (file) => FILES.has(file) || ts.sys.fileExists(file),
    readFile: read,
  })
}
