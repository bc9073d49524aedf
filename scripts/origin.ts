import { join } from 'node:path'
import { readJson, root } from './workspace.ts'

/** Stands for the account that the repository belongs to, until there is one. */
const PLACEHOLDER = 'OWNER'

export interface Origin {
  /** Without a slash at its end. */
  readonly url: string
  readonly isPlaceholder: boolean
}

/** Where the repository is: `github:owner/name` in the root's package.json. @throws Error for anything else */
export function readOrigin(): Origin {
  const { repository } = readJson<{ readonly repository?: unknown }>(join(root, 'package.json'))
  const [, owner, name] = /^github:([\w.-]+)\/([\w.-]+)$/.exec(String(repository)) ?? []
  if (owner === undefined) {
    throw new Error(`package.json: the repository ${JSON.stringify(repository)}; give "github:OWNER/hood-exports"`)
  }
  return { url: `https://github.com/${owner}/${name}`, isPlaceholder: owner === PLACEHOLDER }
}
