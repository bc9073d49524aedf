/** What a terminal shows: apart from the rest, as `--help` does without it. */
export { paint, wantsColour } from './colour.ts'
export { fitMessage, pad, truncate, widthOf, wrap } from './fit-text.ts'
export { neutralise, neutraliseJson } from './neutralise.ts'
export { createStatusLine, NO_STATUS_LINE } from './status-line.ts'
export type { StatusLine } from './status-line.ts'
