import { FILTER_KINDS, PATHS } from '@hood-exports/openapi'
import { DEFAULT_CHOICES } from '../choices.ts'
import type { Choices, Member } from '../choices.ts'
import { DOWNLOAD_URL_PREFIX, OTHER_URL_PREFIX } from '../made-up.ts'

const URLS: Readonly<Record<Choices['download.url'], readonly [before: string, after: string]>> = {
  'sample-path': [DOWNLOAD_URL_PREFIX, '/download'],
  'documented-path': PATHS.download.split('{id}') as [string, string],
  other: [OTHER_URL_PREFIX, ''],
}

const SIZES: Readonly<Record<Choices['download.size-unit'], string>> = {
  bytes: 'items.size',
  bits: 'items.size * 8',
  kilobytes: '(items.size + 999) / 1000',
  kibibytes: '(items.size + 1023) / 1024',
  other: 'items.size',
}

/** What stands in place of null where a member always has a value. */
const VALUES = { text: `''`, id: `'0'`, number: '0', time: 'items.update_time' }

/** The value of a member, in SQL over `items`. */
export function memberSql(member: Member, choices: Choices): string {
  const value = ownSql(member, choices)
  return choices['members.without-value'][member] === undefined && isNullable(member)
    ? `coalesce(${value}, ${VALUES[FILTER_KINDS[member]]})`
    : value
}

function ownSql(member: Member, choices: Choices): string {
  if (member === 'id') return 'CAST(items.id AS TEXT)'
  if (member === 'company_id') return '(SELECT company_id FROM accounts WHERE accounts.id = items.account_id)'
  if (member === 'size') return SIZES[choices['download.size-unit']]
  if (member !== 'download_url') return `items.${member}`
  const [before, after] = URLS[choices['download.url']]
  return `CASE items.status WHEN 'ready' THEN '${before}' || items.id || '${after}' END`
}

/** Whether the sandbox stores exports without it. */
function isNullable(member: Member): boolean {
  return DEFAULT_CHOICES['members.without-value'][member] !== undefined
}
