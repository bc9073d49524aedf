export { saveExport } from './save-export.ts'
export type { SavedExport, SaveOptions, SaveTarget } from './save-export.ts'
export { safeFileName } from './safe-file-name.ts'
export { DIAGNOSTICS_CHANNEL } from '../diagnostics-channel.ts'
