import { FAULTS } from '../fault.ts'
import type { FaultOption } from '../faults.ts'
import type { ProviderName } from '../provider-name.ts'
import { html } from './html.ts'
import type { Html } from './html.ts'
import { badge, shell, table } from './parts.ts'

export interface FaultSectionOptions {
  readonly provider: ProviderName
  readonly faults: FaultOption
  /** A line of curl, with more of its options. */
  readonly call: (options: string) => string
}

/** The part of a start page that says how a request is made to fail. */
export function faultSection({ provider, faults, call }: FaultSectionOptions): Html {
  if (faults === 'off') {
    return html`<h2>Faults ${badge('off')}</h2>
      <p>Start the ${provider} with <code>--faults on</code> to script them.</p>`
  }
  return html`<h2>Faults ${badge('on')}</h2>
    <p>A header of a request says what goes wrong with it; several with commas.</p>
    ${shell(call(' -H "X-Fault: delay=250ms, status=500"'))}
    ${table({
      label: 'Faults',
      head: ['X-Fault', 'What happens'],
      rows: FAULTS.map(([name, effect]) => [html`<code>${name}</code>`, effect]),
    })}
    ${faults === 'on' ? undefined : html`<p>For every request: <code>${faults}</code></p>`}`
}
