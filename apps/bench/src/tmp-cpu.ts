import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createExportsClient } from '@hood-exports/client'
import { createRateLimiter } from '@hood-exports/client/rate-limit'
import createOpenapiFetch from 'openapi-fetch'
if (process.argv[2] === 'server') {
  const { createServer } = await import('node:http')
  const BODY = JSON.stringify({ total: 3, items: [1, 2, 3].map((n) => ({ id: `100000${n}`, name: `Export ${n}`, status: 'ready', size: 125 })) })
  const s = createServer((_q, r) => r.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(BODY), 'x-ratelimit-limit': '150', 'x-ratelimit-remaining': '149', 'x-ratelimit-reset': '60' }).end(BODY))
  s.listen(0, '127.0.0.1', () => process.send!((s.address() as any).port))
} else {
const child = fork(import.meta.filename, ['server'])
const [port] = (await once(child, 'message')) as [number]
const origin = `http://127.0.0.1:${port}`
const PATH='/v1/hood/exports'
const bare = async () => (await fetch(`${origin}${PATH}`, { headers: { authorization: 'Bearer bench' } })).json()
const withSignal = async () => { const c = new AbortController(); return (await fetch(`${origin}${PATH}`, { headers: { authorization: 'Bearer bench' }, signal: c.signal })).json() }
const freeLimiter = { acquire: () => ({ waitedMs: 0, order: 0, answered: () => ({ kind: 'pass' }), release() {} }), estimate: () => 0, snapshot: () => ({}) }
const ours = createExportsClient({ token: 'bench', baseUrl: origin, limiter: createRateLimiter({ windows: [{ name: 'second', limit: 1e9, windowMs: 1000 }] }) })
const oursFree = createExportsClient({ token: 'bench', baseUrl: origin, limiter: freeLimiter as never })
const of = createOpenapiFetch<any>({ baseUrl: origin, headers: { authorization: 'Bearer bench' } })
const variants: Record<string, () => Promise<unknown>> = { bare, withSignal, openapi: () => of.GET(PATH), ours: () => ours.list(), oursFree: () => oursFree.list() }
const N = 200
const cpu = (): number => { const { user, system } = process.cpuUsage(); return (user + system) }
async function run(f: () => Promise<unknown>) { const c = cpu(), s = performance.now(); for (let i = 0; i < N; i++) await f(); return [(cpu() - c) / N, (performance.now() - s) / N * 1000] }
for (let w = 0; w < 6; w++) for (const f of Object.values(variants)) await run(f)
const r: Record<string, number[][]> = {}
for (let k = 0; k < 30; k++) for (const [n, f] of Object.entries(variants)) (r[n] ??= []).push(await run(f) as number[])
const med = (x: number[]) => x.toSorted((a, b) => a - b)[x.length >> 1]!
const b = med(r['bare']!.map((v) => v[0]!)), bw = med(r['bare']!.map((v) => v[1]!))
for (const [n, v] of Object.entries(r)) { const c = med(v.map((x) => x[0]!)), w = med(v.map((x) => x[1]!)); console.log(n.padEnd(12), 'cpu us', c.toFixed(0), (c / b).toFixed(3), ' wall us', w.toFixed(0), (w / bw).toFixed(3)) }
child.kill()
}
