import type { ExportItem } from '@hood-exports/client'
import { CommandError } from '../command-error.ts'
import type { Manifest } from './manifest.ts'

/** The list is of another account than the folder. The token stays the same, so no later look can be otherwise. */
export class AnotherAccountError extends CommandError {}

/** Whether the token of a run is of the account whose exports the folder has. */
export interface AccountCheck {
  /** Whether a page was listed, and nothing spoke against it. */
  readonly isPassed: boolean
  /**
   * Told of each page before anything of it is noted; the first one that names a company decides.
   * @throws CommandError `folder` when it is another account's, or when there is nothing where there was something.
   */
  see(items: readonly ExportItem[]): void
}

/** The API names no account; its exports name their company. Those that do not tell nothing. */
export function createAccountCheck(directory: string, manifest: Manifest): AccountCheck {
  let isPassed = false
  let isKnown = false
  return {
    get isPassed() {
      return isPassed
    },
    see(items) {
      const company = manifest.company()
      if (!isPassed && items.length === 0 && manifest.isInUse()) throw emptyList(directory, company)
      // What comes over the wire need not have it.
      const listed = items.map((item) => item.company_id as unknown).filter((id) => typeof id === 'string')
      const [first] = listed
      if (!isKnown && first !== undefined) {
        if (company === undefined) manifest.setCompany(first)
        else if (!listed.includes(company)) throw anotherAccount(directory, company, first)
        isKnown = true
      }
      isPassed = true
    },
  }
}

function anotherAccount(directory: string, company: string, listed: string): AnotherAccountError {
  return new AnotherAccountError(
    'folder',
    `The folder "${directory}" has the exports of company ${company}, and this token lists those of company ${listed}: give another folder, or a token of company ${company} (nothing was changed)`,
  )
}

function emptyList(directory: string, company: string | undefined): CommandError {
  const whose = company === undefined ? '' : ` of company ${company}`
  return new CommandError(
    'folder',
    `The folder "${directory}" has exports${whose}, and this token lists none: either it is of another account, or all exports are gone. Give a token${whose || ' of their account'}, or another folder; if all are gone, there is nothing to keep in step (nothing was changed)`,
  )
}
