import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')
const NOT_OURS = /(?:^|\/)(?:generated|api|released)\/|pnpm-lock|CHANGELOG/

/** What makes a reader stumble, and what the sentence says instead. */
const RULES = [
  ['persons', /\b(?:no|some|any|every)body\b|\bwhoever\b/i, 'name the program, the request or the user'],
  ['openings', /(?:^|[*/#-] |[.:] |["'`])Of [a-z\d]/, 'begin with what the sentence is about'],
] as const

const files = execFileSync('git', ['ls-files', '*.ts', '*.md', '*.yaml', '*.yml', '*.json'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !NOT_OURS.test(file) && !file.endsWith('plain-english.test.ts'))

test.each(RULES)('code, docs, help and errors use plain words: no %s', (_name, rule, instead) => {
  const found = files.flatMap((file) =>
    readFileSync(join(ROOT, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (rule.test(line) ? `${file}:${index + 1}: ${line.trim()} (${instead})` : [])),
  )
  expect(found).toEqual([])
})
