import type { ExportsEvent, RateLimiter } from '@hood-exports/client'
import { NO_STATUS_LINE, createStatusLine, fitMessage, paint } from '@hood-exports/command-line/terminal'
import type { CommandContext, Connection, GlobalFlags, LogFacts } from './command-context.ts'
import { logLine } from './log-line.ts'
import type { LogLevel } from './log-line.ts'
import type { MachineQuota, MachineQuotaOptions } from './machine-quota.ts'
import type { Terminal } from './terminal/terminal.ts'

/** The context of one run of one command. */
export function createContext(terminal: Terminal, flags: GlobalFlags, signal: AbortSignal): CommandContext {
  const { stdout, clock, fetch, env } = terminal
  const now = (): number => clock?.now() ?? performance.now()
  const startedAt = now()
  const isLogged = flags.log === 'json'
  const isSilent = flags.quiet === true || flags.json === true || isLogged || !terminal.stderr.isTTY
  const wallNow = (): number => clock?.wallNow() ?? Date.now()
  const status = isSilent ? NO_STATUS_LINE : createStatusLine({ output: terminal.stderr, term: env['TERM'], now })
  const stderr = status.clearing(terminal.stderr)
  const aside = status.clearing(stdout)
  let connection: Promise<Connection> | undefined

  const log = async (facts: LogFacts, level: LogLevel = 'info'): Promise<void> => {
    if (isLogged && !(flags.quiet && level === 'info')) await stderr.write(logLine(level, facts, wallNow()))
  }

  const say = async (text: string, label?: string): Promise<void> => {
    if (isLogged) return log({ event: 'note', message: text }, label === undefined ? 'info' : 'warning')
    await stderr.write(`${label ? `${paint(stderr, 'yellow', label)} ` : ''}${fitMessage(text, stderr, label)}\n`)
  }

  const quotas: MachineQuota[] = []

  /** The quota that this machine shares; `undefined` in tests, and where a command keeps an own count. */
  async function limiterOf(options: Omit<MachineQuotaOptions, 'env' | 'warn'>): Promise<RateLimiter | undefined> {
    if (clock || fetch || flags.quota === 'own') return undefined
    const { machineQuota } = await import('./machine-quota.ts')
    const quota = await machineQuota({ ...options, env, warn: context.warn })
    if (quota) quotas.push(quota)
    return quota?.limiter
  }

  async function traceOf(): Promise<(event: ExportsEvent) => void> {
    if (!isLogged) return (await import('./trace.ts')).tracer(stderr)
    return (event) => void log({ event: 'request', ...event }, 'debug').catch(() => undefined)
  }

  const context: CommandContext = {
    terminal: { ...terminal, stderr },
    flags,
    signal,
    now,
    wallNow,
    status,
    connection: () =>
      (connection ??= import('./connection.ts').then(({ resolveConnection }) => resolveConnection(terminal, flags))),
    async connect({ onEvent, connection: given, ...options } = {}) {
      // In this order: what is missing is reported before anything is loaded.
      const { baseUrl, token } = given ?? (await context.connection())
      if (!fetch) await (await import('./use-proxies.ts')).useProxies(env, context.warn)
      const { RATE_LIMIT_TIERS, RATE_LIMIT_WINDOWS, createExportsClient, createRateLimiter } =
        await import('@hood-exports/client')
      const limits = flags.tier && RATE_LIMIT_TIERS[flags.tier]
      const windows =
        limits && RATE_LIMIT_WINDOWS.map((window, index) => ({ ...window, limit: limits[index] as number }))
      const trace = flags.verbose ? await traceOf() : undefined
      const clientOptions = {
        baseUrl,
        token,
        clock,
        fetch,
        limiter:
          options.limiter ?? (await limiterOf({ baseUrl, token, windows })) ?? createRateLimiter({ clock, windows }),
        timeoutMs: flags.timeout,
        // Read at each call: what is left of the command's time.
        get deadlineMs() {
          return context.remainingMs()
        },
        onEvent(event: ExportsEvent) {
          trace?.(event)
          const pause = pauseIn(event)
          if (pause !== undefined) status.pause(pause.reason, pause.ms)
          onEvent?.(event)
        },
        maxRetries: options.maxRetries,
      }
      return createExportsClient(clientOptions)
    },
    async close() {
      await Promise.all(quotas.map((quota) => quota.close()))
    },
    remainingMs: () => (flags.deadline === undefined ? undefined : Math.max(0, startedAt + flags.deadline - now())),
    async print(data) {
      // The bytes of a file go past the status line when they go elsewhere; text may come back, as through `head`.
      const output = typeof data === 'string' || stdout.isTTY ? aside : stdout
      await output.write(data)
    },
    async note(text) {
      if (!isSilent) await say(text)
    },
    say,
    log,
    warn: (text) => say(text, 'warning:'),
  }
  return context
}

/** From here on, a pause needs an explanation. */
const NOTICED_MS = 1_000

/** A while where the answer names none. */
const UNNAMED_MS = 60_000

/** Why nothing happens for a while, and for how long. */
function pauseIn(event: ExportsEvent): { readonly reason: string; readonly ms: number } | undefined {
  if (event.type === 'queued' && event.estimatedWaitMs >= NOTICED_MS) {
    return { reason: 'waiting for the quota', ms: event.estimatedWaitMs }
  }
  if (event.type === 'throttled') {
    const { retryAfter } = event
    const ms = typeof retryAfter === 'number' ? retryAfter : UNNAMED_MS
    return { reason: 'the quota of the account is used up: waiting', ms }
  }
  if (event.type === 'retried') {
    return { reason: `no good answer (${event.reason}): trying again`, ms: Math.max(NOTICED_MS, event.delayMs) }
  }
  return undefined
}
