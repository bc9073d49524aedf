export interface ProfileAccess {
  /** Permissions of the file. */
  readonly mode: number
  /** Its owner. */
  readonly uid: number
  /** Where the name of the file leads, when it is a symbolic link. */
  readonly link: string | undefined
  /** The user of this process. */
  readonly user: number
}

const OTHERS = 0o077
const READ_BY_GROUP = 0o040
const READ_BY_ALL = 0o044
const ROOT = 0

/** Why the file of a profile cannot be trusted; undefined when it can. */
export function distrustOf({ mode, uid, link, user }: ProfileAccess): 'open-to-others' | 'of-another-user' | undefined {
  // Kubernetes mounts a secret as root's, behind a link. Its modes (0644; 0440 with an fsGroup) are within a container.
  const isMounted = uid === ROOT && link?.startsWith('..data/') === true
  const isOfRoot = uid === ROOT && user !== ROOT
  const expected = isMounted ? READ_BY_ALL : isOfRoot ? READ_BY_GROUP : 0
  if ((mode & OTHERS & ~expected) !== 0) return 'open-to-others'
  return user === ROOT || uid === ROOT || uid === user ? undefined : 'of-another-user'
}
