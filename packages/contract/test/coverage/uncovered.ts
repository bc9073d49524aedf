const PAST_END =
  'What a page behind the last one is, is not documented; the spec allows a 404, which the sandbox never sends. The permitted variation "past-end-missing" meets it.'

/** Points of the spec that no interaction has to meet, each with its reason. */
export const UNCOVERED: Readonly<Record<string, string>> = {
  'listExports 404': PAST_END,
  'listExports 404 X-RateLimit-Limit': PAST_END,
  'listExports 404 X-RateLimit-Remaining': PAST_END,
  'listExports 404 X-RateLimit-Reset': PAST_END,
}
