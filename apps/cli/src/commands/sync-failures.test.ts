import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sandbox } from '@hood-exports/sandbox'
import { describe, expect, test } from 'vitest'
import { hurriedClock } from '../testing/hurried-clock.ts'
import { folderForTest, runCli } from '../testing/run-cli.ts'
import { addExport, answering, faulty, fileOf, filesIn, linesOf, sandboxWith } from '../testing/sync-account.ts'

const csv = (text: string): Response => new Response(text, { headers: { 'content-type': 'text/csv' } })

describe('a download', () => {
  test.each([['truncate=100'], ['html'], ['empty-500'], ['status=404']])(
    'that fails with %s is tried again after the others',
    async (fault) => {
      const sandbox = await sandboxWith([{}, {}])
      const folder = folderForTest()
      const flaky = faulty(sandbox, '1000000/download', Array<string>(fault === 'empty-500' ? 4 : 1).fill(fault))
      const { exitCode, stderr } = await runCli(['sync', folder], { sandbox: flaky, clock: hurriedClock() })
      expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^2 exports saved, 2.00 kB(, in \d+ s)?\.\n$/)])
      expect(readFileSync(join(folder, 'list 0.csv'), 'utf8')).toBe(await fileOf(sandbox, '1000000'))
    },
  )

  test('that is a page of a proxy each time is kept aside', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const folder = folderForTest()
    const flaky = faulty(sandbox, '1000000/download', ['html', 'html'])
    const { exitCode, stderr } = await runCli(['sync', folder], { sandbox: flaky })
    expect(exitCode).toBe(7)
    expect(stderr).toContain(
      `The answer is a page (text/html) and not the file (text/csv): it was kept aside, as "${join(folder, '.hood-exports/doubtful/1000000-list 0.csv')}"\n`,
    )
    expect(filesIn(folder)).toEqual(['list 1.csv'])
  })

  test('of another size than announced is made twice; the same bytes are kept, and reported', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    const other = answering(sandbox, '/download', () => csv('short'))
    const { exitCode, stderr, requests } = await runCli(['sync', folder], { sandbox: other })
    expect([exitCode, requests.length, filesIn(folder)]).toEqual([0, 3, ['list 0.csv']])
    expect(stderr).toContain('1000000 has 5 B, which is not the size that the API announced')
  })

  test('of another size is refused with --size-mismatch fail', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    const other = answering(sandbox, '/download', () => csv('short'))
    const { exitCode, stderr } = await runCli(['sync', folder, '--size-mismatch', 'fail'], { sandbox: other })
    expect([exitCode, filesIn(folder)]).toEqual([7, []])
    expect(stderr).toContain('error: 1000000: The file has 5 bytes, and the API announces 1000: it was kept aside, as ')
  })

  test('whose bytes are different each time is not kept', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    let count = 0
    const other = answering(sandbox, '/download', () => csv('x'.repeat(++count)))
    const { exitCode, stderr } = await runCli(['sync', folder], { sandbox: other })
    expect([exitCode, filesIn(folder)]).toEqual([1, []])
    expect(stderr).toContain('Two downloads of list 0 had different bytes: neither was kept')
  })
})

describe('an export that is listed as ready and has no file', () => {
  test('any more is noted as gone, and is no failure', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const vanishing: Sandbox = {
      ...sandbox,
      fetch: async (request) => {
        if (request.url.endsWith('1000000/download')) await sandbox.setState('export 1000000 does not exist')
        return sandbox.fetch(request)
      },
    }
    const { exitCode, stdout } = await runCli(['sync', folderForTest(), '--json'], { sandbox: vanishing })
    expect(exitCode).toBe(0)
    expect(stdout).toContain('{"type":"gone","id":"1000000","reason":"the API does not have it any more"}')
  })

  test('because it is prepared again is fetched when it is ready', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    const again: Sandbox = {
      ...sandbox,
      fetch: async (request) => {
        if (request.url.endsWith('/download')) await addExport(sandbox, 0, { status: 'processing' })
        return sandbox.fetch(request)
      },
    }
    const first = await runCli(['sync', folder], { sandbox: again })
    await addExport(sandbox, 0)
    const second = await runCli(['sync', folder], { sandbox })
    expect([first.exitCode, first.stdout]).toEqual([0, ''])
    expect(linesOf(second.stdout)).toEqual([join(folder, 'list 0.csv')])
  })
})

