// Brings together what the site shows, in pages/: the docs, the README as its first page, the reference, and llms.txt.
import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

const root = join(import.meta.dirname, '..')
const pages = join(import.meta.dirname, 'pages')
const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { repository: string }
const code = `https://github.com/${repository.replace('github:', '')}/blob/main`

rmSync(pages, { recursive: true, force: true })
mkdirSync(join(pages, 'public'), { recursive: true })
const files = globSync('docs/**/*.md', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .toSorted()
const index: string[] = []
for (const file of ['README.md', ...files]) {
  const text = withSiteLinks(readFileSync(join(root, file), 'utf8'), file)
  const name = file === 'README.md' ? 'index.md' : file.replace('docs/', '')
  for (const target of [join(pages, name), join(pages, 'public', name)]) {
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
  const [, title = name, first = ''] = /^# (.*)\n+(.*)/.exec(text) ?? []
  index.push(`- [${title}](${name}): ${first}`)
}
for (const file of globSync('docs/*.svg', { cwd: root }))
  cpSync(join(root, file), join(pages, file.slice('docs/'.length)))
writeFileSync(join(pages, 'public/llms.txt'), `# hood-exports\n\n${index.join('\n')}\n`)

execFileSync(process.execPath, ['packages/provider/src/build-reference.ts'], { cwd: root, stdio: 'inherit' })
cpSync(join(root, 'packages/provider/dist/reference.html'), join(pages, 'public/reference.html'))

/** Links of the repository as links of the site; what is no page of it leads to the code. */
function withSiteLinks(text: string, file: string): string {
  return text.replaceAll(/\]\((?!https?:|#)([^)#\s]+)(#[^)\s]*)?\)/g, (_all, link: string, anchor = '') => {
    const target = posix.normalize(posix.join(posix.dirname(file), link))
    if (!/^docs\/.*\.(?:md|svg)$/.test(target)) return `](${code}/${target}${anchor})`
    const from = file === 'README.md' ? '.' : posix.dirname(file.replace('docs/', ''))
    const relative = posix.relative(from, target.replace('docs/', ''))
    return `](${relative.startsWith('.') ? relative : `./${relative}`}${anchor})`
  })
}
