import { PATHS } from '@hood-exports/openapi'
import type { FaultOption, Limits } from '@hood-exports/provider'
import { badge, chips, faultSection, html, page, shell, table } from '@hood-exports/provider/pages'
import type { Page } from '@hood-exports/provider/pages'
import type { DemoAccountFacts } from '../data/account.ts'
import { STATE_NAMES } from '../provider-states.ts'

export interface HomePageOptions {
  /** Where this sandbox answers, for the examples. */
  readonly origin: string
  readonly accounts: readonly DemoAccountFacts[]
  readonly limits: Limits
  readonly refusals: 'on' | 'off'
  readonly faults: FaultOption
  readonly control: 'on' | 'off'
  /** The time that exports live in, as the API writes it. */
  readonly now: string
}

export function homePage(options: HomePageOptions): Page {
  const { origin, accounts, limits, refusals, faults, control, now } = options
  const [token = ''] = accounts[0]?.tokens ?? []
  const call = (path: string, extra = ''): string =>
    `curl -H "Authorization: Bearer ${token}"${extra} "${origin}${path}"`
  return page({
    site: 'sandbox',
    current: '/',
    title: 'Hood exports sandbox',
    body: html`<main class="home" id="content">
      <h1>The exports API, on your machine</h1>
      <p class="lead">
        It lists, filters, searches and streams invented exports, makes new ones, counts the quota as the vendor does,
        and fails when you ask it to. Nothing here reaches the vendor, and no account is needed.
      </p>
      ${shell(call(`${PATHS.list}?status=ready&page=1,3`))}
      <dl class="facts">
        <div>
          <dt>Exports of <code>${accounts[0]?.name}</code></dt>
          <dd>${(accounts[0]?.itemCount ?? 0).toLocaleString('en')}</dd>
        </div>
        ${limits.windows.map(
          ({ limit, windowMs }) =>
            html`<div>
              <dt>Requests in ${lengthOf(windowMs)}</dt>
              <dd>${limit}</dd>
            </div>`,
        )}
        <div>
          <dt>Time of the exports</dt>
          <dd>${now.slice(0, 16)}</dd>
        </div>
      </dl>

      <h2>Calls</h2>
      ${table({
        label: 'Calls',
        head: ['Method', 'Path', 'Answer'],
        rows: [
          [
            GET,
            html`<a href="/reference#listExports"><code>${PATHS.list}</code></a>`,
            'A page of exports; filtered by any member, searched, sorted, with the members you name',
          ],
          [GET, html`<a href="/reference#viewExport"><code>${PATHS.view}</code></a>`, 'One export, in a list of one'],
          [GET, html`<a href="/reference#downloadExport"><code>${PATHS.download}</code></a>`, 'Its file, in chunks'],
          [POST, html`<a href="/reference#retryExport"><code>${PATHS.retry}</code></a>`, 'Makes it again: 202'],
          [
            POST,
            html`<a href="/reference#exportQuickReport"><code>${PATHS.exportQuickReport}</code></a>`,
            'Makes a new one: 202',
          ],
        ],
      })}
      ${shell(
        call(`${PATHS.list}?status=in:failed,expired&create_time=gte:2025-12-01&fields=id,name,status`),
        call(`${PATHS.list}?q=vip&size=gt:1000000&sort=-size`),
        call('/v1/hood/exports/1000000'),
        call('/v1/hood/exports/1000000/download', ' -OJ'),
        call('/v1/hood/exports/1000000/retry', ' -X POST'),
        call('/v1/hood/quick-reports/42/export', ` --json '{"name": "Mine", "out": "csv"}'`),
      )}
      <p>
        Every parameter, member and error: <a href="/reference">the reference</a>. What was wrong with a request stands
        in the header <code>X-Sandbox-Reason</code>.
      </p>

      <h2>Tokens</h2>
      <p>They are no secrets: every sandbox takes them. No account sees the exports of another.</p>
      ${table({
        label: 'Tokens',
        head: ['Token', 'Account', 'Company', 'Exports'],
        rows: accounts.map(({ name, companyId, itemCount, tokens }) => [
          tokens.map((text, index) => html`${index === 0 ? '' : ' '}<code>${text}</code>`),
          name,
          companyId,
          itemCount.toLocaleString('en'),
        ]),
      })}

      <h2>Limits ${badge(refusals)}</h2>
      <p>
        ${
          refusals === 'on'
            ? 'Counted for each account, over fixed windows. A 429 says in Retry-After how many seconds to wait.'
            : 'Counted and sent in the headers, but nothing is refused.'
        }
      </p>
      ${table({
        label: 'Limits',
        head: ['Window', 'Requests'],
        rows: [
          ...limits.windows.map(({ limit, windowMs }) => [lengthOf(windowMs), limit]),
          ['At the same time', limits.parallel ?? 'any number'],
        ],
      })}

      <h2>Provider states ${badge(control)}</h2>
      ${
        control === 'on'
          ? [
              html`<p>They put an account into a state, as Pact’s verifier does before each interaction.</p>`,
              shell(`curl -d '{"state": "export 42 exists", "params": {"name": "Mine"}}' "${origin}/_sandbox/states"`),
              chips(STATE_NAMES),
            ]
          : html`<p>Start the sandbox with <code>--control on</code> to set them over HTTP.</p>`
      }

      <h2>What was asked ${badge(control)}</h2>
      <p>The last 1,000 requests are remembered, so that a test can assert what its program sends.</p>
      ${control === 'on' ? shell(`curl "${origin}/_sandbox/requests?path=${PATHS.list}&query.sort=-size"`) : undefined}
      ${faultSection({ provider: 'sandbox', faults, call: (options) => call(PATHS.list, options) })}
    </main>`,
  })
}

const GET = badge('GET', 'get')
const POST = badge('POST', 'post')

function lengthOf(windowMs: number): string {
  if (windowMs % 60_000 === 0) return windowMs === 60_000 ? 'a minute' : `${windowMs / 60_000} minutes`
  if (windowMs % 1_000 === 0) return windowMs === 1_000 ? 'a second' : `${windowMs / 1_000} seconds`
  return `${windowMs} ms`
}
