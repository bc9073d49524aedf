import { document } from '@hood-exports/openapi/document'
import { expect, test } from 'vitest'
import { LAWS } from '../laws.ts'

function find(pointer: string): unknown {
  const parts = pointer.split('/').slice(1)
  return parts.reduce<unknown>((node, part) => {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    return (node as Record<string, unknown> | undefined)?.[name]
  }, document)
}

test.each(Object.entries(LAWS))('%s points to something that the spec has', (_name, { pointer }) => {
  expect(find(pointer)).toBeDefined()
})
