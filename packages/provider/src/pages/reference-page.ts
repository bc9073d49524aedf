import { html } from './html.ts'
import type { Html } from './html.ts'
import { jsonView } from './json-view.ts'
import { page } from './page.ts'
import type { Page, Site } from './page.ts'
import { badge, shell, table } from './parts.ts'
import { inline, prose } from './prose.ts'
import { rulesOf, schemaId, schemaView, typeOf } from './schema-view.ts'
import { readSpec, text } from './spec-reader.ts'
import type { Content, Operation, Parameter, ResponseFacts, SpecObject } from './spec-reader.ts'
import { tryForm } from './try-form.ts'
import type { TryOptions } from './try-form.ts'
import { TRY_SCRIPT } from './try-script.ts'

export interface ReferenceOptions {
  readonly site: Site
  /** The link that leads to this page. */
  readonly current: string
  /** An OpenAPI 3 document. What it lacks is left out. */
  readonly document: SpecObject
  /** Where the API answers, for the examples. Default: the document's first server. */
  readonly origin?: string
  /** As a shell takes it. */
  readonly token: string
  /** Forms that send requests to the server that the page comes from. Default: none. */
  readonly tryIt?: TryOptions
}

/** The reference of an API, rendered from its OpenAPI document. */
export function referencePage({ site, current, document, origin, token, tryIt }: ReferenceOptions): Page {
  const { info, server, windows, operations, schemas } = readSpec(document)
  const example = { origin: origin ?? server, token, tryIt }
  return page({
    site,
    current,
    title: `${text(info['title'])} – reference`,
    ...(tryIt === undefined ? {} : { script: TRY_SCRIPT }),
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
          ${windows.map(
            ({ limit, seconds }) =>
              html`<div>
                <dt>Requests in ${seconds} s</dt>
                <dd>${limit}</dd>
              </div>`,
          )}
        </dl>
        <h2>Operations</h2>
        ${operations.map((operation) => operationView(operation, example))}
        ${schemas.length === 0 ? undefined : html`<h2>Schemas</h2>`}
        ${schemas.map(([name, schema]) => schemaView(name, schema))}
      </main>
    </div>`,
  })
}

interface ExampleOptions {
  readonly origin: string
  readonly token: string
  readonly tryIt: TryOptions | undefined
}

function operationView(operation: Operation, { origin, token, tryIt }: ExampleOptions): Html {
  const { id, method, path, summary, description, parameters, body, responses } = operation
  const curl = [
    'curl',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    `-H "Authorization: Bearer ${token}"`,
    ...bodyFlags(body),
    `"${origin}${examplePath(operation)}"`,
  ]
  return html`<section class="operation" id="${id}">
    <h3>${summary}</h3>
    <div class="endpoint">${badge(method, method.toLowerCase())} ${path}</div>
    ${prose(description)} ${shell(curl.join(' '))} ${tryIt === undefined ? undefined : tryForm(operation, tryIt)}
    ${
      parameters.length === 0
        ? undefined
        : [html`<h4>Parameters</h4>`, parameterTable(`Parameters of ${summary}`, 'Name', parameters)]
    }
    ${
      body === undefined
        ? undefined
        : html`<h4>Body</h4>
            ${prose(body.description)} ${body.contents.map(contentView)}`
    }
    <h4>Answers</h4>
    ${responses.map((response, index) => responseView(response, { isOpen: index === 0, of: summary }))}
  </section>`
}

function parameterTable(label: string, name: string, parameters: readonly Parameter[]): Html {
  return table({
    label,
    head: [name, 'Type', 'Meaning', 'Example'],
    rows: parameters.map((parameter) => [
      html`<code>${parameter.name}</code> ${
          parameter.isRequired
            ? badge(`${parameter.in}, required`, 'required')
            : parameter.in === ''
              ? undefined
              : badge(parameter.in)
        }`,
      typeOf(parameter.schema),
      [...prose(parameter.description), ...rulesOf(parameter.schema)],
      parameter.example === undefined ? undefined : html`<code class="example">${parameter.example}</code>`,
    ]),
  })
}

function contentView({ mediaType, schema, examples }: Content): Html {
  return html`<p><code>${mediaType}</code> ${typeOf(schema)}</p>
    ${examples.map(
      ({ summary, value }) =>
        html`<p class="quiet">${inline(summary)}</p>
          ${jsonView(value)}`,
    )}`
}

function responseView(
  { status, description, headers, contents }: ResponseFacts,
  { isOpen, of }: { readonly isOpen: boolean; readonly of: string },
): Html {
  const heading = firstSentence(description)
  const rest = description.slice(heading.length).trim()
  return html`<details ${isOpen ? 'open' : undefined}>
    <summary>${badge(status, `s${status.slice(0, 1)}`)} <span>${inline(heading)}</span></summary>
    <div class="inside">
      ${rest === '' ? undefined : prose(rest)} ${contents.map(contentView)}
      ${headers.length === 0 ? undefined : parameterTable(`Headers of ${status}: ${of}`, 'Header', headers)}
    </div>
  </details>`
}

/** The path with the examples of its parameters: those of one page, as a shell takes it. */
function examplePath({ path, parameters }: Operation): string {
  const filled = parameters
    .filter(({ in: place }) => place === 'path')
    .reduce((at, { name, example }) => at.replace(`{${name}}`, encodeURIComponent(example ?? name)), path)
  const query = parameters
    .filter(({ name, in: place }) => place === 'query' && ['status', 'sort', 'page', 'view'].includes(name))
    .map(({ name, example }) => `${name}=${example ?? ''}`)
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`
}

/** What curl needs for the first example of a body, quoted for a shell. */
function bodyFlags(body: Operation['body']): string[] {
  const [content] = body?.contents ?? []
  const value = content?.examples[0]?.value
  if (content === undefined || value === undefined) return []
  return [`-H "Content-Type: ${content.mediaType}"`, `-d '${JSON.stringify(value).replaceAll("'", String.raw`'\''`)}'`]
}

/** With the sources of its fact. */
function firstSentence(description: string): string {
  return /^[^.]*\.?(?: \[[SV?, ]+\])?/.exec(description)?.[0] ?? ''
}
