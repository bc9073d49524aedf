/** The API's text of a time: `YYYY-MM-DD HH:MM:SS`, GMT. */
export function formatTimestamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
}

/** Seconds since the epoch of a time of the API. Expects the documented form. */
export function parseTimestamp(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`) / 1000
}
