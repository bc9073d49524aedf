/** What every command looks at before it loads anything: an older Node fails with a stack trace somewhere else. */
export interface CommandManifest {
  readonly bin: Readonly<Record<string, string>>
  /** Such as `>=24.18`. */
  readonly engines: { readonly node: string }
}

/** What to tell people whose Node is older than the package asks for; undefined: theirs is new enough. */
export function nodeComplaint({ bin, engines }: CommandManifest, running: string): string | undefined {
  const floor = engines.node.replace('>=', '')
  if (ordinal(running) >= ordinal(floor)) return undefined
  const [command] = Object.keys(bin)
  return `error: ${command} needs Node ${floor} or newer, and this is ${running}: get one from https://nodejs.org\n`
}

/** Of major and minor version. Intl, which could compare versions too, takes longer than all of Node's start. */
function ordinal(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major * 1_000 + minor
}
