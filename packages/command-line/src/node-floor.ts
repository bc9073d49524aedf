/** What is looked at before anything is loaded: an older Node fails with a stack trace somewhere else. */
export interface CommandManifest {
  readonly bin: Readonly<Record<string, string>>
  /** Such as `>=22.13`. */
  readonly engines: { readonly node: string }
}

/** Loads a command on a Node that its package takes; on an older one it prints which Node is needed and ends with 2. */
export async function startOnNode({ bin, engines }: CommandManifest, load: () => Promise<unknown>): Promise<void> {
  const floor = engines.node.replace('>=', '')
  const running = process.versions.node
  if (ordinal(running) >= ordinal(floor)) {
    withoutExperimentalWarnings()
    await load()
    return
  }
  const [command] = Object.keys(bin)
  process.stderr.write(
    `error: ${command} needs Node ${floor} or newer, and this is ${running}: get one from https://nodejs.org\n`,
  )
  process.exitCode = 2
}

/** Node 22 calls its SQLite experimental: that is for those who write a command, not for those who run it. */
function withoutExperimentalWarnings(): void {
  const { emitWarning } = process
  process.emitWarning = (warning: string | Error, ...about: unknown[]): void => {
    if (about[0] !== 'ExperimentalWarning') Reflect.apply(emitWarning, process, [warning, ...about])
  }
}

/** Compares major and minor version. Intl, which could compare versions too, takes longer than all of Node's start. */
function ordinal(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major * 1_000 + minor
}
