import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Session } from 'node:inspector/promises'
import { createExportsClient } from '@hood-exports/client'
import { createRateLimiter } from '@hood-exports/client/rate-limit'
const server = new Worker(new URL('server-thread.ts', import.meta.url))
const [port] = (await once(server, 'message')) as [number]
const origin = `http://127.0.0.1:${port}`
const ours = createExportsClient({ token: 'bench', baseUrl: origin, limiter: createRateLimiter({ windows: [{ name: 'second', limit: 1e9, windowMs: 1000 }] }) })
for (let i = 0; i < 2000; i++) await ours.list()
const s = new Session(); s.connect()
await s.post('Profiler.enable'); await s.post('Profiler.setSamplingInterval', { interval: 100 }); await s.post('Profiler.start')
const t = performance.now()
for (let i = 0; i < 10000; i++) await ours.list()
console.log('per call ms', (performance.now() - t) / 10000)
const { profile } = await s.post('Profiler.stop') as any
const self = new Map<string, number>(); const byUrl = new Map<string, number>()
const dt = profile.timeDeltas; const idx = new Map(profile.nodes.map((n: any) => [n.id, n]))
profile.samples.forEach((id: number, i: number) => { const n: any = idx.get(id); const f = n.callFrame; const u = f.url.split('/').slice(-2).join('/'); const k = `${f.functionName} ${u}:${f.lineNumber}`; self.set(k, (self.get(k) ?? 0) + dt[i]); byUrl.set(u||f.functionName, (byUrl.get(u||f.functionName) ?? 0) + dt[i]) })
const show = (m: Map<string, number>, n: number) => [...m].sort((a, b) => b[1] - a[1]).slice(0, n).forEach(([k, v]) => console.log((v / 10000).toFixed(2).padStart(8), 'us', k))
show(byUrl, 25); console.log('--'); show(self, 40)
await server.terminate()
