import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { document } from '@hood-exports/openapi/document'
import { html } from './html.ts'
import type { Html } from './html.ts'
import { jsonView } from './json-view.ts'
import { page, shell, table } from './layout.ts'
import { inline, prose } from './prose.ts'
import { rulesOf, schemaId, schemaView, typeOf } from './schema-view.ts'
import { readSpec, text } from './spec-reader.ts'
import type { Operation, ResponseFacts, SpecObject } from './spec-reader.ts'

export interface ReferenceOptions {
  /** Where this sandbox answers, for the examples. */
  readonly origin: string
  /** Default: the spec of this project. */
  readonly spec?: SpecObject
}

/** The reference of the API, rendered from the OpenAPI document. */
export function referencePage({ origin, spec = document }: ReferenceOptions): Html {
  const { info, server, operations, schemas } = readSpec(spec)
  return page({
    title: `${text(info['title'])} – reference`,
    current: 'reference',
    body: html`<div class="reference">
      <nav class="side" aria-label="On this page">
        <h2>Operations</h2>
        <ul>
          ${operations.map(({ id, summary }) => html`<li><a href="#${id}">${summary}</a></li>`)}
        </ul>
        <h2>Schemas</h2>
        <ul>
          ${schemas.map(([name]) => html`<li><a href="#${schemaId(name)}">${name}</a></li>`)}
        </ul>
      </nav>
      <main id="content">
        <h1>${text(info['title'])}</h1>
        <p class="lead">${text(info['summary'])}</p>
        ${prose(text(info['description']))}
        <dl class="facts">
          <div>
            <dt>Version of the description</dt>
            <dd>${text(info['version'])}</dd>
          </div>
          <div>
            <dt>The vendor’s origin</dt>
            <dd>${server.replace('https://', '')}</dd>
          </div>
          ${RATE_LIMIT_WINDOWS.map(
            ({ limit, windowMs }) =>
              html`<div>
                <dt>Requests in ${windowMs / 1_000} s</dt>
                <dd>${limit}</dd>
              </div>`,
          )}
        </dl>
        <h2>Operations</h2>
        ${operations.map((operation) => operationView(operation, origin))}
        <h2>Schemas</h2>
        ${schemas.map(([name, schema]) => schemaView(name, schema))}
      </main>
    </div>`,
  })
}

function operationView(operation: Operation, origin: string): Html {
  const { id, method, path, summary, description, parameters, responses } = operation
  return html`<section class="operation" id="${id}">
    <h3>${summary}</h3>
    <div class="endpoint"><span class="badge ${method.toLowerCase()}">${method}</span> ${path}</div>
    ${prose(description)} ${shell(`curl -H "Authorization: Bearer sandbox-ana" "${origin}${examplePath(operation)}"`)}
    <h4>Parameters</h4>
    ${table({
      label: `Parameters of ${summary}`,
      head: ['Name', 'Type', 'Meaning', 'Example'],
      rows: parameters.map((parameter) => [
        html`<code>${parameter.name}</code>
          <span class="badge ${parameter.isRequired ? 'required' : ''}"
            >${parameter.isRequired ? `${parameter.in}, required` : parameter.in}</span
          >`,
        typeOf(parameter.schema),
        [...prose(parameter.description), ...rulesOf(parameter.schema)],
        html`<code class="example">${String(parameter.example)}</code>`,
      ]),
    })}
    <h4>Answers</h4>
    ${responses.map(responseView)}
  </section>`
}

function responseView({ status, description, headers, contents }: ResponseFacts, index: number): Html {
  const heading = firstSentence(description)
  const rest = description.slice(heading.length).trim()
  return html`<details ${index === 0 ? 'open' : undefined}>
    <summary><span class="badge s${status.slice(0, 1)}">${status}</span> <span>${inline(heading)}</span></summary>
    <div class="inside">
      ${rest === '' ? undefined : prose(rest)}
      ${contents.map(
        ({ mediaType, schema, examples }) =>
          html`<p><code>${mediaType}</code> ${typeOf(schema)}</p>
            ${examples.map(
              ({ summary, value }) =>
                html`<p class="quiet">${inline(summary)}</p>
                  ${jsonView(value)}`,
            )}`,
      )}
      ${
        headers.length === 0
          ? undefined
          : table({
              label: `Headers of ${status}`,
              head: ['Header', 'Type', 'Meaning', 'Example'],
              rows: headers.map((header) => [
                html`<code>${header.name}</code>`,
                typeOf(header.schema),
                prose(header.description),
                html`<code class="example">${String(header.example)}</code>`,
              ]),
            })
      }
    </div>
  </details>`
}

/** The path with the examples of its parameters: those of one page, as a shell takes it. */
function examplePath({ path, parameters }: Operation): string {
  const filled = parameters
    .filter(({ in: place }) => place === 'path')
    .reduce((at, { name, example }) => at.replace(`{${name}}`, encodeURIComponent(String(example))), path)
  const query = parameters
    .filter(({ name, in: place }) => place === 'query' && ['sort', 'page', 'view'].includes(name))
    .map(({ name, example }) => `${name}=${String(example)}`)
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`
}

/** With the sources of its fact. */
function firstSentence(description: string): string {
  return /^[^.]*\.?(?: \[[SV?, ]+\])?/.exec(description)?.[0] ?? ''
}
