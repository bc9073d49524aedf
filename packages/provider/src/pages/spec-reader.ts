/** An object of the OpenAPI document. */
export type SpecObject = Readonly<Record<string, unknown>>

export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly description: string
  readonly parameters: readonly Parameter[]
  /** The request's. */
  readonly body: { readonly description: string; readonly contents: readonly Content[] } | undefined
  readonly responses: readonly ResponseFacts[]
}

export interface Parameter {
  readonly name: string
  /** Empty for a header of an answer. */
  readonly in: string
  readonly isRequired: boolean
  readonly description: string
  readonly schema: SpecObject
  /** As it is sent: the values of a list are separated by commas. */
  readonly example: string | undefined
}

export interface ResponseFacts {
  readonly status: string
  readonly description: string
  readonly headers: readonly Parameter[]
  readonly contents: readonly Content[]
}

export interface Content {
  readonly mediaType: string
  readonly schema: SpecObject
  readonly examples: readonly Example[]
}

export interface Example {
  readonly summary: string
  readonly value: unknown
}

export interface SpecReader {
  readonly info: SpecObject
  readonly server: string
  /** The quota's: the member `x-rate-limits`. */
  readonly windows: readonly { readonly limit: number; readonly seconds: number }[]
  readonly operations: readonly Operation[]
  readonly schemas: readonly (readonly [name: string, schema: SpecObject])[]
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

/** What a reference shows of an OpenAPI document. What the document lacks is empty. */
export function readSpec(document: SpecObject): SpecReader {
  const resolve = (value: unknown): SpecObject => {
    const { $ref: reference, ...own } = object(value)
    if (typeof reference !== 'string') return own
    const steps = reference.replace(/^#\//, '').split('/')
    const found = steps.reduce<unknown>(
      (at, step) => object(at)[step.replaceAll('~1', '/').replaceAll('~0', '~')],
      document,
    )
    return { ...resolve(found), ...own }
  }
  const described = (name: string, value: SpecObject): Parameter => ({
    name,
    in: text(value['in']),
    isRequired: value['required'] === true,
    description: text(value['description']),
    schema: object(value['schema']),
    example: sent(
      value['example'] ??
        Object.values(object(value['examples'])).map((given) => resolve(given)['value'])[0] ??
        object(value['schema'])['example'],
    ),
  })
  const content = ([mediaType, value]: [string, unknown]): Content => ({
    mediaType,
    schema: object(object(value)['schema']),
    examples: [
      ...Object.entries(object(object(value)['examples'])).map(([name, given]) => {
        const example = resolve(given)
        return { summary: text(example['summary']) || name, value: example['value'] }
      }),
      { summary: 'Example', value: object(value)['example'] },
    ].filter((example) => example.value !== undefined),
  })
  const response = ([status, value]: [string, unknown]): ResponseFacts => {
    const facts = resolve(value)
    return {
      status,
      description: text(facts['description']),
      headers: Object.entries(object(facts['headers'])).map(([name, header]) => described(name, resolve(header))),
      contents: Object.entries(object(facts['content'])).map(content),
    }
  }
  const operation = (path: string, method: string, item: SpecObject): Operation => {
    const value = object(item[method])
    const body = resolve(value['requestBody'])
    return {
      id: text(value['operationId']) || `${method}-${path}`.replaceAll(/[^\w-]+/g, '-'),
      method: method.toUpperCase(),
      path,
      summary: text(value['summary']) || `${method.toUpperCase()} ${path}`,
      description: text(value['description']),
      parameters: [...list(item['parameters']), ...list(value['parameters'])]
        .map(resolve)
        .map((given) => described(text(given['name']), given)),
      body:
        'content' in body
          ? { description: text(body['description']), contents: Object.entries(object(body['content'])).map(content) }
          : undefined,
      responses: Object.entries(object(value['responses'])).map(response),
    }
  }
  return {
    info: object(document['info']),
    server: text(object(list(document['servers'])[0])['url']),
    windows: list(object(document['x-rate-limits'])['windows'])
      .map(object)
      .map(({ limit, seconds }) => ({ limit: Number(limit), seconds: Number(seconds) })),
    operations: Object.entries(object(document['paths'])).flatMap(([path, item]) =>
      METHODS.filter((method) => method in object(item)).map((method) => operation(path, method, object(item))),
    ),
    schemas: Object.entries(object(object(document['components'])['schemas'])).map(([name, schema]) => [
      name,
      object(schema),
    ]),
  }
}

export function object(value: unknown): SpecObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as SpecObject) : {}
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : []
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function sent(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  return Array.isArray(value) ? value.map(sent).join() : JSON.stringify(value)
}
