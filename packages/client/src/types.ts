export type { components, operations, paths } from '@hood-exports/openapi/types'
