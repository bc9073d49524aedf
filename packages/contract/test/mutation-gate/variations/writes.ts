import { NUMBERS_AS_TEXT } from '@hood-exports/sandbox'
import {
  answers,
  eachItem,
  envelopes,
  errorInstead,
  isPost,
  operationOf,
  parameter,
  replaced,
  tokenOf,
  withParameters,
} from '../changes.ts'
import type { Item } from '../changes.ts'
import { operations, posts } from '../posts.ts'
import type { Change, Variation } from '../provider.ts'

const isMade = ({ name }: Item): boolean => String(name).startsWith('hoodcontract')

/** What was made is not listed before so many seconds. */
const listedAfter =
  (seconds: number): Change =>
  (provider, surroundings) => {
    const { clock } = surroundings
    let madeAtMs = -Infinity
    const hiding = envelopes(({ total, items }) => {
      const shown = clock.wallNow() - madeAtMs >= seconds * 1_000 ? items : items.filter((item) => !isMade(item))
      return { total: total - (items.length - shown.length), items: shown }
    }, 'list')(provider, surroundings)
    return (request) => {
      if (isPost(request, 'exportQuickReport')) madeAtMs = clock.wallNow()
      return hiding(request)
    }
  }

/** A retry makes a new record, and leaves the old one as it is. */
const newRecords: Change = (provider) => async (request) => {
  if (!isPost(request, 'retry')) return provider(request)
  const list = `${new URL(request.url).origin}/v1/hood/exports?page=1,1`
  const told = await provider(
    new Request(list, { headers: { authorization: request.headers.get('authorization') ?? '' } }),
  )
  if (told.status !== 200) return told
  const view = request.url.replace('/retry', '')
  const viewed = await provider(new Request(view, { headers: request.headers }))
  if (viewed.status !== 200) return viewed
  const body = JSON.stringify({ name: 'Again', out: 'csv' })
  const headers = { authorization: `Bearer ${tokenOf(request)}`, 'content-type': 'application/json' }
  const { origin } = new URL(request.url)
  return provider(new Request(`${origin}/v1/hood/quick-reports/7/export`, { method: 'POST', headers, body }))
}

/** A status has another name, in items and in filters. */
const called =
  (from: string, to: string): Change =>
  (provider, surroundings) => {
    const renamed = eachItem((item) => (item['status'] === from ? { ...item, status: to } : item))(
      provider,
      surroundings,
    )
    return (request) => {
      const status = parameter(request, 'status')?.replaceAll(to, from)
      return renamed(status === undefined ? request : withParameters(request, { status }))
    }
  }

