/** Why no answer came, found in the chain of causes. */
export interface NetworkDiagnosis {
  readonly kind: 'dns' | 'refused' | 'tls' | 'broken-off' | 'unreachable'
  /** One sentence with the way out. */
  readonly message: string
}

const TLS = /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH)/

/** What a network failure means; `undefined` when the system's code is not one that is known here. */
export function diagnose(error: unknown): NetworkDiagnosis | undefined {
  for (const { code, hostname, address, port } of causes(error)) {
    const place =
      hostname ?? (address === undefined ? 'the address' : `${address}${port === undefined ? '' : `:${port}`}`)
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
      return {
        kind: 'dns',
        message: `No address is known for ${place} (${code}): check the spelling of the base URL, and that this machine is online`,
      }
    }
    if (code === 'ECONNREFUSED') {
      return {
        kind: 'refused',
        message: `Nothing listens at ${place} (${code}): check the port of the base URL, and that the server runs`,
      }
    }
    if (code !== undefined && TLS.test(code)) {
      return {
        kind: 'tls',
        message: `The connection is not secure (${code}): check that the base URL should be https and that its certificate is trusted here (NODE_EXTRA_CA_CERTS)`,
      }
    }
    if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET') {
      return {
        kind: 'broken-off',
        message: `The connection broke off (${code}): try again, and check proxies in between`,
      }
    }
    if (
      code !== undefined &&
      /^(?:ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|EADDRNOTAVAIL)$/.test(code)
    ) {
      return {
        kind: 'unreachable',
        message: `${place} cannot be reached (${code}): check the network, firewalls and proxies`,
      }
    }
  }
  return undefined
}

interface SystemError {
  readonly code?: string
  readonly hostname?: string
  readonly address?: string
  readonly port?: number
}

/** An error and everything under it, several addresses of one host included. */
function* causes(error: unknown, depth = 0): Generator<SystemError> {
  if (!(error instanceof Error) || depth > 8) return
  yield* causes(error.cause, depth + 1)
  if (error instanceof AggregateError) for (const inner of error.errors) yield* causes(inner, depth + 1)
  yield error as SystemError
}
