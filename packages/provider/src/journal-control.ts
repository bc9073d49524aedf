import { BadRequest } from './bad-request.ts'
import type { Call } from './call.ts'
import type { Control } from './control.ts'
import { controlPrefix } from './control.ts'
import type { Journal, RequestMatch } from './journal.ts'
import type { ProviderName } from './provider-name.ts'

type JournalTarget = Pick<Journal, 'requests' | 'forgetRequests'>

/** The requests of the API that came, over the control endpoint. */
export function journalControls(provider: ProviderName): readonly Control<JournalTarget>[] {
  const path = `${controlPrefix(provider)}requests`
  return [
    {
      method: 'GET',
      path,
      effect:
        'The last 1,000 requests, and their count; ?method=GET&path=/v1/*&query.sort=-size&status=200&token=… picks some',
      run: (journal, call) => {
        const requests = journal.requests(matchOf(call))
        return { count: requests.length, requests }
      },
    },
    {
      method: 'DELETE',
      path,
      effect: 'Forgets them, or those that are picked',
      run: (journal, call) => {
        journal.forgetRequests(matchOf(call))
        return {}
      },
    },
  ]
}

const NAMES = 'method, path, status, token, query.NAME'

/** @throws BadRequest for a name that is none: a test that counts must not count all by accident. */
function matchOf({ search }: Call): RequestMatch {
  const query: Record<string, string> = {}
  const match: Record<string, string | number> = {}
  for (const [name, value] of new URLSearchParams(search)) {
    if (name.startsWith('query.')) query[name.slice('query.'.length)] = value
    else if (name === 'status') match[name] = statusOf(value)
    else if (['method', 'path', 'token'].includes(name)) match[name] = value
    else throw new BadRequest(`requests are not picked by "${name}": give ${NAMES}`)
  }
  return { ...match, query }
}

function statusOf(text: string): number {
  if (/^[1-5]\d\d$/.test(text)) return Number(text)
  throw new BadRequest(`status: "${text}" is none: give one such as 200`)
}
