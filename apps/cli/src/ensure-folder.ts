import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder, and those above it, unless it is there. Not Node's `recursive`, which gives a wrong reason where
 * nothing can be written, and does not end in `/proc`.
 */
export function ensureFolder(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || existsSync(dirname(path))) throw error
    ensureFolder(dirname(path))
    mkdirSync(path)
  }
}
