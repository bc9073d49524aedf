import type { Section } from '../section.ts'
import { ALONE } from './alone.ts'
import { COMPANY } from './company.ts'
import { SERVER } from './server.ts'

/** Every table of the bench, in order. */
export const SECTIONS: readonly Section[] = [...ALONE, ...COMPANY, ...SERVER]
