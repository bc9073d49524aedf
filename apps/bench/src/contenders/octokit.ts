import { Octokit } from '@octokit/core'
import { throttling } from '@octokit/plugin-throttling'
import type { Answer, Contender } from './contender.ts'
import { retryAfterMs } from './contender.ts'

/**
 * Its limits are GitHub's and cannot be set; it waits when GitHub says so. Our 429 is told in GitHub's words, the
 * wait as the moment of the reset, and every one may be retried.
 */
let instances = 0

export const octokit: Contender = {
  name: 'octokit throttling',
  start({ send }) {
    const client = new (Octokit.plugin(throttling))({
      // Instances with the same id share their limits, those of the runs before included.
      throttle: { id: String(instances++), onRateLimit: () => true, onSecondaryRateLimit: () => true },
      log: { debug() {}, info() {}, warn() {}, error() {} },
      request: {
        fetch: async (_url: string, { headers }: { headers: Record<string, string> }) =>
          asGitHub(await send(Number(headers['x-call']))),
      },
    })
    return (call) => client.request('GET /v1/hood/exports', { headers: { 'x-call': String(call) } })
  },
}

function asGitHub({ status, headers }: Answer): Response {
  if (status !== 429) return Response.json([], { status })
  const resetAtS = Math.ceil((Date.now() + retryAfterMs(headers)) / 1000)
  const told = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(resetAtS) }
  return Response.json({ message: 'API rate limit exceeded' }, { status, headers: told })
}
