import { PATHS } from '@hood-exports/openapi'
import { controlTable, journalControls } from '@hood-exports/provider'
import type { FaultOption, Limits } from '@hood-exports/provider'
import { badge, faultSection, html, page, shell, table } from '@hood-exports/provider/pages'
import type { Html, Page } from '@hood-exports/provider/pages'
import type { Operation } from '../engine/operation.ts'
import { exampleCalls } from '../example-calls.ts'
import { CONTROLS } from '../scenario/control.ts'

export interface HomePageOptions {
  /** Where this mock answers, for the examples. */
  readonly origin: string
  readonly operations: readonly Operation[]
  /** Undefined: nothing is counted. */
  readonly limits: Limits | undefined
  readonly faults: FaultOption
  readonly control: 'on' | 'off'
  readonly proxy: string | undefined
}

export function homePage({ origin, operations, limits, faults, control, proxy }: HomePageOptions): Page {
  const examples = exampleCalls({ origin, token: proxy === undefined ? 'any' : '$TOKEN' })
  const has = (path: string): boolean => operations.some((operation) => operation.path === path)
  const first = has(PATHS.list) ? PATHS.list : (operations[0]?.path ?? '/')
  const call = (options: string): string => examples.line(first, options)
  const lines = [
    call(''),
    ...(has(PATHS.list) ? [examples.filter] : []),
    // Where requests are passed on, a line that is tried out must make nothing.
    ...(has(PATHS.exportQuickReport) && proxy === undefined ? [examples.create] : []),
  ]
  return page({
    site: 'mock',
    current: '/',
    title: 'Hood exports mock',
    body: html`<main class="home" id="content">
      <h1>The exports API, from its description</h1>
      ${
        proxy === undefined
          ? html`<p class="lead">
              Prism checks each request and answers with a documented example. Nothing here reaches the vendor, nothing
              is remembered, and no account is needed.
            </p>`
          : html`<p class="lead">
              Requests are passed on to <code>${proxy}</code>. Whatever deviates from the description is reported by the
              process.
            </p>`
      }
      ${shell(...lines)}
      <p>
        ${
          proxy === undefined
            ? html`Any bearer token is taken, such as <code>any</code>; none is a 401.`
            : html`Use a token that the other side takes; none is logged.`
        }
      </p>

      <h2>Calls</h2>
      ${table({ label: 'Calls', head: ['Call', 'Answer'], rows: operations.map(operationRow) })}
      <p>
        Every parameter, member and error, to be tried out: <a href="/reference">the reference</a>. What was wrong with
        a request stands in the header <code>X-Mock-Reason</code>.
      </p>

      ${
        proxy === undefined
          ? [
              html`<h2>Choose the answer</h2>`,
              shell(...['code=404', 'example=empty', 'dynamic=true'].map((wish) => call(` -H "Prefer: ${wish}"`))),
            ]
          : undefined
      }

      <h2>Limits ${badge(limits === undefined ? 'off' : 'on')}</h2>
      ${limitsView(limits, proxy)} ${faultSection({ provider: 'mock', faults, call })}

      <h2>Control ${badge(control)}</h2>
      ${
        control === 'off'
          ? html`<p>
              Start the mock with <code>--control on</code>, and test suites script the next requests over HTTP.
            </p>`
          : [
              shell(`curl -d '{"faults": "status=500", "times": 2}' "${origin}/_mock/scenarios"`),
              table({
                label: 'Control endpoint',
                head: ['Call', 'What it does'],
                rows: controlTable([...CONTROLS, ...journalControls('mock')]).map(([name, effect]) => [
                  html`<code>${name}</code>`,
                  effect,
                ]),
              }),
            ]
      }
    </main>`,
  })
}

function operationRow({ method, path, summary, description }: Operation): readonly Html[] {
  return [html`<code>${method.toUpperCase()} ${path}</code>`, html`${summary ?? description ?? ''}`]
}

function limitsView(limits: Limits | undefined, proxy: string | undefined): Html {
  if (limits === undefined) {
    const headers = proxy === undefined ? 'the examples of the description' : 'those of the other side'
    return html`<p>
      Nothing is counted here, and the <code>X-RateLimit-*</code> headers are ${headers}. Start the mock with
      <code>--limits on</code> for the vendor’s two windows.
    </p>`
  }
  const windows = limits.windows.map(({ limit, windowMs }) => `${limit} in ${windowMs / 1_000} s`).join(', ')
  const parallel = limits.parallel === undefined ? '' : `; ${limits.parallel} at the same time`
  return html`<p>For each token: ${windows}${parallel}. A 429 says in <code>Retry-After</code> how long to wait.</p>`
}
