// Packs every published package, checks what was packed, and publishes it: each after those that it depends on. What the
// registry has already is left out, so that a release that broke off half-way can be run again. --dry-run publishes nothing.
import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readOrigin } from './origin.ts'
import { packedFaults, publishOrder } from './packed.ts'
import type { PackedManifest } from './packed.ts'
import { root, workspacePackages } from './workspace.ts'

const isDryRun = process.argv.includes('--dry-run')
const origin = readOrigin()
if (origin.isPlaceholder && !isDryRun) {
  process.stderr.write(
    'error: nothing is published while the owner of the repository is a placeholder: write it into "repository" in package.json, run "pnpm generate" and commit\n',
  )
  process.exit(1)
}

const folder = join(root, 'release')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)
const published = workspacePackages().filter(({ manifest }) => manifest.private !== true)
for (const one of published) run('pnpm', ['pack', '--pack-destination', folder], join(root, one.folder))
run('pnpm', ['sbom', '--prod', '--sbom-format', 'cyclonedx', '--out', join(folder, 'sbom.cdx.json')], root)

const packed = globSync('*.tgz', { cwd: folder }).map((file) => ({
  file,
  files: read('tar', ['-tzf', file]).split('\n'),
  manifest: JSON.parse(read('tar', ['-xOzf', file, 'package/package.json'])) as PackedManifest,
}))
const faults = [
  ...(packed.length === published.length
    ? []
    : [`${published.length} packages were packed into ${packed.length} files`]),
  ...packed.flatMap((one) => packedFaults(one, origin)),
]
if (faults.length > 0) {
  process.stderr.write(faults.map((fault) => `error: ${fault}\n`).join(''))
  process.exit(1)
}
for (const { manifest, file } of publishOrder(packed)) {
  const name = `${manifest.name}@${manifest.version}`
  if (!isDryRun && isPublished(name)) process.stdout.write(`${name} is published already\n`)
  else
    run(
      'npm',
      ['publish', `./${file}`, '--access', 'public', ...(isDryRun ? ['--dry-run', '--no-provenance'] : [])],
      folder,
    )
}
process.stdout.write(
  `${packed.length} packages ${isDryRun ? 'could be published' : 'are published'}; they lie in release/\n`,
)

function run(program: string, argv: readonly string[], cwd: string): void {
  execFileSync(program, argv, { cwd, stdio: 'inherit', shell: process.platform === 'win32' })
}

function read(program: string, argv: readonly string[]): string {
  return execFileSync(program, argv, { cwd: folder, encoding: 'utf8' })
}

function isPublished(name: string): boolean {
  try {
    return read('npm', ['view', name, 'version']).trim() !== ''
  } catch {
    // npm ends with an error for a package that was never published.
    return false
  }
}
