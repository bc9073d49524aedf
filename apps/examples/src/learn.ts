import { changesSince, learn } from '@hood-exports/contract'
import { createSandbox } from '@hood-exports/sandbox'

const sandbox = createSandbox({ items: 200, limits: 'off' })
const settings = {
  baseUrl: 'http://sandbox.example',
  token: sandbox.tokens.main,
  fetch: (url: string, init: RequestInit) => sandbox.fetch(new Request(url, init)),
  limits: 'off',
  seed: 1,
} as const
const [first, second] = [await learn(settings), await learn(settings)]
if (first.kind === 'failed' || second.kind === 'failed') throw new Error('nothing was learnt')

const size = first.profile.answers['page.default-size']
if (size?.confidence === 'observed') console.log(`${size.value} items in a page: ${size.evidence[0]?.seen}`)
console.log(`${changesSince(first.profile, second.profile).drifts.length} answers have changed`)
sandbox.close()
