import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Sandbox } from '@hood-exports/sandbox'
import { describe, expect, test } from 'vitest'
import { hurriedClock } from '../testing/hurried-clock.ts'
import { folderForTest, runCli } from '../testing/run-cli.ts'
import { addExport, faulty, filesIn, sandboxWith } from '../testing/sync-account.ts'

const EXPIRED = { expire_time: '2026-02-01 00:00:00' }

/** By this clock the exports above have expired. */
const afterwards = () => hurriedClock({ wall: Date.UTC(2026, 5, 1) })

/** A folder with two saved exports and one that is waited for, of sandbox-ana. */
async function folderOfAna(): Promise<{ sandbox: Sandbox; folder: string }> {
  const sandbox = await sandboxWith([EXPIRED, EXPIRED, { status: 'running' }])
  const folder = folderForTest()
  await runCli(['sync', folder], { sandbox })
  return { sandbox, folder }
}

/** What the folder has, and what is known of it. */
function contentOf(folder: string): object {
  const manifest = new DatabaseSync(join(folder, '.hood-exports/manifest.sqlite'), { readOnly: true })
  const exports = manifest.prepare('SELECT * FROM exports ORDER BY id').all()
  const facts = manifest.prepare('SELECT * FROM facts ORDER BY name').all()
  manifest.close()
  return { files: filesIn(folder).map((name) => [name, statSync(join(folder, name)).mtimeMs]), exports, facts }
}

const asBoris = { HOOD_TOKEN: 'sandbox-boris' }
const asDunja = { HOOD_TOKEN: 'sandbox-dunja' }

describe('a folder of another account', () => {
  test.each([[[]], [['--delete-expired', 'yes']], [['--dry-run']], [['--where', 'status=ready']]])(
    'is refused with %o, and nothing is written, noted or deleted',
    async (flags) => {
      const { sandbox, folder } = await folderOfAna()
      const before = contentOf(folder)
      const { exitCode, stdout, stderr } = await runCli(['sync', folder, ...flags], {
        sandbox,
        env: asBoris,
        clock: afterwards(),
      })
      expect([exitCode, stdout]).toEqual([1, ''])
      expect(stderr).toMatch(
        /has the exports of company 1000001, and this token lists those of company 2000001: give another destination, or a token of company 1000001/,
      )
      expect(contentOf(folder)).toEqual(before)
    },
  )

  test.each([[[]], [['--delete-expired', 'yes']], [['--dry-run']]])(
    'that has no exports is refused with %o, and nothing is noted or deleted',
    async (flags) => {
      const { sandbox, folder } = await folderOfAna()
      const before = contentOf(folder)
      const { exitCode, stdout, stderr } = await runCli(['sync', folder, ...flags], {
        sandbox,
        env: asDunja,
        clock: afterwards(),
      })
      expect([exitCode, stdout]).toEqual([1, ''])
      expect(stderr).toContain('either it is of another account, or all exports are gone')
      expect(contentOf(folder)).toEqual(before)
    },
  )

  test('is reported as JSON with the kind "folder"', async () => {
    const { sandbox, folder } = await folderOfAna()
    const { stderr } = await runCli(['sync', folder, '--json'], { sandbox, env: asBoris })
    expect(JSON.parse(stderr)).toMatchObject({ error: { kind: 'folder', exitCode: 1 } })
  })

  test('ends --watch, because the token stays the same', async () => {
    const { sandbox, folder } = await folderOfAna()
    const { exitCode, requests } = await runCli(['sync', folder, '--watch', '2s'], {
      sandbox,
      env: asBoris,
      clock: hurriedClock(),
    })
    // What is new since the last look finds nothing of that account, so the whole list is asked as well.
    expect([exitCode, requests.length]).toEqual([1, 2])
  })

  test('is not asked for what is wanted when its list has not been seen', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    writeFileSync(join(folder, 'list 0.csv'), 'edited')
    const broken = faulty(sandbox, 'page', ['no-items', 'no-items'])
    const { exitCode, requests } = await runCli(['sync', folder], { sandbox: broken, env: asBoris })
    expect([exitCode, requests.filter((path) => path.includes('download'))]).toEqual([1, []])
  })
})

describe('a folder of the same account', () => {
  test('is kept in step with another of its tokens', async () => {
    const { sandbox, folder } = await folderOfAna()
    await addExport(sandbox, 3)
    const { exitCode, stdout } = await runCli(['sync', folder], { sandbox, env: { HOOD_TOKEN: 'sandbox-ana-laptop' } })
    expect([exitCode, stdout]).toEqual([0, `${join(folder, 'list 3.csv')}\n`])
  })

  test('can be filled after a run that found an empty account', async () => {
    const sandbox = await sandboxWith([])
    const folder = folderForTest()
    const first = await runCli(['sync', folder], { sandbox })
    const second = await runCli(['sync', folder], { sandbox })
    await addExport(sandbox, 0)
    const third = await runCli(['sync', folder], { sandbox })
    expect([first.exitCode, second.exitCode, third.exitCode]).toEqual([0, 0, 0])
    expect(readdirSync(folder)).toContain('list 0.csv')
  })

  test.each(['', '"company_id":null,'])(
    'is filled and kept in step when items do not name their company (%o)',
    async (member) => {
      const sandbox = await sandboxWith([{}])
      const folder = folderForTest()
      const nameless: Sandbox = {
        ...sandbox,
        fetch: async (request) => {
          const answer = await sandbox.fetch(request)
          if (request.url.includes('/download')) return answer
          const text = (await answer.text()).replaceAll(/"company_id":"\d+",/g, member)
          return new Response(text, { status: answer.status, headers: { 'content-type': 'application/json' } })
        },
      }
      const first = await runCli(['sync', folder], { sandbox: nameless })
      const second = await runCli(['sync', folder], { sandbox: nameless })
      const third = await runCli(['sync', folder], { sandbox })
      expect([first, second, third].map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
      expect(filesIn(folder)).toEqual(['list 0.csv'])
    },
  )
})
