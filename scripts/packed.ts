import type { Origin } from './origin.ts'

export interface PackedManifest {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly homepage?: string
  readonly bugs?: string
  readonly repository?: { readonly url?: string; readonly directory?: string }
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

export interface Packed {
  readonly manifest: PackedManifest
  /** As they stand in the archive, such as `package/README.md`. */
  readonly files: readonly string[]
}

/** What a registry, or a user of the package, would stumble over. */
export function packedFaults({ manifest, files }: Packed, { url }: Pick<Origin, 'url'>): string[] {
  const { name, license, homepage, bugs, repository, dependencies, peerDependencies } = manifest
  // A registry that is given provenance compares it with the repository that the package was built in.
  const hasOrigin = repository?.url === `git+${url}.git` && repository.directory !== undefined
  const ranges = Object.entries({ ...dependencies, ...peerDependencies })
  return [
    ...(hasOrigin ? [] : [`${name} has the repository ${JSON.stringify(repository)}: run "pnpm generate"`]),
    ...(homepage === undefined || bugs === undefined ? [`${name} has no homepage or bugs: run "pnpm generate"`] : []),
    ...(license === undefined ? [`${name} has no license`] : []),
    ...['README.md', 'LICENSE']
      .filter((file) => !files.includes(`package/${file}`))
      .map((file) => `${name} lacks ${file}`),
    ...ranges
      .filter(([, range]) => /^(?:workspace|catalog|link|file):/.test(range))
      .map(([dependency, range]) => `${name} asks for ${dependency} by "${range}", which no registry knows`),
  ]
}

/** Each package after those that it depends on: none is there before it can be installed. */
export function publishOrder<One extends Pick<Packed, 'manifest'>>(packed: readonly One[]): One[] {
  const ordered: One[] = []
  const add = (one: One): void => {
    if (ordered.includes(one)) return
    for (const name of Object.keys(one.manifest.dependencies ?? {})) {
      const dependency = packed.find(({ manifest }) => manifest.name === name)
      if (dependency !== undefined) add(dependency)
    }
    ordered.push(one)
  }
  packed.forEach(add)
  return ordered
}
