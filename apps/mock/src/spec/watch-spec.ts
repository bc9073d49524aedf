import { watch } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { dirname } from 'node:path'
import { readSpec } from './read-spec.ts'
import type { SpecFile } from './read-spec.ts'

export type SpecChange =
  | { readonly kind: 'reloaded'; readonly files: readonly string[] }
  /** The last good document goes on answering. The message says which file is broken, and how. */
  | { readonly kind: 'broken'; readonly message: string }

export interface SpecWatcher {
  close(): void
}

export interface WatchOptions {
  readonly use: (document: object) => Promise<void>
  readonly onChange: (change: SpecChange) => void
}

/** Editors write a file in several steps: it is read when this long nothing has happened. */
const QUIET_MS = 50
const SPEC_FILE = /\.(?:ya?ml|json)$/i

/** Reads the document anew when a file in one of its folders has changed: a file that was missing may appear there. */
export function watchSpec(first: SpecFile, { use, onChange }: WatchOptions): SpecWatcher {
  let known = JSON.stringify(first.document)
  let isBroken = false
  let timer: NodeJS.Timeout | undefined
  let reading = Promise.resolve()
  const folders = new Map<string, FSWatcher>()

  const reload = async (): Promise<void> => {
    try {
      const { document, files } = await readSpec(first.path)
      watchFolders(files)
      const text = JSON.stringify(document)
      if (text === known && !isBroken) return
      await use(document)
      known = text
      isBroken = false
      onChange({ kind: 'reloaded', files })
    } catch (error) {
      isBroken = true
      onChange({ kind: 'broken', message: (error as Error).message })
    }
  }
  const schedule = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      // One after the other: an older reading must not overtake a newer one.
      reading = reading.then(reload)
    }, QUIET_MS)
  }
  const watchFolders = (files: readonly string[]): void => {
    for (const folder of new Set(files.map((file) => dirname(file)))) {
      if (folders.has(folder)) continue
      const watcher = watch(folder, (_event, name) => {
        if (name === null || SPEC_FILE.test(name)) schedule()
      })
      watcher.on('error', () => folders.delete(folder))
      folders.set(folder, watcher)
    }
  }
  watchFolders([first.path, ...first.files])

  return {
    close: () => {
      clearTimeout(timer)
      for (const watcher of folders.values()) watcher.close()
    },
  }
}
