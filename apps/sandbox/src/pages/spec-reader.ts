/** An object of the OpenAPI document. */
export type SpecObject = Readonly<Record<string, unknown>>

export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly description: string
  readonly parameters: readonly Parameter[]
  readonly responses: readonly ResponseFacts[]
}

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly isRequired: boolean
  readonly description: string
  readonly schema: SpecObject
  readonly example: unknown
}

export interface ResponseFacts {
  readonly status: string
  readonly description: string
  readonly headers: readonly Omit<Parameter, 'in'>[]
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
  const described = (name: string, value: SpecObject): Omit<Parameter, 'in'> => ({
    name,
    isRequired: value['required'] === true,
    description: text(value['description']),
    schema: object(value['schema']),
    example:
      value['example'] ?? list(Object.values(object(value['examples']))).map((given) => resolve(given)['value'])[0],
  })
  const content = ([mediaType, value]: [string, unknown]): Content => ({
    mediaType,
    schema: object(object(value)['schema']),
    examples: Object.entries(object(object(value)['examples'])).map(([name, given]) => {
      const example = resolve(given)
      return { summary: text(example['summary']) || name, value: example['value'] }
    }),
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
  const operation = (path: string, method: string, value: SpecObject): Operation => ({
    id: text(value['operationId']),
    method: method.toUpperCase(),
    path,
    summary: text(value['summary']),
    description: text(value['description']),
    parameters: list(value['parameters'])
      .map(resolve)
      .map((given) => ({ ...described(text(given['name']), given), in: text(given['in']) })),
    responses: Object.entries(object(value['responses'])).map(response),
  })
  return {
    info: object(document['info']),
    server: text(object(list(document['servers'])[0])['url']),
    operations: Object.entries(object(document['paths'])).flatMap(([path, item]) =>
      METHODS.filter((method) => method in object(item)).map((method) =>
        operation(path, method, object(object(item)[method])),
      ),
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
