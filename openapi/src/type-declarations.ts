import openapiTypeScript, { astToString } from 'openapi-typescript'
import ts from 'typescript'
import type { OpenApiDocument } from './document.ts'

const { factory } = ts

/**
 * The TypeScript types of the OpenAPI document.
 * An open vocabulary (`x-known-values`) becomes `'known' | (string & {})`: completed by the editor, open to new values.
 */
export async function typesSource(document: OpenApiDocument): Promise<string> {
  const ast = await openapiTypeScript(JSON.stringify(document), {
    alphabetize: false,
    transform(schema) {
      const known = (schema as { 'x-known-values'?: readonly string[] })['x-known-values']
      if (!known) return undefined
      const isNullable = Array.isArray(schema.type) && schema.type.includes('null')
      return factory.createUnionTypeNode([
        ...known.map((value) => factory.createLiteralTypeNode(factory.createStringLiteral(value))),
        factory.createParenthesizedType(
          factory.createIntersectionTypeNode([
            factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
            factory.createTypeLiteralNode([]),
          ]),
        ),
        ...(isNullable ? [factory.createLiteralTypeNode(factory.createNull())] : []),
      ])
    },
  })
  return astToString(ast)
}
