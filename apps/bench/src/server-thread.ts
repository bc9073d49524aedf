import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort } from 'node:worker_threads'

/** Answers everything with the same list, as fast as it can. */
const BODY = JSON.stringify({
  total: 3,
  items: [1, 2, 3].map((number) => ({ id: `100000${number}`, name: `Export ${number}`, status: 'ready', size: 125 })),
})
const HEADERS = {
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(BODY),
  'x-ratelimit-limit': '150',
  'x-ratelimit-remaining': '149',
  'x-ratelimit-reset': '60',
}

const server = createServer((_request, response) => response.writeHead(200, HEADERS).end(BODY))
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port))
