// Writes where each published package comes from into its package.json; with --check it only looks whether it is there.
// The owner of the repository stands in one place, the root's package.json.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { readOrigin } from './origin.ts'
import { readJson, root, workspacePackages } from './workspace.ts'

const { url } = readOrigin()
const stale: string[] = []
for (const { folder, manifest } of workspacePackages()) {
  if (manifest.private === true) continue
  const file = join(root, folder, 'package.json')
  const origin = {
    homepage: `${url}/tree/main/${folder}#readme`,
    bugs: `${url}/issues`,
    repository: { type: 'git', url: `git+${url}.git`, directory: folder },
  }
  const present = readJson<Record<string, unknown>>(file)
  if (isDeepStrictEqual({ ...present, ...origin }, present)) continue
  stale.push(folder)
  if (process.argv.includes('--check')) continue
  // Behind the description, as npm orders them.
  const members = Object.entries(present).filter(([name]) => !(name in origin))
  const at = members.findIndex(([name]) => name === 'license')
  const next = Object.fromEntries([...members.slice(0, at), ...Object.entries(origin), ...members.slice(at)])
  writeFileSync(file, `${JSON.stringify(next, null, 2)}\n`)
}
if (stale.length > 0 && process.argv.includes('--check')) {
  process.stderr.write(`error: the repository is stale in ${stale.join(', ')}: run "pnpm generate" and commit it\n`)
  process.exitCode = 1
}
