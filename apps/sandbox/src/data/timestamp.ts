const TWO_DIGITS: readonly string[] = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))

/** The API's text of a time: `YYYY-MM-DD HH:MM:SS`, GMT. Written out because a million items have three each. */
export function formatTimestamp(seconds: number): string {
  const date = new Date(seconds * 1000)
  const two = (number: number): string => TWO_DIGITS[number] ?? ''
  const day = `${String(date.getUTCFullYear()).padStart(4, '0')}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
}

/** A time as names of exports have it in the vendor's sample: `22.05.2025 11:44:32`. */
export function formatNameStamp(seconds: number): string {
  const [date = '', time = ''] = formatTimestamp(seconds).split(' ')
  return `${date.split('-').toReversed().join('.')} ${time}`
}
