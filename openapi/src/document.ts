import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'

export interface Schema {
  readonly type?: string | readonly string[]
  readonly pattern?: string
  readonly enum?: readonly string[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly anyOf?: readonly Schema[]
  readonly $ref?: string
  readonly 'x-known-values'?: readonly string[]
  readonly 'x-failed-values'?: readonly string[]
  readonly 'x-filter'?: { readonly kind: string; readonly operators: readonly string[] }
}

interface OperationObject {
  readonly operationId: string
  readonly responses: Readonly<Record<string, unknown>>
}

/** The parts of the OpenAPI document that the generator reads. */
export interface OpenApiDocument {
  readonly info: { readonly version: string }
  readonly servers: readonly { readonly url: string }[]
  readonly 'x-rate-limits': {
    readonly tiers: Readonly<Record<string, readonly number[]>>
    readonly windows: readonly { readonly name: string; readonly limit: number; readonly seconds: number }[]
  }
  readonly 'x-filter-operators': Readonly<Record<string, { readonly values: string; readonly means: string }>>
  /** By path template, then by method in small letters. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>
  readonly components: {
    readonly parameters: Readonly<
      Record<
        string,
        { readonly name: string; readonly schema: Schema; readonly 'x-member-names'?: Readonly<Record<string, string>> }
      >
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
