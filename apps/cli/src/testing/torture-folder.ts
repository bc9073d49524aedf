import { createHash } from 'node:crypto'
import {
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { SeededRandom } from './seeded-random.ts'

const MANIFEST_FOLDER = '.hood-exports'

/** Another program that works in the folder meanwhile: removes, changes, empties or touches a file. */
export function meddle(folder: string, random: SeededRandom): void {
  const files = filesIn(folder)
  const file = files[random.below(files.length)]
  if (file === undefined) return
  const path = join(folder, file)
  try {
    switch (random.below(5)) {
      case 0:
        return rmSync(path)
      case 1:
        return writeFileSync(path, `changed ${random.next()}`)
      case 2: {
        const bytes = readFileSync(path)
        bytes.fill(random.below(256), 0, Math.min(1, bytes.length))
        // As many bytes as before, and one that is different or not.
        return writeFileSync(path, bytes)
      }
      case 3:
        return truncateSync(path)
      default:
        return utimesSync(path, 1, 1)
    }
  } catch (error) {
    // The program may have moved it in this very moment.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}

/** The memory of the folder is lost. */
export function loseManifest(folder: string): void {
  rmSync(join(folder, MANIFEST_FOLDER), { recursive: true, force: true })
}

/** What is wrong with a folder that should have exactly these files; nothing, if all is well. */
export function faultsOf(folder: string, expected: ReadonlyMap<string, string>): string[] {
  const faults: string[] = []
  const found = new Map<string, string[]>()
  for (const file of filesIn(folder)) {
    const sha256 = hashOf(join(folder, file))
    found.set(sha256, [...(found.get(sha256) ?? []), file])
  }
  // Two exports may have the same bytes; then there are two files.
  const wanted = Map.groupBy(expected, ([, sha256]) => sha256)
  for (const [sha256, exports] of wanted) {
    const files = found.get(sha256) ?? []
    if (files.length === exports.length) continue
    const ids = exports.map(([id]) => id).join(', ')
    faults.push(`${ids}: there are ${files.length} files: ${files.join(', ')}`)
  }
  const manifest = new DatabaseSync(join(folder, MANIFEST_FOLDER, 'manifest.sqlite'), { readOnly: true })
  const rows = manifest.prepare('SELECT id, state, file, bytes, sha256, reason FROM exports').all()
  manifest.close()
  const saved = new Map(rows.filter(({ state }) => state === 'saved').map((row) => [String(row['id']), row]))
  for (const [id, sha256] of expected) {
    const row = saved.get(id)
    if (row === undefined) faults.push(`${id} is not saved: ${JSON.stringify(rows.find((each) => each['id'] === id))}`)
    else if (row['sha256'] !== sha256) faults.push(`the manifest has another checksum for ${id}`)
  }
  for (const [id, { file, bytes, sha256 }] of saved) {
    const path = join(folder, String(file))
    if (!existsSync(path)) faults.push(`the manifest has "${String(file)}" for ${id}, which is not there`)
    else if (statSync(path).size !== bytes || hashOf(path) !== sha256) faults.push(`"${String(file)}" is not as saved`)
  }
  const unfinished = rows.filter(({ state }) => state === 'moving' || state === 'wanted')
  for (const row of unfinished) faults.push(`${String(row['id'])} is still ${String(row['state'])}`)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (/\.part$|[/\\]staging[/\\]/.test(name)) faults.push(`"${name}" is left over`)
  }
  return faults
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}