const VARIATIONS: readonly Omit<Variation, 'writes'>[] = [
  { name: 'writes', permitted: 'the sandbox itself, where something is made' },
  {
    name: 'made-at-once',
    permitted: 'how long making takes is not documented',
    sandbox: { makingSeconds: 0 },
  },
  {
    name: 'made-slowly',
    permitted: 'how long making takes is not documented: half a minute',
    sandbox: { makingSeconds: 30 },
  },
  {
    name: 'made-never',
    permitted: 'how long making takes is not documented: longer than a run waits',
    sandbox: { makingSeconds: 3_600 },
  },
  {
    name: 'listed-late',
    permitted: 'when an export is listed is not documented: after 20 seconds',
    change: listedAfter(20),
  },
  {
    name: 'retry-makes-a-record',
    permitted: 'whether a retry keeps the record is not documented',
    change: newRecords,
  },
  {
    name: 'attempts-counted-when-they-begin',
    permitted: 'when an attempt is counted is not documented',
    change: eachItem((item) =>
      isMade(item) && item['status'] === 'queued' && typeof item['attempt_count'] === 'number'
        ? { ...item, attempt_count: Math.max(0, item['attempt_count'] - 1) }
        : item,
    ),
  },
  {
    name: 'name-as-asked',
    permitted: 'what is added to a name is not documented: nothing',
    change: eachItem((item) =>
      isMade(item) ? { ...item, name: String(item['name']).replace(/ - [\d.]+ [\d:]+$/, '') } : item,
    ),
  },
  {
    name: 'name-with-more',
    permitted: 'what is added to a name is not documented: something before it',
    change: eachItem((item) => (isMade(item) ? { ...item, name: `Report ${String(item['name'])}` } : item)),
  },
  {
    name: 'operation-of-an-id',
    permitted: 'which members an operation has is not documented',
    change: (provider, surroundings) =>
      operations('retry', ({ id }) => ({ id }))(
        operations('exportQuickReport', ({ id }) => ({ id }))(provider, surroundings),
        surroundings,
      ),
  },
  {
    name: 'operation-of-digits',
    permitted: 'what the id of an operation looks like is not documented',
    change: operations('exportQuickReport', (body) => ({
      ...body,
      id: '17430755068336100383',
      name: 'report',
      status: 'pending',
    })),
  },
  {
    name: 'no-such-report',
    permitted: 'which quick reports an account has is its own affair',
    change: posts('exportQuickReport', async (request, provider) => {
      const response = await provider(request)
      return [202, 400].includes(response.status) ? errorInstead(response, 404, 'Not found.') : response
    }),
  },
  {
    name: 'members-required',
    permitted: 'which members of a request are required is not documented',
    change: posts('exportQuickReport', async (request, provider, { correct }) => {
      const body = await request.clone().text()
      if (body.includes('"source"') || body.startsWith('[')) return provider(request)
      const list = `${new URL(request.url).origin}/v1/hood/exports?page=1,1`
      const told = await provider(new Request(list, { headers: { authorization: `Bearer ${tokenOf(request)}` } }))
      const refused = errorInstead(await correct(request), 400, 'Bad request.')
      return replaced(told, { status: told.status === 200 ? 400 : told.status, body: await refused.text() })
    }),
  },
  {
    name: 'get-is-405',
    permitted: 'what GET gets where the API has POST is not documented',
    change: answers((response, request) =>
      ['retry', 'exportQuickReport'].includes(operationOf(request)) && request.method === 'GET'
        ? replaced(response, { status: 405, body: '', headers: { allow: 'POST' } })
        : response,
    ),
  },
  { name: 'queue-by-another-name', permitted: 'statuses are open', change: called('queued', 'queue') },
  {
    name: 'nothing-told-until-ready',
    permitted: 'which members may be null is not documented',
    change: eachItem((item) =>
      item['status'] === 'ready' || !isMade(item)
        ? item
        : { ...item, extension: null, mime_type: null, download_url: null },
    ),
  },
  {
    name: 'extension-in-capitals',
    permitted: 'vocabularies are open',
    change: eachItem((item) =>
      isMade(item) && typeof item['extension'] === 'string'
        ? { ...item, extension: item['extension'].toUpperCase() }
        : item,
    ),
  },
  {
    name: 'made-by-another',
    permitted: 'whether the creator is the one whose token it is, is not documented',
    change: eachItem((item) => (isMade(item) ? { ...item, creator_id: '1000009' } : item)),
  },
  {
    name: 'one-post-fails',
    permitted: 'a 500 that does not come again is an accident',
    change: (provider) => {
      let count = 0
      return async (request) => {
        const response = await provider(request)
        if (isPost(request, 'exportQuickReport')) count += 1
        return count === 1 && isPost(request, 'exportQuickReport')
          ? errorInstead(response, 500, 'Internal server error.')
          : response
      }
    },
  },
  {
    name: 'nothing-has-failed',
    permitted: 'an account may have no export that has failed',
    change: called('failed', 'fault'),
  },
  { name: 'writes-of-few-items', permitted: 'an account may have few exports', sandbox: { items: 3 } },
  { name: 'writes-of-no-items', permitted: 'an account may have no exports', sandbox: { items: 0 } },
  { name: 'writes-with-numbers-as-texts', permitted: 'numbers may be texts', sandbox: { choices: NUMBERS_AS_TEXT } },
]

/** What making an export and running it again may do where the documentation leaves a choice. */
export const WRITE_VARIATIONS: readonly Variation[] = VARIATIONS.map((variation) => ({
  ...variation,
  writes: 'allowed',
}))
