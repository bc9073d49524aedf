import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, test } from 'vitest'
import { createSandbox } from './sandbox.ts'
import { LIST, REPORT, bench } from './testing/bench.ts'
import { program, sandboxProcess } from './testing/processes.ts'

const folder = mkdtempSync(join(tmpdir(), 'sandbox-shared-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
function newFile(): string {
  files += 1
  return join(folder, `${files}.db`)
}

describe('two sandboxes on one file', () => {
  test('share one quota', async () => {
    const database = newFile()
    const [one, other] = [bench({ database, items: 3 }), bench({ database, items: 3 })]
    for (let request = 0; request < 5; request += 1) {
      expect((await one.ask(LIST)).status).toBe(200)
      expect((await other.ask(LIST)).status).toBe(200)
    }
    expect((await one.ask(LIST)).status).toBe(429)
    expect((await other.ask(LIST)).status).toBe(429)
    one.clock.moveTo(1_000)
    expect((await one.ask(LIST)).headers['x-ratelimit-remaining']).toBe('139')
    one.sandbox.close()
    other.sandbox.close()
  })

  test('share one quota to the last request, also as processes that are asked at the same time', async () => {
    const database = newFile()
    const flags = ['--port', '0', '--json', '--items', '3', '--limits', '10/9000000000000ms', '--database', database]
    const ports = await Promise.all([sandboxProcess(flags), sandboxProcess(flags)])
    const headers = { authorization: 'Bearer sandbox-ana' }
    const statuses = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const response = await fetch(`http://127.0.0.1:${ports[index % 2]}${LIST}`, { headers })
        return response.status
      }),
    )
    expect(statuses.toSorted((one, other) => one - other)).toEqual([
      ...Array<number>(10).fill(200),
      ...Array<number>(20).fill(429),
    ])
  })

  test('share one parallel limit', async () => {
    const options = {
      database: newFile(),
      items: 1,
      limits: { windows: [{ limit: 90, windowMs: 1_000 }], parallel: 1 },
    }
    const [one, other] = [bench(options), bench(options)]
    const download = await one.send(`${LIST}/1000000/download`)
    expect((await other.ask(LIST)).headers['retry-after']).toBe('-1')
    await download.text()
    expect((await other.ask(LIST)).status).toBe(200)
    const left = await one.send(`${LIST}/1000000/download`)
    one.sandbox.close()
    expect((await other.ask(LIST)).status).toBe(200)
    await left.body?.cancel()
    other.sandbox.close()
  })

  test('see each other’s changes at once, exports and pages that they remember included', async () => {
    const database = newFile()
    const [one, other] = [bench({ database, items: 3, limits: 'off' }), bench({ database, items: 3, limits: 'off' })]
    const before = await other.list('?q=mine')
    await one.sandbox.setState('export 42 exists', { name: 'Mine' })
    expect([before.total, (await other.list('?q=mine')).total, (await other.list()).total]).toEqual([0, 1, 4])
    const single = async (): Promise<unknown> => (await other.ask(`${LIST}/42`)).json
    expect(await single()).toMatchObject({ items: [{ name: 'Mine', download_count: 1 }] })
    await one.ask(`${LIST}/42/download`)
    expect(await single()).toMatchObject({ items: [{ name: 'Mine', download_count: 2 }] })
    expect((await other.list('?id=42')).items).toMatchObject([{ id: '42', download_count: 2 }])
    await one.sandbox.setState('time passes', { seconds: 60 })
    expect(await other.sandbox.setState('time passes', { seconds: 0 })).toEqual({ now: '2026-01-01 00:01:00' })
    one.sandbox.close()
    other.sandbox.close()
  })

  test('make each export once, with an id of its own, and plan them together', async () => {
    const options = { database: newFile(), items: 3, limits: 'off' as const }
    const [one, other] = [bench(options), bench({ ...options, makingSeconds: 9 })]
    await other.sandbox.setState('making an export takes', { seconds: 0, outcome: 'failed', times: 2 })
    for (const name of ['a', 'b', 'c']) {
      expect((await one.ask(REPORT, { json: { name } })).status).toBe(202)
      expect((await other.ask(REPORT, { json: { name } })).status).toBe(202)
    }
    one.clock.moveTo(2_000)
    const made = '?create_time=gte:2026-01-01&sort=create_time&fields=id,name,status'
    const { items } = await one.list(made)
    expect(items.map(({ id, status }) => [id, status])).toEqual([
      ['1000003', 'failed'],
      ['1000004', 'failed'],
      ['1000005', 'ready'],
      ['1000006', 'queued'],
      ['1000007', 'ready'],
      ['1000008', 'queued'],
    ])
    expect((await other.list(made)).items).toEqual(items)
    one.sandbox.close()
    other.sandbox.close()
  })

  test('make each export once, also as processes that are asked at the same time', async () => {
    const flags = ['--port', '0', '--json', '--items', '3', '--limits', 'off', '--database', newFile()]
    const ports = await Promise.all([sandboxProcess(flags), sandboxProcess(flags)])
    const headers = { authorization: 'Bearer sandbox-ana', 'content-type': 'application/json' }
    const operations = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const url = `http://127.0.0.1:${ports[index % 2]}${REPORT}`
        const response = await fetch(url, { method: 'POST', headers, body: '{}' })
        return ((await response.json()) as { id: string }).id
      }),
    )
    expect(new Set(operations).size).toBe(60)
    const listed = await fetch(`http://127.0.0.1:${ports[0]}${LIST}?page=1,1000&fields=id`, { headers })
    const { total, items } = (await listed.json()) as { total: number; items: { id: string }[] }
    expect([total, new Set(items.map(({ id }) => id)).size]).toEqual([63, 63])
  })

  test('accept a retry once, also as processes that are asked at the same time', async () => {
    const flags = ['--port', '0', '--json', '--items', '3', '--limits', 'off', '--making-seconds', '3600']
    const database = newFile()
    const ports = await Promise.all([
      sandboxProcess([...flags, '--database', database]),
      sandboxProcess([...flags, '--database', database]),
    ])
    const headers = { authorization: 'Bearer sandbox-ana' }
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const url = `http://127.0.0.1:${ports[index % 2]}${LIST}/1000000/retry`
        return (await fetch(url, { method: 'POST', headers })).status
      }),
    )
    expect(statuses.toSorted((one, other) => one - other)).toEqual([202, ...Array<number>(19).fill(400)])
  })

  test('that start at the same time make the data once', async () => {
    const database = newFile()
    const started = Array.from({ length: 4 }, () =>
      program([
        `const sandbox = createSandbox({ database: ${JSON.stringify(database)}, items: 20000, limits: 'off' })`,
        `const response = await sandbox.fetch(new Request('http://x${LIST}?page=400,50&fields=id', { headers: { authorization: 'Bearer sandbox-ana' } }))`,
        'console.log(await response.text())',
      ]),
    )
    const answers = await Promise.all(started.map(async ({ lines }) => (await lines.next()).value as string))
    expect(new Set(answers).size).toBe(1)
    expect(JSON.parse(answers[0] ?? '')).toMatchObject({ total: 20_000, items: { length: 50 } })
  }, 30_000)
})

