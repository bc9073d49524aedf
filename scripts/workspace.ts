import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The part of a package.json that scripts look at. */
export interface Manifest {
  readonly name: string
  readonly version?: string
  readonly private?: boolean
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly repository?: unknown
}

export interface Package {
  /** From the root, such as `packages/client`. */
  readonly folder: string
  readonly manifest: Manifest
}

export const root: string = join(import.meta.dirname, '..')

/** The packages of the workspace, by folder. */
export function workspacePackages(): Package[] {
  return globSync(['openapi/package.json', 'packages/*/package.json', 'apps/*/package.json'], { cwd: root })
    .map((file) => ({ folder: dirname(file).replaceAll('\\', '/'), manifest: readJson<Manifest>(join(root, file)) }))
    .toSorted((one, other) => one.folder.localeCompare(other.folder))
}

export function readJson<Value>(file: string): Value {
  return JSON.parse(readFileSync(file, 'utf8')) as Value
}
