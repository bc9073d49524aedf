// After `changeset version`: files that are no package, and name the version of one.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, workspacePackages } from './workspace.ts'

const NAMING = ['.github/actions/hood-contract/action.yml', 'docs/contract-tests.md']

const contract = workspacePackages().find(({ manifest }) => manifest.name === '@hood-exports/contract')
for (const file of NAMING) {
  const text = readFileSync(join(root, file), 'utf8')
  const next = text.replaceAll(
    /(@hood-exports\/contract@|\/actions\/hood-contract@v)[\d.]+/g,
    `$1${contract?.manifest.version}`,
  )
  writeFileSync(join(root, file), next)
}
