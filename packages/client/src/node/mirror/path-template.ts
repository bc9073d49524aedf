import type { ExportsError } from '../../errors.ts'
import { invalidOption } from '../../failures.ts'
import { safeFileName } from '../safe-file-name.ts'

/** What a path can be made of: what an export keeps, so that a mirror made anew has the same paths. */
const MEMBERS = ['id', 'name', 'resource', 'extension', 'create_time', 'company_id', 'creator_id'] as const

type Member = (typeof MEMBERS)[number]

/** What is known of an export whose file gets a name. */
export type Named = { readonly id: string } & { readonly [Each in Member]?: string | null | undefined }

type Part = string | { readonly member: Member; readonly format: string | undefined }

/** In the place of a member that is null. */
const NONE = 'none'
const DAY = 'YYYY-MM-DD'
const TIME_PARTS = ['YYYY', 'MM', 'DD', 'HH', 'mm', 'ss'] as const

/**
 * Reads a template such as `{create_time:YYYY/MM}/{resource}/{id}-{name}`: a member of an export in braces, and of a
 * time the parts that it is written with (`YYYY`, `MM`, `DD`, `HH`, `mm`, `ss`; default `YYYY-MM-DD`), in GMT; `/` ends
 * a folder. `{id}` must be in it, so that two exports have two paths. The extension is added where it is not used.
 *
 * @returns the path of an export, relative. Each of its folders and its file has a name that is one on every system; a
 * `/` in a value is a `_`.
 * @throws ExportsError `invalid-options`
 */
export function parsePath(template: string): (item: Named) => string {
  const parts = partsOf(template)
  const has = (member: Member): boolean => parts.some((part) => typeof part === 'object' && part.member === member)
  if (!has('id'))
    throw refuse(template, 'has no {id}, so two exports could get one path: write {id}-{name}, for example')
  for (const folder of parts
    .map((part) => (typeof part === 'string' ? part : 'x'))
    .join('')
    .split('/')) {
    if (['', '.', '..'].includes(folder.trim())) {
      throw refuse(
        template,
        'leads out of the folder, or has a folder without a name: begin with a name, and write one / between two',
      )
    }
  }
  return (item) => {
    const segments = parts
      .map((part) => (typeof part === 'string' ? part : valueOf(item, part)))
      .join('')
      .split('/')
    const file = segments.pop() ?? ''
    const folders = segments.map((folder) => safeFileName(folder))
    return [...folders, safeFileName(file, has('extension') ? null : item.extension)].join('/')
  }
}

function partsOf(template: string): readonly Part[] {
  return template.split(/(\{[^{}]*\})/).map((text): Part => {
    const [, name, format] = /^\{([^:]*)(?::(.*))?\}$/s.exec(text) ?? []
    if (name === undefined) {
      if (/[{}\\]/.test(text))
        throw refuse(template, 'has a { or } that stands alone, or a \\: write {name}, and / for a folder')
      return text
    }
    const member = MEMBERS.find((known) => known === name)
    if (member === undefined)
      throw refuse(
        template,
        `has {${name}}, which an export does not keep`,
        MEMBERS.map((each) => `{${each}}`),
      )
    if (format !== undefined) checkFormat(template, member, format)
    return { member, format }
  })
}

function checkFormat(template: string, member: Member, format: string): void {
  if (member !== 'create_time')
    throw refuse(template, `has a format for {${member}}, which is no time: write {${member}}`)
  const rest = TIME_PARTS.reduce((text, part) => text.replaceAll(part, ''), format)
  if (format === '' || /[A-Za-z]/.test(rest)) {
    throw refuse(template, `has the format "${format}", which is none`, TIME_PARTS)
  }
}

function valueOf(item: Named, { member, format }: Exclude<Part, string>): string {
  const value = item[member]
  if (member === 'create_time') return timeOf(value ?? '', format ?? DAY)
  // A name may be hostile, or only have a date with slashes.
  return value ? value.replaceAll('/', '_') : member === 'extension' ? '' : NONE
}

function timeOf(time: string, format: string): string {
  const [, ...values] = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(time) ?? []
  if (values.length === 0) return NONE
  return TIME_PARTS.reduce((text, part, index) => text.replaceAll(part, values[index] ?? ''), format)
}

function refuse(template: string, rule: string, allowed?: readonly string[]): ExportsError<'invalid-options'> {
  return invalidOption('path', template, rule, allowed)
}
