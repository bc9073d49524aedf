import { describe, expect, onTestFinished, test } from 'vitest'
import { REPORT, bench } from '../testing/bench.ts'
import type { Bench } from '../testing/bench.ts'

function begin(): Bench {
  const at = bench({ items: 3, limits: 'off' })
  onTestFinished(() => at.sandbox.close())
  return at
}

describe('a request for an export that is not valid makes none, and says why', () => {
  test.each<[string, unknown, string]>([
    ['a list', [], 'the body is not an object of JSON: send one such as {"name": "Campaigns of July", "out": "csv"}'],
    ['null', null, 'the body is not an object of JSON'],
    ['a string', 'out=csv', 'the body is not an object of JSON'],
    ['a name of another type', { name: 7 }, '"name" of the body cannot be 7: it must be a string'],
    ['a name of null', { name: null }, '"name" of the body cannot be null: it must be a string'],
    ['another format', { out: 'xlsx' }, '"out" of the body cannot be "xlsx": it must be "csv" or "json"'],
    ['a source of another type', { source: [] }, '"source" of the body cannot be []: it must be a string'],
    ['a list of fields', { fields: ['sent'] }, '"fields" of the body cannot be ["sent"]: it must be a string: names'],
    ['a sort of another type', { sort: 1 }, '"sort" of the body cannot be 1: it must be a string'],
    ['a resolution of another type', { resolution: {} }, '"resolution" of the body cannot be {}: it must be a string'],
    ['a precision with a fraction', { precision: 1.5 }, '"precision" of the body cannot be 1.5: it must be a whole'],
    ['a negative precision', { precision: -1 }, '"precision" of the body cannot be -1'],
    ['a precision as a text', { precision: '4' }, '"precision" of the body cannot be "4"'],
    ['filters as a text', { filters: 'a=b' }, '"filters" of the body cannot be "a=b": it must be an object of strings'],
    ['filters as a list', { filters: ['a'] }, '"filters" of the body cannot be ["a"]'],
    ['a filter that is a number', { filters: { a: 1 } }, '"filters" of the body cannot be {"a":1}'],
  ])('%s', async (_title, json, reason) => {
    const { ask, list } = begin()
    const { status, headers } = await ask(REPORT, { json })
    expect([status, headers['x-sandbox-reason']]).toEqual([400, expect.stringContaining(reason)])
    expect((await list()).total).toBe(3)
  })

  test.each([
    ['no body', {}, 'the body is sent with no Content-Type: send JSON, with "Content-Type: application/json"'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'the body is sent with "Content-Type: app'],
    ['another kind of JSON', { 'content-type': 'application/jsonlines' }, 'send JSON'],
    ['JSON that is none', { 'content-type': 'application/json' }, 'the body is not an object of JSON'],
  ])('%s', async (title, headers, reason) => {
    const { ask, list } = begin()
    const body = title === 'no body' ? {} : { body: '{"out": csv}' }
    const reply = await ask(REPORT, { method: 'POST', headers, ...body })
    expect([reply.status, reply.headers['x-sandbox-reason']]).toEqual([400, expect.stringContaining(reason)])
    expect((await list()).total).toBe(3)
  })

  test('a body of more than a million bytes is a 413', async () => {
    const { ask, list } = begin()
    const { status, headers, json } = await ask(REPORT, { json: { name: 'ö'.repeat(500_000) } })
    expect([status, headers['x-sandbox-reason']]).toEqual([413, 'the body is larger than 1000000 bytes'])
    expect(json).toMatchObject({ code: 413, title: 'Content too large.' })
    expect((await list()).total).toBe(3)
  })

  test('an id that is none is a 400, whatever the body', async () => {
    const { ask } = begin()
    const { status, headers } = await ask('/v1/hood/quick-reports/weekly/export', { json: {} })
    expect([status, headers['x-sandbox-reason']]).toEqual([400, '"weekly" is not an id: ids are strings of digits'])
  })

  test('JSON with parameters of its type is taken', async () => {
    const { ask } = begin()
    const headers = { 'content-type': 'Application/JSON ; charset=utf-8' }
    expect((await ask(REPORT, { method: 'POST', headers, body: '{}' })).status).toBe(202)
  })
})
