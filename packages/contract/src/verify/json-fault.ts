/** What keeps a text from being JSON. */
export interface JsonFault {
  /** Where in the text, in UTF-16 code units from 0. */
  readonly at: number
  /** A clause: what is there, and what belongs there. */
  readonly reason: string
}

const SPACE = /[ \t\n\r]*/y
/** A string without its last quotation mark. Control characters up to U+001F have to be escaped. */
const OPEN_STRING = String.raw`"[[^"\\\p{Cc}]\x7F-\x9F]*(?:\\(?:["\\\/bfnrt]|u[0-9a-fA-F]{4})[[^"\\\p{Cc}]\x7F-\x9F]*)*`
const NUMBER = String.raw`-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]+)?`
const STRING_START = new RegExp(OPEN_STRING, 'vy')
const TOKEN = new RegExp(String.raw`${OPEN_STRING}"|${NUMBER}|true|false|null|[\{\}\[\],:]`, 'vy')

type Wanted =
  | 'a value'
  | 'a value or "]"'
  | 'a name'
  | 'a name or "}"'
  | '":"'
  | '"," or "]"'
  | '"," or "}"'
  | 'the end'

/** The first place at which a text is no JSON (RFC 8259); undefined: it is JSON. */
export function jsonFault(text: string): JsonFault | undefined {
  const open: ('{' | '[')[] = []
  let wanted: Wanted = 'a value'
  let at = endOf(SPACE, text, 0)
  while (at < text.length || wanted !== 'the end') {
    const end = endOf(TOKEN, text, at)
    const next: Wanted | undefined = end === at ? undefined : wantedAfter(wanted, text.charAt(at), open)
    if (next === undefined) return faultAt(text, at, wanted)
    wanted = next
    at = endOf(SPACE, text, end)
  }
  return undefined
}

/** What belongs after a token; undefined: the token does not belong there. */
function wantedAfter(wanted: Wanted, token: string, open: ('{' | '[')[]): Wanted | undefined {
  const afterValue = (): Wanted => (open.length === 0 ? 'the end' : open.at(-1) === '{' ? '"," or "}"' : '"," or "]"')
  const isEnd = wanted.endsWith(`"${token}"`) && (token === '}' || token === ']')
  if (isEnd) {
    open.pop()
    return afterValue()
  }
  switch (wanted) {
    case 'a value':
    case 'a value or "]"':
      if (token === '{' || token === '[') {
        open.push(token)
        return token === '{' ? 'a name or "}"' : 'a value or "]"'
      }
      return /["\d\-tfn]/.test(token) ? afterValue() : undefined
    case 'a name':
    case 'a name or "}"':
      return token === '"' ? '":"' : undefined
    case '":"':
      return token === ':' ? 'a value' : undefined
    case '"," or "]"':
      return token === ',' ? 'a value' : undefined
    case '"," or "}"':
      return token === ',' ? 'a name' : undefined
    case 'the end':
      return undefined
    default:
      return wanted satisfies never
  }
}

function faultAt(text: string, at: number, wanted: Wanted): JsonFault {
  const character = text.charAt(at)
  if (character === '"' && !wanted.startsWith('"') && wanted !== 'the end') {
    const end = endOf(STRING_START, text, at)
    if (end === text.length) return { at, reason: 'begins a string that does not end' }
    const reason = text[end] === '\\' ? 'is no escape of JSON' : 'is a control character in a string'
    return { at: end, reason }
  }
  if (character === '') return { at, reason: `is the end, where ${wanted} belongs` }
  return {
    at,
    reason: `is ${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))}, where ${wanted} belongs`,
  }
}

/** Where the match of a sticky pattern at a place ends; the place itself where it does not match. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}
