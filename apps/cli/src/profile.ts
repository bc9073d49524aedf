import { mkdir, open, readlink, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { UsageError } from '@hood-exports/command-line'
import { CommandError } from './command-error.ts'
import { distrustOf } from './profile-access.ts'
import { replaceFile } from './replace-file.ts'
import type { Terminal } from './terminal/terminal.ts'

/** A token, and the base URL that it belongs to. */
export interface Profile {
  readonly baseUrl: string
  readonly token: string
  /** Where it is saved. */
  readonly file: string
}

const DEFAULT_NAME = 'default'

/**
 * Where a profile is: a file of its own under `XDG_CONFIG_HOME` (default `~/.config`).
 * @throws UsageError for a name that is no file name.
 */
export function profileFile(env: Terminal['env'], name: string = env['HOOD_PROFILE'] || DEFAULT_NAME): string {
  if (!/^[\w-][\w.-]{0,63}$/.test(name)) {
    throw new UsageError(
      `A profile cannot be called ${JSON.stringify(name)}: use up to 64 letters, digits, dots, - and _`,
    )
  }
  const config = env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config')
  return join(config, 'hood-exports', `${name}.json`)
}

/**
 * The profile, or `undefined` when there is none.
 * @throws CommandError `profile` when others could read it, or it cannot be read.
 */
export async function readProfile(env: Terminal['env'], name?: string): Promise<Profile | undefined> {
  const file = profileFile(env, name)
  const handle = await open(file, 'r').catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw new CommandError('profile', `${file} cannot be read: ${reasonOf(error)}`, { cause: error })
  })
  if (!handle) return undefined
  try {
    // The stat of what was opened, not of what has that name meanwhile.
    const { mode, uid } = await handle.stat()
    const link = await readlink(file).catch(() => undefined)
    // Windows keeps a user's files from others by other means.
    const user = process.platform === 'win32' ? undefined : process.getuid?.()
    const distrust = user === undefined ? undefined : distrustOf({ mode, uid, link, user })
    if (distrust === 'open-to-others') {
      throw new CommandError(
        'profile',
        `${file} can be read by others: run "chmod 600 ${file}", and think about a new token`,
      )
    }
    if (distrust === 'of-another-user') {
      throw new CommandError(
        'profile',
        `${file} belongs to another user: remove it, and save your own with "hood-exports login"`,
      )
    }
    return { ...parse(await handle.readFile('utf8'), file), file }
  } finally {
    await handle.close()
  }
}

/**
 * Saves a profile, readable by its owner alone, whole or not at all.
 * @throws CommandError `profile` when it cannot be written.
 */
export async function writeProfile({ file, baseUrl, token }: Profile): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await replaceFile(file, `${JSON.stringify({ baseUrl, token }, undefined, 2)}\n`, 0o600)
  } catch (error) {
    throw new CommandError('profile', `${file} cannot be written: ${reasonOf(error)}`, { cause: error })
  }
}

/** Deletes a profile; `false` when there is none. */
export async function removeProfile(file: string): Promise<boolean> {
  try {
    await rm(file)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw new CommandError('profile', `${file} cannot be removed: ${reasonOf(error)}`, { cause: error })
  }
}

/** Nothing of the file is repeated in an error: it holds a token. */
function parse(text: string, file: string): { baseUrl: string; token: string } {
  try {
    const { baseUrl, token } = JSON.parse(text) as Partial<Profile>
    if (typeof baseUrl === 'string' && typeof token === 'string') return { baseUrl, token: token.trim() }
  } catch {
    // Reported below.
  }
  throw new CommandError('profile', `${file} is not a profile: save it anew with "hood-exports login"`)
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'permission is denied',
    EPERM: 'permission is denied',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'its folder is not a folder',
    EISDIR: 'it is a folder',
  }
  return (code && (reasons[code] ?? code)) || String(error)
}
