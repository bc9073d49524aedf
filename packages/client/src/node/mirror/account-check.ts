import { ExportsError } from '../../errors.ts'
import type { ExportItem } from '../../export-item.ts'
import type { Manifest } from './manifest.ts'

/** Whether the token of a run is of the account whose exports the destination has. */
export interface AccountCheck {
  /** Whether a page was listed, and nothing spoke against it. */
  readonly isPassed: boolean
  /**
   * Told of each page before anything of it is noted; the first one that names a company decides.
   * @throws ExportsError `file`: `OTHER_ACCOUNT`, or `EMPTY_LIST` when there is nothing where there was something
   */
  see(items: readonly ExportItem[]): void
}

/** The API names no account; its exports name their company. Those that do not tell nothing. */
export function createAccountCheck(name: string, manifest: Manifest): AccountCheck {
  let isPassed = false
  let isKnown = false
  return {
    get isPassed() {
      return isPassed
    },
    see(items) {
      const company = manifest.company()
      if (!isPassed && items.length === 0 && manifest.isInUse()) throw emptyList(name, company)
      // What comes over the wire need not have it.
      const listed = items.map((item) => item.company_id as unknown).filter((id) => typeof id === 'string')
      const [first] = listed
      if (!isKnown && first !== undefined) {
        if (company === undefined) manifest.setCompany(first)
        else if (!listed.includes(company)) throw otherAccount(name, company, first)
        isKnown = true
      }
      isPassed = true
    },
  }
}

function otherAccount(name: string, company: string, listed: string): ExportsError<'file'> {
  return new ExportsError(
    'file',
    `"${name}" has the exports of company ${company}, and this token lists those of company ${listed}: give another destination, or a token of company ${company} (nothing was changed)`,
    { code: 'OTHER_ACCOUNT', path: name },
  )
}

function emptyList(name: string, company: string | undefined): ExportsError<'file'> {
  const whose = company === undefined ? '' : ` of company ${company}`
  return new ExportsError(
    'file',
    `"${name}" has exports${whose}, and this token lists none: either it is of another account, or all exports are gone. Give a token${whose || ' of their account'}, or another destination; if all are gone, there is nothing to keep in step (nothing was changed)`,
    { code: 'EMPTY_LIST', path: name },
  )
}
