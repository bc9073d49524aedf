export { conform } from './conform.ts'
export type { Answer, Deviation, PathTemplate } from './conform.ts'
