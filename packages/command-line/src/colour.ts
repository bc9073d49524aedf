import { styleText } from 'node:util'

type Format = Parameters<typeof styleText>[0]

/**
 * Whether colours are wanted: `FORCE_COLOR` (https://force-color.org) before `NO_COLOR` (https://no-color.org), as in
 * Node itself; else on a terminal that is not dumb.
 */
export function wantsColour(env: Readonly<Record<string, string | undefined>>, isTTY: boolean): boolean {
  const forced = env['FORCE_COLOR']
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  if (env['NO_COLOR']) return false
  return isTTY && env['TERM'] !== 'dumb'
}

/** Text in a style, where the output wants colours. */
export function paint(output: { readonly colour: boolean }, format: Format, text: string): string {
  return output.colour ? styleText(format, text, { validateStream: false }) : text
}
