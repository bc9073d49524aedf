import { describe, expect, test } from 'vitest'
import { hurriedClock } from '../testing/hurried-clock.ts'
import { folderForTest, runCli, sandboxForTest } from '../testing/run-cli.ts'
import { sandboxWith } from '../testing/sync-account.ts'

describe('list', () => {
  test('shows the newest thirty, in one request', async () => {
    const { exitCode, stdout, requests } = await runCli(['list'], { sandbox: sandboxForTest() })
    const [header, first, ...more] = stdout.trimEnd().split('\n')
    expect(exitCode).toBe(0)
    expect(header).toBe('id       status          size  create_time          name')
    expect(first).toBe('1000999  processing         -  2025-12-31 23:59:40  Consent audit - 31.12.2025 23:59:40')
    expect(more).toHaveLength(29)
    expect(requests).toEqual(['/v1/hood/exports?fields=id,status,size,create_time,name&sort=-create_time&page=1,30'])
  })

  test.each(['csv', 'table'])('--json with --output %s is refused, and nothing is asked', async (format) => {
    const { exitCode, stderr, requests } = await runCli(['list', '--json', '--output', format])
    expect([exitCode, requests]).toEqual([2, []])
    expect(JSON.parse(stderr)).toMatchObject({
      error: { kind: 'usage', message: `--json and --output ${format} are two formats: leave out one` },
    })
  })

  test('--limit reads as many pages as that takes, and no more', async () => {
    const { stdout, requests } = await runCli(['list', '--limit', '250', '--fields', 'id'], {
      sandbox: sandboxForTest(),
    })
    expect(stdout.trimEnd().split('\n')).toHaveLength(251)
    expect(requests).toHaveLength(3)
  })

  test('--all shows what came, and ends with 7 when the pages do not have all that total counts', async () => {
    const answer = (): Response => Response.json({ total: 3, items: [{ id: '1' }, { id: '2' }] })
    const { exitCode, stdout, stderr } = await runCli(['list', '--all', '--fields', 'id', '--json'], { answer })
    expect(exitCode).toBe(7)
    expect(JSON.parse(stdout)).toEqual([{ id: '1' }, { id: '2' }])
    expect(JSON.parse(stderr)).toMatchObject({
      error: { kind: 'incomplete', message: expect.stringContaining('1 of them came on no page') as string },
    })
  })

  test('--page reads that page alone', async () => {
    const { stdout, requests } = await runCli(['list', '--page', '3', '--page-size', '2', '--fields', 'id'], {
      sandbox: sandboxForTest(),
    })
    expect(stdout).toBe('id\n1000995\n1000994\n')
    expect(requests).toEqual(['/v1/hood/exports?fields=id&sort=-create_time&page=3,2'])
  })

  test('--search, --search-fields and --sort are asked of the API', async () => {
    const { requests } = await runCli(
      ['list', '--search', 'VIP, really', '--search-fields', 'name, description', '--sort', '-size,name'],
      { sandbox: sandboxForTest() },
    )
    expect(requests.map(decodeURIComponent)).toEqual([
      '/v1/hood/exports?fields=id,status,size,create_time,name&sort=-size,name&page=1,30&q=VIP, really&q_fields=name,description',
    ])
  })

  test('--where asks for what it looks at, and shows only what was asked for', async () => {
    const { stdout, requests } = await runCli(
      [
        'list',
        '--where',
        'status=ready',
        '--where',
        'size>1MB',
        '--limit',
        '2',
        '--fields',
        'id',
        '--output',
        'ndjson',
      ],
      { sandbox: sandboxForTest() },
    )
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    expect(lines).toEqual(lines.map(() => expect.stringMatching(/^\{"id":"\d+"\}$/)))
    expect(requests[0]).toContain('fields=id,status,size')
  })

  test('--where is asked of the API: three among ten thousand are one request', async () => {
    const sandbox = sandboxForTest({ items: 10_000 })
    for (const id of ['1000001', '1005000', '1009999']) await sandbox.setState(`export ${id} exists`, { status: 'odd' })
    const { stdout, stderr, requests } = await runCli(
      ['list', '--all', '--where', 'status=odd,rare', '--fields', 'id', '--sort', '-name'],
      { sandbox, columns: 90 },
    )
    expect(stdout.split('\n').slice(1, -1).toSorted()).toEqual(['1000001', '1005000', '1009999'])
    expect(stderr).toContain('3 with status=odd,rare.\n')
    expect(requests.map(decodeURIComponent)).toEqual([
      '/v1/hood/exports?fields=id,status&status=in:odd,rare&sort=-name&page=1,100',
    ])
  })

  test('all failed exports of last week are one request', async () => {
    const sandbox = sandboxForTest()
    await sandbox.setState('export 1000000 has failed', { create_time: '2026-01-05 12:00:00' })
    await sandbox.setState('export 1000001 has failed', { create_time: '2026-01-04 11:59:59' })
    const argv = ['list', '--all', '--where', 'status=failed', '--where', 'create_time>=7d', '--fields', 'id']
    const clock = hurriedClock({ wall: Date.UTC(2026, 0, 11, 12) })
    const { stdout, requests } = await runCli(argv, { sandbox, clock })
    expect(stdout).toBe('id\n1000000\n')
    expect(requests.map(decodeURIComponent)).toEqual([
      '/v1/hood/exports?fields=id,status,create_time&status=failed&create_time=gte:2026-01-04 12:00:00&sort=-create_time&page=1,100',
    ])
  })

  test.each([
    [['--where', 'status=none'], 'No export with status=none.'],
    [['--where', 'status=ready'], '30 of 60 with status=ready. --all lists every one.'],
    [
      ['--where', 'status=ready', '--page-size', '50'],
      '30 with status=ready; the API counts 60. --all lists every one.',
    ],
    [['--all', '--where', 'status=ready'], '60 with status=ready.'],
    [['--where', 'status=ready', '--limit', '2'], '2 of 60 with status=ready. --all lists every one.'],
    [
      ['--all', '--where', 'status=ready', '--where', 'name~list 7'],
      '1 with status=ready and name~list 7 among all 60 exports with status=ready.',
    ],
    [['--all', '--where', 'name~list 7'], '1 with name~list 7 among all 90 exports.'],
  ])('with %j says %j', async (flags, summary) => {
    const items = Array.from({ length: 90 }, (_, index) => ({
      name: `list ${index === 7 ? '7' : 'x'}`,
      status: index < 60 ? 'ready' : 'failed',
    }))
    const { stderr } = await runCli(['list', ...flags], {
      sandbox: await sandboxWith(items),
      columns: 100,
    })
    expect(stderr).toContain(`${summary}\n`)
  })

  test('json is one array of whole items', async () => {
    const sandbox = sandboxForTest({ items: 3 })
    const { stdout } = await runCli(['list', '--json'], { sandbox })
    const items = JSON.parse(stdout) as { id: string; download_url: string }[]
    expect(items.map(({ id }) => id)).toEqual(['1000002', '1000001', '1000000'])
    expect(items[2]?.download_url).toBe('/v1/hood/customers/exports/1000000/download')
  })

  test('csv is a header, CRLF, quotes where needed and no formula', async () => {
    const sandbox = sandboxForTest({ items: 1 })
    await sandbox.setState('export 1000000 exists', { name: '=SUM(1,2) "x"', description: null })
    const escaped = await runCli(['list', '--output', 'csv', '--fields', 'id,name,description,size'], { sandbox })
    expect(escaped.stdout).toBe('id,name,description,size\r\n1000000,"\'=SUM(1,2) ""x""",,125\r\n')
    const kept = await runCli(['list', '--output', 'csv', '--fields', 'name', '--csv-formulas', 'keep'], { sandbox })
    expect(kept.stdout).toBe('name\r\n"=SUM(1,2) ""x"""\r\n')
  })

  test('csv has a byte order mark in front when asked for, and once', async () => {
    const sandbox = sandboxForTest({ items: 3 })
    const args = ['list', '--output', 'csv', '--fields', 'id', '--csv-bom', '--limit', '3', '--page-size', '1']
    const { stdout } = await runCli(args, { sandbox })
    expect(stdout).toBe('\uFEFFid\r\n1000002\r\n1000001\r\n1000000\r\n')
  })

  test.each(['\t=1+1', '\n=1+1', '\r=1+1', '＝1+1', '@SUM(1)'])('csv makes no formula of %j', async (name) => {
    const sandbox = sandboxForTest({ items: 1 })
    await sandbox.setState('export 1000000 exists', { name })
    const { stdout } = await runCli(['list', '--output', 'csv', '--fields', 'name'], { sandbox })
    expect(stdout.replaceAll('"', '')).toBe(`name\r\n'${name}\r\n`)
  })

  test.each([
    ['table', ''],
    ['json', '[]\n'],
    ['ndjson', ''],
    ['csv', 'id,name\r\n'],
  ])('of nothing, as %s, is %j', async (output, expected) => {
    const { exitCode, stdout, stderr } = await runCli(['list', '--output', output, '--fields', 'id,name'], {
      sandbox: sandboxForTest(),
      env: { HOOD_TOKEN: 'sandbox-dunja' },
      columns: 80,
    })
    expect([exitCode, stdout]).toEqual([0, expected])
    expect(stderr).toContain('There are no exports.')
  })

  test.each(['json', 'ndjson', 'csv'])('ten thousand, as %s, are all there and in order', async (output) => {
    const sandbox = sandboxForTest({ items: 10_000, limits: 'off' })
    const { stdout, requests } = await runCli(
      ['list', '--all', '--page-size', '1000', '--sort', 'create_time', '--fields', 'id', '--output', output],
      { sandbox, clock: hurriedClock() },
    )
    expect(stdout.match(/\d+/g)).toEqual(Array.from({ length: 10_000 }, (_, index) => String(1_000_000 + index)))
    // The last page is full: one more shows that the list ends there.
    expect(requests).toHaveLength(11)
  })

  test('on a terminal is as wide as the terminal and obeys nothing in a name', async () => {
    const sandbox = sandboxForTest({ items: 1 })
    const name = `\u001B]0;owned\u0007\u009B31m\u202E東京オリンピックの顧客リスト全員分のとても長い名前`
    await sandbox.setState('export 1000000 exists', { name, size: 1_234_567 })
    const { stdout, stderr } = await runCli(['list'], { sandbox, columns: 70 })
    expect(stdout).toBe(
      'id       status     size  create_time       name\n' +
        '1000000  ready   1.23 MB  2021-07-30 12:50  ␛]0;owned␇�31m�東京オリン…\n',
    )
    expect(stderr.replaceAll('\r\u001B[2K', '\n')).toMatch(/\n1 export\.\n$/)
  })

  test('json on a terminal has the same value and nothing to obey', async () => {
    const sandbox = sandboxForTest({ items: 1 })
    const name = '\u001B[31m \u009B31m \u202E \u007F'
    await sandbox.setState('export 1000000 exists', { name })
    const { stdout } = await runCli(['list', '--json'], { sandbox, columns: 70 })
    expect(JSON.parse(stdout)).toEqual([expect.objectContaining({ name })])
    // oxlint-disable-next-line no-control-regex -- they must not be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  })

  test('says how much was left out, to people alone', async () => {
    const sandbox = sandboxForTest()
    const seen = await runCli(['list'], { sandbox, columns: 80 })
    expect(seen.stderr).toContain('30 of 1,000 exports. --all lists every one.\n')
    for (const quiet of [await runCli(['list', '-q'], { sandbox, columns: 80 }), await runCli(['list'], { sandbox })]) {
      expect(quiet.stderr).toBe('')
    }
  })

  test.each([
    [['--fields', 'id,nam'], '--fields: "nam" is not allowed. Allowed: id, company_id, ', '(did you mean name?)'],
    [['--sort', 'id'], '--sort: "id" is not allowed. Allowed: resource, -resource, ', ''],
    [['--search-fields', 'name'], '--search-fields says where --search looks: give --search as well', ''],
    [['--search', 'x', '--search-fields', 'failure_reason'], 'on the wire it is called failed_reason', ''],
    [['--where', 'stats=ready'], '--where "stats=ready" looks at "stats", which is no field: did you mean status?', ''],
    [['--limit', '0'], "Option '--limit <number>' argument '0' is invalid. Give a whole number from 1.", ''],
    [['--all', '--limit', '3'], "Option '--all' cannot be used with option '--limit <number>'", ''],
    [['--output', 'xml'], "argument 'xml' is invalid. Allowed choices are table, json, ndjson, csv.", ''],
    [['extra'], 'Too many arguments', ''],
  ])('%j is refused with the way out, and nothing is sent', async (flags, message, hint) => {
    const { exitCode, stdout, stderr, requests } = await runCli(['list', ...flags], {})
    expect([exitCode, stdout, requests]).toEqual([2, '', []])
    expect(stderr).toContain(message)
    expect(stderr).toContain(hint)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  test('a folder without a profile is no error when the environment has the token', async () => {
    const { exitCode } = await runCli(['list'], {
      sandbox: sandboxForTest(),
      env: { XDG_CONFIG_HOME: folderForTest() },
    })
    expect(exitCode).toBe(0)
  })
})
