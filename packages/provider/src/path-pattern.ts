export interface PathPatternOptions {
  /** Which parts of the template stand for others. */
  readonly wildcard: RegExp
  /** Source of a RegExp for what they stand for. */
  readonly matches: string
}

/** A RegExp for a whole path: everything but the wildcards is literal. */
export function pathPattern(template: string, { wildcard, matches }: PathPatternOptions): RegExp {
  const literals = template.split(wildcard).map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${literals.join(matches)}$`, 's')
}
