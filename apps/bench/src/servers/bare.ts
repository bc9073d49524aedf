import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

/** An answer, as it is to be sent. */
export interface BareAnswer {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A bare node:http server that sends the bytes that it was given, and does nothing else. */
if (import.meta.main) {
  const answers = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Record<string, BareAnswer>
  const encoded = new Map(
    Object.entries(answers).map(([path, { headers, body }]) => [path, { headers, bytes: Buffer.from(body) }]),
  )
  const server = createServer(({ url = '' }, response) => {
    const { headers, bytes } = encoded.get(url) ?? {}
    response.writeHead(200, headers).end(bytes)
  })
  server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(server.address())))
}
