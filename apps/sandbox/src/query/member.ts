import { DOWNLOAD_URL_PREFIX } from '../choices.ts'
import type { Member } from '../choices.ts'

/** Members that are not stored as they are. */
const DERIVED: Partial<Record<Member, string>> = {
  id: 'CAST(items.id AS TEXT)',
  company_id: '(SELECT company_id FROM accounts WHERE accounts.id = items.account_id)',
  download_url: `CASE items.status WHEN 'ready' THEN '${DOWNLOAD_URL_PREFIX}' || items.id || '/download' END`,
}

/** The value of a member, in SQL over `items`. */
export function memberSql(member: Member): string {
  return DERIVED[member] ?? `items.${member}`
}
