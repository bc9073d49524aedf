import { expect, test } from 'vitest'
import { distrustOf } from './profile-access.ts'

const ROOT = 0
const USER = 1_000
const MOUNT = '..data/default.json'

test.each([
  ['one’s own', { mode: 0o600, uid: USER, link: undefined, user: USER }],
  ['one’s own, behind a link', { mode: 0o600, uid: USER, link: '/etc/hood/default.json', user: USER }],
  ['another user’s, for root', { mode: 0o600, uid: USER, link: undefined, user: ROOT }],
  ['root’s, for the group', { mode: 0o640, uid: ROOT, link: undefined, user: USER }],
  ['a secret of Kubernetes with an fsGroup', { mode: 0o440, uid: ROOT, link: MOUNT, user: USER }],
  ['the same in a container that runs as root', { mode: 0o440, uid: ROOT, link: MOUNT, user: ROOT }],
  ['a secret of Kubernetes with its default mode', { mode: 0o644, uid: ROOT, link: MOUNT, user: USER }],
] as const)('%s is trusted', (_what, access) => {
  expect(distrustOf(access)).toBeUndefined()
})

test.each([
  ['one’s own that the group can read', 'open-to-others', { mode: 0o640, uid: USER, link: undefined, user: USER }],
  ['root’s own that the group can read', 'open-to-others', { mode: 0o640, uid: ROOT, link: undefined, user: ROOT }],
  ['root’s that all can read', 'open-to-others', { mode: 0o644, uid: ROOT, link: undefined, user: USER }],
  ['a mounted one that all can write', 'open-to-others', { mode: 0o646, uid: ROOT, link: MOUNT, user: USER }],
  ['a user’s behind such a link', 'open-to-others', { mode: 0o644, uid: USER, link: MOUNT, user: USER }],
  ['another user’s', 'of-another-user', { mode: 0o600, uid: 1_001, link: undefined, user: USER }],
] as const)('%s is %s', (_what, reason, access) => {
  expect(distrustOf(access)).toBe(reason)
})
