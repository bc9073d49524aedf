import type { UserConfig } from 'tsdown'

/**
 * How every package is built for publishing. In the workspace nothing is built: Node strips the types; but it does so
 * for no file under `node_modules`.
 */
export const base: UserConfig = {
  platform: 'node',
  target: 'es2023',
  dts: { oxc: {} },
  fixedExtension: false,
}
