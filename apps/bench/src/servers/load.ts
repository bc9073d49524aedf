import autocannon from 'autocannon'

export interface LoadOptions {
  readonly port: number
  /** Asked in turn on each connection, by each from another one on: no two ask for the same at the same time. */
  readonly paths: readonly string[]
  readonly token: string
  /** The time of load that is measured. */
  readonly seconds: number
  /** The time of load before it: a just-in-time compiler has to see the code first. Default 0. */
  readonly warmUpSeconds?: number
  /** The statuses that must come, each and no other. */
  readonly statuses: readonly number[]
}

const CONNECTIONS = 10

/** @throws Error when anything else comes than was expected: that would be no measure. */
export async function requestsPerSecond({
  port,
  paths,
  token,
  seconds,
  warmUpSeconds = 0,
  statuses,
}: LoadOptions): Promise<number> {
  let connection = 0
  const load = {
    url: `http://127.0.0.1:${port}`,
    headers: { authorization: `Bearer ${token}` },
    connections: CONNECTIONS,
    setupClient: (client: autocannon.Client): void => {
      const first = Math.floor((connection++ / CONNECTIONS) * paths.length) % paths.length
      client.setRequests([...paths.slice(first), ...paths.slice(0, first)].map((path) => ({ path })))
    },
  }
  if (warmUpSeconds > 0) await autocannon({ ...load, duration: warmUpSeconds })
  const { requests, duration, errors, timeouts, statusCodeStats } = await autocannon({ ...load, duration: seconds })
  const came = Object.keys(statusCodeStats ?? {}).join()
  if (errors + timeouts > 0 || came !== statuses.join()) {
    throw new Error(`${errors} errors, ${timeouts} timeouts, statuses ${came}: this is no measure`)
  }
  return requests.total / duration
}
