import Module, { createRequire } from 'node:module'

type Prism = typeof import('@stoplight/prism-http')

interface Generator {
  readonly JSONSchemaFaker: { option(options: Readonly<Record<string, unknown>>): void }
}

/**
 * What Prism loads at its start and this mock needs seldom or never: a third of the time that it takes to load.
 * `transformPostmanCollectionOperations` reads no OpenAPI document; `faker` serves `x-faker` in dynamic answers.
 */
const SELDOM_NEEDED = [
  ['@stoplight/http-spec/postman/operation', 'transformPostmanCollectionOperations'],
  ['@faker-js/faker', 'faker'],
] as const

/** Loads Prism; the modules above are loaded when they are first used. */
export async function loadPrism(): Promise<Prism> {
  const ours = createRequire(import.meta.url)
  const prisms = createRequire(ours.resolve('@stoplight/prism-http'))
  for (const [name, member] of SELDOM_NEEDED) loadLater(prisms, name, member)
  const prism = await import('@stoplight/prism-http')
  // Dynamic answers would have members of made-up names wherever the document allows others than its own.
  const { JSONSchemaFaker } = prisms('json-schema-faker') as Generator
  JSONSchemaFaker.option({ fillProperties: false })
  return prism
}

function loadLater(require: NodeJS.Require, name: string, member: string): void {
  let file: string
  try {
    file = require.resolve(name)
  } catch {
    // Another version of Prism, that does without it.
    return
  }
  if (require.cache[file] !== undefined) return
  const load = (): Record<string, unknown> => {
    if (require.cache[file] === standIn) delete require.cache[file]
    return require(file) as Record<string, unknown>
  }
  const standIn = new Module(file)
  standIn.filename = file
  standIn.loaded = true
  standIn.exports = { [member]: lazily(() => load()[member]) }
  require.cache[file] = standIn
}

/** Stands for a function or an object that does not exist yet. */
function lazily(load: () => unknown): unknown {
  return new Proxy(() => {}, {
    apply: (_target, self, parameters) => Reflect.apply(load() as () => unknown, self, parameters) as unknown,
    get: (_target, name) => Reflect.get(load() as object, name) as unknown,
  })
}
