import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { startMock } from '../start.ts'
import type { StartOptions } from '../start.ts'
import { readSpec } from './read-spec.ts'
import type { SpecChange } from './watch-spec.ts'

let folder: string
const at = (name: string): string => join(folder, name)

const main = `openapi: 3.1.0
info: { title: Mine, version: '1' }
paths:
  /things:
    get:
      responses:
        '200': { $ref: parts/all.yaml }
`
const part = (value: string): string => `description: all
content:
  application/json:
    example: [${value}]
`

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mock-spec-'))
  await writeFile(at('main.yaml'), main.replace('parts/', ''))
  await writeFile(at('all.yaml'), part('first'))
  return () => rm(folder, { recursive: true })
})

interface Watched {
  /** What `/things` is answered with. */
  things(): Promise<unknown>
  /** The next change. */
  change(): Promise<SpecChange>
}

async function begin(options: StartOptions = {}): Promise<Watched> {
  const reply: SpecChange[] = []
  let wake = (): void => {}
  const onSpecChange = (change: SpecChange): void => {
    reply.push(change)
    wake()
  }
  const started = await startMock({ port: 0, spec: at('main.yaml'), onSpecChange, ...options })
  onTestFinished(() => started.close())
  return {
    things: async () => (await fetch(`${started.url}/things`)).json(),
    change: async () => {
      while (reply.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      return reply.shift() as SpecChange
    },
  }
}

describe('a document in files', () => {
  test('is answered, and anew when a file that it refers to has changed', async () => {
    const { things, change } = await begin()
    expect(await things()).toEqual(['first'])
    await writeFile(at('all.yaml'), part('second'))
    expect(await change()).toEqual({ kind: 'reloaded', files: [at('main.yaml'), at('all.yaml')] })
    expect(await things()).toEqual(['second'])
  })

  test('that is replaced, as editors do, is read anew', async () => {
    const { things, change } = await begin()
    await writeFile(at('new.yaml~'), part('replaced'))
    await rename(at('new.yaml~'), at('all.yaml'))
    await change()
    expect(await things()).toEqual(['replaced'])
  })

  test('that is broken says how, and the old one goes on answering until it is whole again', async () => {
    const { things, change } = await begin()
    await writeFile(at('main.yaml'), `${main}  - broken`)
    expect(await change()).toMatchObject({ kind: 'broken', message: expect.stringMatching(/main\.yaml: .*line 8/s) })
    expect(await things()).toEqual(['first'])
    await writeFile(at('main.yaml'), main.replace('parts/all', 'other'))
    expect(await change()).toMatchObject({ kind: 'broken', message: expect.stringContaining('other.yaml') })
    // The part that was missing appears.
    await writeFile(at('other.yaml'), part('other'))
    expect(await change()).toMatchObject({ kind: 'reloaded' })
    expect(await things()).toEqual(['other'])
  })
})

describe('a document that cannot be used', () => {
  test.each([
    ['nothing.yaml', undefined, 'nothing.yaml: there is no such file'],
    ['.', undefined, 'this is a folder; give the file with the OpenAPI document'],
    ['list.yaml', '- a', 'this is no OpenAPI 3 document'],
    ['text.yaml', 'hello', 'text.yaml'],
    ['old.yaml', 'swagger: "2.0"', 'this is no OpenAPI 3 document: it has no line such as `openapi: 3.1.1`'],
    ['empty.yaml', 'openapi: 3.1.0\npaths: {}', 'this document has no `paths`, and so no operation to answer'],
  ])('%s is an error at the start', async (name, text, message) => {
    if (text !== undefined) await writeFile(at(name), text)
    await expect(readSpec(at(name))).rejects.toThrow(message)
    await expect(startMock({ port: 0, spec: at(name) })).rejects.toThrow(message)
  })
})
