/** The API's text of a time: `YYYY-MM-DD HH:MM:SS`, GMT. */
export function formatTimestamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')
}

/** A time as names of exports have it in the vendor's sample: `22.05.2025 11:44:32`. */
export function formatNameStamp(seconds: number): string {
  const [date = '', time = ''] = formatTimestamp(seconds).split(' ')
  return `${date.split('-').toReversed().join('.')} ${time}`
}
