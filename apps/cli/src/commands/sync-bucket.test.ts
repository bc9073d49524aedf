import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
// @boundaries-ignore a store that only tests start
import { BUCKET, startS3Store } from '../../../../packages/client/src/fixtures/s3-store.ts'
import { runCli } from '../testing/run-cli.ts'
import { fileOf, linesOf, sandboxWith } from '../testing/sync-account.ts'

let store: Awaited<ReturnType<typeof startS3Store>>
beforeEach(async () => {
  store = await startS3Store()
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'S3RVER')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'S3RVER')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await store.close()
})

describe('sync into a bucket', () => {
  test('saves every ready export once, prints its URL, and the next machine sends one request', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const argv = ['sync', `s3://${BUCKET}/nightly`, '--s3-endpoint', store.url]
    const first = await runCli(argv, { sandbox })
    expect([first.exitCode, linesOf(first.stdout)]).toEqual([
      0,
      [`s3://${BUCKET}/nightly/list 0.csv`, `s3://${BUCKET}/nightly/list 1.csv`],
    ])
    const command = new GetObjectCommand({ Bucket: BUCKET, Key: 'nightly/list 1.csv' })
    const { Body: body } = await store.client.send(command)
    expect(await body?.transformToString()).toBe(await fileOf(sandbox, '1000001'))
    const second = await runCli(argv, { sandbox })
    expect([second.exitCode, second.stdout, second.requests.length]).toEqual([0, '', 1])
  })

  test('finds the store in AWS_ENDPOINT_URL, and takes a bucket without a prefix', async () => {
    const env = { AWS_ENDPOINT_URL: store.url }
    const { exitCode, stdout } = await runCli(['sync', `s3://${BUCKET}`], { sandbox: await sandboxWith([{}]), env })
    expect([exitCode, stdout]).toEqual([0, `s3://${BUCKET}/list 0.csv\n`])
  })

  test('runs --exec with the URL of each object', async () => {
    const argv = [
      'sync',
      `s3://${BUCKET}/a`,
      '--s3-endpoint',
      store.url,
      '--exec',
      'test "$HOOD_PATH" = "s3://exports/a/list 0.csv"',
    ]
    const env = { PATH: process.env['PATH'] }
    expect((await runCli(argv, { sandbox: await sandboxWith([{}]), env })).exitCode).toBe(0)
  })

  test('is refused with 8 while another run has the bucket', async () => {
    const sandbox = await sandboxWith([{}])
    const argv = ['sync', `s3://${BUCKET}/a`, '--s3-endpoint', store.url]
    let second: ReturnType<typeof runCli> | undefined
    const busy = {
      ...sandbox,
      fetch: async (request: Request) => {
        await (second ??= runCli(argv, { sandbox }))
        return sandbox.fetch(request)
      },
    }
    expect((await runCli(argv, { sandbox: busy })).exitCode).toBe(0)
    expect(await second).toMatchObject({
      exitCode: 8,
      stderr: expect.stringContaining('Another sync works on "s3://exports/a"'),
    })
  })

  test('writes nothing with --dry-run', async () => {
    const argv = ['sync', `s3://${BUCKET}/a`, '--s3-endpoint', store.url, '--dry-run']
    const { exitCode, stdout } = await runCli(argv, { sandbox: await sandboxWith([{}]) })
    expect([exitCode, stdout]).toEqual([0, 's3://exports/a/list 0.csv\n'])
    expect((await store.client.send(new ListObjectsV2Command({ Bucket: BUCKET }))).KeyCount).toBe(0)
  })

  test('says which bucket is not there', async () => {
    const argv = ['sync', 's3://none/a', '--s3-endpoint', store.url]
    const { exitCode, stderr } = await runCli(argv, { sandbox: await sandboxWith([{}]) })
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/^error: "s3:\/\/none\/a\/.*" cannot be used: .*NoSuchBucket/),
    ])
  })

  test.each([
    [['s3://'], '"s3://" names no bucket: write s3://bucket or s3://bucket/prefix'],
    [['s3://a', '--s3-endpoint', 'here'], 'The endpoint "here" is no URL: write https://host or http://host:port'],
    [['here', '--s3-endpoint', 'http://here'], '--s3-endpoint is for a bucket: give s3://bucket/prefix as well'],
  ])('%j is refused before anything is sent', async (argv, message) => {
    const { exitCode, stderr, requests } = await runCli(['sync', ...argv], {})
    expect([exitCode, requests, stderr]).toEqual([2, [], expect.stringContaining(message)])
  })
})
