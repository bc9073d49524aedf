import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { safeFileName } from '../safe-file-name.ts'

/** Where the file of an export waits. Ids come from the network. */
export function stagedName(id: string): string {
  return safeFileName(id, 'staged')
}

/** Removes what a run that was killed has left there. */
export async function emptyStaging(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { force: true, recursive: true })
}