describe('a file', () => {
  test('keeps the state, the quota and the time over a restart', async () => {
    const database = newFile()
    const before = bench({ database, items: 5, startMs: 1_000 })
    await before.sandbox.setState('export 42 exists', { name: 'Mine' })
    await before.sandbox.setState('time passes', { seconds: 100 })
    await before.ask(LIST)
    before.sandbox.close()
    const after = bench({ database, items: 9_999, startMs: 3_000 })
    expect(await after.list('?fields=name&id=42')).toEqual({ total: 1, items: [{ name: 'Mine' }] })
    expect((await after.list()).total).toBe(6)
    expect((await after.ask(LIST)).headers['x-ratelimit-remaining']).toBe('146')
    expect(await after.sandbox.setState('time passes', { seconds: 0 })).toEqual({ now: '2026-01-01 00:01:42' })
    after.sandbox.close()
  })

  test('of another program is refused, and left as it is', () => {
    const database = newFile()
    const foreign = new DatabaseSync(database)
    foreign.exec('CREATE TABLE accounts (id); PRAGMA user_version = 2')
    foreign.close()
    expect(() => createSandbox({ database })).toThrow('is not one of this version of the sandbox: give another path')
    const kept = new DatabaseSync(database)
    expect(kept.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'accounts' }])
    kept.close()
  })

  test('that is no database is refused', () => {
    const database = newFile()
    writeFileSync(database, 'a shopping list, long enough to be no empty file'.repeat(100))
    expect(() => createSandbox({ database })).toThrow(`The database file "${database}" cannot be opened`)
  })

  test('loses nothing that was answered when the process is killed while it writes', async () => {
    const database = newFile()
    const { child, lines } = program([
      `const sandbox = createSandbox({ database: ${JSON.stringify(database)}, items: 10, limits: { windows: [{ limit: 1e9, windowMs: 9e12 }], parallel: 1 } })`,
      "const headers = { authorization: 'Bearer sandbox-ana' }",
      'for (let id = 1; ; id += 1) {',
      "  await sandbox.setState('export ' + id + ' exists')",
      `  const file = await sandbox.fetch(new Request('http://x${LIST}/' + id + '/download', { headers }))`,
      '  await file.text()',
      '  console.log(id)',
      '}',
    ])
    let reply = 0
    while (reply < 50) reply = Number((await lines.next()).value)
    child.kill('SIGKILL')
    await once(child, 'exit')
    for (let line = await lines.next(); line.done !== true; line = await lines.next()) reply = Number(line.value)

    const limits = { windows: [{ limit: 1e9, windowMs: 9e12 }], parallel: 1 }
    const after = bench({ database, limits, startMs: Date.now() })
    const { items } = await after.list(`?page=1,1000&fields=id,download_count`)
    const kept = new Map(items.map(({ id, download_count: count }) => [Number(id), Number(count)]))
    const sample = 1
    for (let id = 1; id <= reply; id += 1) expect([id, kept.get(id)]).toEqual([id, sample + 1])
    // At most the one that was under way when it was killed.
    expect([reply, reply + 1]).toContain([...kept.keys()].filter((id) => id < 1_000_000).length)
    const check = new DatabaseSync(database)
    expect(check.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
    check.close()
    after.sandbox.close()
  }, 30_000)

  test('has every export and every attempt that was accepted when the process is killed, and at most one more', async () => {
    const database = newFile()
    const { child, lines } = program([
      `const sandbox = createSandbox({ database: ${JSON.stringify(database)}, items: 1, limits: 'off', makingSeconds: 0 })`,
      "const headers = { authorization: 'Bearer sandbox-ana', 'content-type': 'application/json' }",
      "const post = (path, body) => sandbox.fetch(new Request('http://x' + path, { method: 'POST', headers, body }))",
      'for (let made = 1; ; made += 1) {',
      `  const { status } = await post('${REPORT}', JSON.stringify({ name: 'Made ' + made }))`,
      `  const { status: again } = await post('${LIST}/1000000/retry')`,
      '  if (status === 202 && again === 202) console.log(made)',
      '}',
    ])
    let reply = 0
    while (reply < 50) reply = Number((await lines.next()).value)
    child.kill('SIGKILL')
    await once(child, 'exit')
    for (let line = await lines.next(); line.done !== true; line = await lines.next()) reply = Number(line.value)

    const after = bench({ database, limits: 'off', startMs: Date.now() })
    const sample = 1
    expect([sample + reply, sample + reply + 1]).toContain((await after.list('?page=1,1')).total)
    for (let made = 1; made <= reply; made += 1) {
      expect([made, (await after.list(`?q=Made ${made} -`)).total]).toEqual([made, 1])
    }
    const [{ attempt_count: attempts } = {}] = (await after.list('?id=1000000')).items
    expect([sample + reply, sample + reply + 1]).toContain(attempts)
    after.sandbox.close()
  }, 30_000)

  test('is not left half made by a process that is killed while it makes the data', async () => {
    const database = newFile()
    const { child, lines } = program([
      "console.log('begin')",
      `createSandbox({ database: ${JSON.stringify(database)}, items: 2000000 })`,
      "console.log('end')",
    ])
    await lines.next()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const after = bench({ database, items: 12 })
    expect((await after.list('?page=1,1')).total).toBe(12)
    after.sandbox.close()
  }, 30_000)

  test('frees the places in parallel of a process that was killed', async () => {
    const database = newFile()
    const { child, lines } = program([
      `const sandbox = createSandbox({ database: ${JSON.stringify(database)}, items: 1, limits: { windows: [{ limit: 90, windowMs: 1000 }], parallel: 1 } })`,
      `globalThis.kept = await sandbox.fetch(new Request('http://x${LIST}/1000000/download', { headers: { authorization: 'Bearer sandbox-ana' } }))`,
      'console.log(kept.status)',
      'setInterval(() => {}, 1000)',
    ])
    expect((await lines.next()).value).toBe('200')
    const at = bench({ database, limits: { windows: [{ limit: 90, windowMs: 1_000 }], parallel: 1 } })
    expect((await at.ask(LIST)).headers['retry-after']).toBe('-1')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect((await at.ask(LIST)).status).toBe(200)
    at.sandbox.close()
  }, 30_000)
})
