import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'

interface Schema {
  readonly type?: string | readonly string[]
  readonly pattern?: string
  readonly enum?: readonly string[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly anyOf?: readonly { type?: string }[]
  readonly 'x-known-values'?: readonly string[]
}

/** The parts of the OpenAPI document that the generator reads. */
export interface OpenApiDocument {
  readonly info: { readonly version: string }
  readonly servers: readonly { readonly url: string }[]
  readonly 'x-rate-limits': {
    readonly windows: readonly { readonly name: string; readonly limit: number; readonly seconds: number }[]
  }
  readonly paths: Readonly<
    Record<
      string,
      { readonly get: { readonly operationId: string; readonly responses: Readonly<Record<string, unknown>> } }
    >
  >
  readonly components: {
    readonly parameters: Readonly<
      Record<string, { readonly schema: Schema; readonly 'x-member-names'?: Readonly<Record<string, string>> }>
    >
    readonly schemas: Readonly<Record<string, Schema>>
  }
}

/** Reads the YAML; anchors and aliases become plain, separate values. */
export async function readDocument(file: URL): Promise<OpenApiDocument> {
  const document: unknown = parse(await readFile(file, 'utf8'), { merge: false })
  // Aliases share objects after parsing: a round trip makes the document the tree that JSON can hold.
  return JSON.parse(JSON.stringify(document)) as OpenApiDocument
}
