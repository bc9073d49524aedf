import { html } from './html.ts'
import type { Html } from './html.ts'
import type { Operation } from './spec-reader.ts'

export interface TryOptions {
  /** What stands in the field of the token at first. */
  readonly token: string
  /** An example of one more header that is worth a try, such as `Prefer: code=404`. */
  readonly header?: string | undefined
}

/** A form that sends the request, where the page's script runs; hidden where it does not. */
export function tryForm(operation: Operation, { token, header }: TryOptions): Html {
  const { id, method, path, parameters, body } = operation
  const [mediaType] = body?.contents ?? []
  return html`<details class="attempt">
    <summary>Try it</summary>
    <form
      class="try inside"
      hidden
      data-method="${method}"
      data-path="${path}"
      data-media-type="${mediaType?.mediaType ?? ''}"
    >
      ${field({ id: `${id}-token`, name: 'token', place: 'token', value: token, placeholder: '' })}
      ${parameters
        .filter((parameter) => PLACES.includes(parameter.in))
        .map((parameter) =>
          field({
            id: `${id}-${parameter.in}-${parameter.name}`,
            name: parameter.name,
            place: parameter.in,
            value: parameter.isRequired ? (parameter.example ?? '') : '',
            placeholder: parameter.example ?? '',
          }),
        )}
      ${
        header === undefined
          ? undefined
          : field({ id: `${id}-more`, name: 'one more header', place: 'more', value: '', placeholder: header })
      }
      ${
        mediaType === undefined
          ? undefined
          : html`<label for="${id}-body">body</label
              ><textarea id="${id}-body" name="body" data-in="body" rows="6">
${JSON.stringify(mediaType.examples[0]?.value ?? {}, null, 2)}</textarea>`
      }
      <button type="submit">Send</button>
      <pre hidden tabindex="0" aria-live="polite"></pre>
    </form>
  </details>`
}

const PLACES = ['path', 'query', 'header']

interface Field {
  readonly id: string
  readonly name: string
  readonly place: string
  readonly value: string
  readonly placeholder: string
}

function field({ id, name, place, value, placeholder }: Field): Html {
  return html`<label for="${id}">${name}</label
    ><input
      id="${id}"
      name="${name}"
      data-in="${place}"
      value="${value}"
      placeholder="${placeholder}"
      autocomplete="off"
      spellcheck="false"
    />`
}