describe('a run', () => {
  test('whose list breaks off fetches what it has seen, and the next one reads on', async () => {
    const sandbox = await sandboxWith(Array.from({ length: 150 }, () => ({ size: 10 })))
    const folder = folderForTest()
    const clock = hurriedClock()
    const broken = faulty(sandbox, 'page=2', ['no-items'])
    const first = await runCli(['sync', folder], { sandbox: broken, clock })
    expect([first.exitCode, filesIn(folder).length]).toEqual([7, 100])
    const second = await runCli(['sync', folder], { sandbox, clock })
    expect([second.exitCode, filesIn(folder).length]).toEqual([0, 150])
  })

  test('ends early when nothing comes through, and says how much is left', async () => {
    const sandbox = await sandboxWith(Array.from({ length: 40 }, () => ({})))
    const clock = hurriedClock()
    const dead = answering(sandbox, '/download', () => {
      throw new TypeError('fetch failed')
    })
    const { exitCode, stderr } = await runCli(['sync', folderForTest()], { sandbox: dead, clock })
    expect(exitCode).toBe(6)
    expect(stderr).toContain('exports not tried: the next run goes on from here.')
  })

  test('ends at a refused token, which would be refused for every export', async () => {
    const sandbox = await sandboxWith([{}, {}, {}])
    const refused = answering(sandbox, '/download', () => Response.json({ code: 401, title: 'No.' }, { status: 401 }))
    const { exitCode, stderr } = await runCli(['sync', folderForTest(), '--concurrency', '1'], { sandbox: refused })
    expect(exitCode).toBe(3)
    expect(stderr).toContain('2 exports not tried')
  })

  test('ends quietly when its output is closed', async () => {
    const sandbox = await sandboxWith([{}, {}, {}])
    const folder = folderForTest()
    const onWrite = (): never => {
      throw Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' })
    }
    const { exitCode, stderr } = await runCli(['sync', folder, '--concurrency', '1'], { sandbox, onWrite })
    expect([exitCode, stderr, filesIn(folder)]).toEqual([0, '', ['list 2.csv']])
  })
})

describe('--watch', () => {
  test('looks again after each pause until the time is over', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    const clock = hurriedClock()
    let looks = 0
    const growing: Sandbox = {
      ...sandbox,
      fetch: async (request) => {
        if (request.url.includes('?')) await addExport(sandbox, looks++)
        return sandbox.fetch(request)
      },
    }
    const argv = ['sync', folder, '--watch', '2s', '--deadline', '7s']
    const { exitCode } = await runCli(argv, { sandbox: growing, clock })
    expect([exitCode, looks]).toEqual([0, 4])
    expect(filesIn(folder)).toEqual(['list 0.csv', 'list 1.csv', 'list 2.csv', 'list 3.csv'])
  })

  test('goes on after a look that failed', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    // One alone could be of the page size, which is then left out.
    const flaky = faulty(sandbox, '?', ['status=400', 'status=400'])
    const argv = ['sync', folder, '--watch', '2s', '--deadline', '3s']
    const { exitCode, stderr } = await runCli(argv, { sandbox: flaky, clock: hurriedClock() })
    expect([exitCode, filesIn(folder)]).toEqual([0, ['list 0.csv']])
    expect(stderr).toMatch(/^error: The API answered 400/)
  })

  test('ends at a refused token', async () => {
    const sandbox = await sandboxWith([{}])
    const refused = answering(sandbox, '?', () => Response.json({ code: 401, title: 'No.' }, { status: 401 }))
    const { exitCode } = await runCli(['sync', folderForTest(), '--watch', '2s'], { sandbox: refused })
    expect(exitCode).toBe(3)
  })
})
