import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createExportsClient } from '@hood-exports/client'
import { createRateLimiter } from '@hood-exports/client/rate-limit'
const server = new Worker(new URL('server-thread.ts', import.meta.url))
const [port] = (await once(server, 'message')) as [number]
const origin = `http://127.0.0.1:${port}`
const PATH='/v1/hood/exports'
const bare = async () => (await fetch(`${origin}${PATH}`, { headers: { authorization: 'Bearer bench' } })).json()
const withSignal = async () => { const c = new AbortController(); return (await fetch(`${origin}${PATH}`, { headers: { authorization: 'Bearer bench' }, signal: c.signal })).json() }
const text = async () => JSON.parse(await (await fetch(`${origin}${PATH}`, { headers: { authorization: 'Bearer bench' } })).text())
const freeLimiter = { acquire: () => ({ waitedMs: 0, order: 0, answered: () => ({ kind: 'pass' }), release() {} }), estimate: () => 0, snapshot: () => ({}) }
const real = createRateLimiter({ windows: [{ name: 'second', limit: 1e9, windowMs: 1000 }] })
const ours = createExportsClient({ token: 'bench', baseUrl: origin, limiter: real })
const oursFree = createExportsClient({ token: 'bench', baseUrl: origin, limiter: freeLimiter as never })
import { createClientOver } from '../../../packages/client/src/client.ts'
import { createTransport } from '../../../packages/client/src/transport.ts'
import { createBareRequester } from '../../../packages/client/src/bare-requester.ts'
const tr = createTransport({ token: 'bench', baseUrl: origin, limiter: freeLimiter as never })
const overBare = createClientOver(tr, createBareRequester(tr), {} as never)
const variants: Record<string, () => Promise<unknown>> = { bare2: bare, withSignal, oursFree: () => oursFree.list(), overBare: () => overBare.list() }
const N = 50
async function ms(f: () => Promise<unknown>) { const s = performance.now(); for (let i = 0; i < N; i++) await f(); return (performance.now() - s) / N }
for (let w = 0; w < 20; w++) for (const f of [bare, ...Object.values(variants)]) await ms(f)
const r: Record<string, number[]> = {}
const abs: number[] = []
for (let k = 0; k < Number(process.argv[2] ?? 40); k++) for (const [n, f] of Object.entries(variants)) {
  const a = await ms(bare), o = await ms(f), b = await ms(bare)
  abs.push(a); (r[n] ??= []).push(2 * o / (a + b))
}
const med = (x: number[]) => [...x].sort((a, b) => a - b)[x.length >> 1]!
console.log('bare ms', med(abs).toFixed(3))
for (const [n, v] of Object.entries(r)) { const s=[...v].sort((a,b)=>a-b); console.log(n.padEnd(12), med(v).toFixed(3), s[Math.floor(s.length*0.1)]!.toFixed(2), s[Math.floor(s.length*0.9)]!.toFixed(2)) }
await server.terminate()
