import { SEARCHABLE_MEMBERS } from '@hood-exports/openapi'
import {
  allItems,
  answers,
  errorInstead,
  operationOf,
  pageOf,
  parameter,
  parameterOfList,
  replaced,
  withParameters,
} from '../changes.ts'
import type { Item } from '../changes.ts'
import { mutantsOf } from '../provider.ts'
import type { Change, Mutant } from '../provider.ts'

/** Finds other items: those for which `isFound` holds of one of the members' texts. */
function finding(isFound: (text: string, q: string, item: Item) => boolean): Change {
  return (provider, { correct }) =>
    async (request) => {
      const response = await provider(request)
      const [q, qFields] = [parameter(request, 'q'), parameter(request, 'q_fields')]
      if (response.status !== 200 || operationOf(request) !== 'list' || q === undefined || qFields === undefined)
        return response
      const members = qFields.split(',').map((field) => SEARCHABLE_MEMBERS[field as keyof typeof SEARCHABLE_MEMBERS])
      const found = (await allItems(correct, request)).filter((item) =>
        members.some((member) => typeof item[member] === 'string' && isFound(item[member], q, item)),
      )
      const [number, size = 20] = pageOf(request)
      const fields = parameter(request, 'fields')?.split(',')
      const sort = parameter(request, 'sort')
      if (sort !== undefined) return response
      const items = found
        .slice((number - 1) * size, number * size)
        .map((item) => (fields === undefined ? item : Object.fromEntries(fields.map((field) => [field, item[field]]))))
      return replaced(response, { body: JSON.stringify({ total: found.length, items }) })
    }
}

const lower = (isFound: (text: string, q: string) => boolean): Change =>
  finding((text, q) => isFound(text.toLowerCase(), q.toLowerCase()))
const fields = (change: (fields: string[]) => string[]): Change =>
  parameterOfList('q_fields', (value) =>
    /nmae|failure_reason|mime_type|size|status/.test(value) ? value : change(value.split(',')).join(),
  )

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function hasLettersInOrder(text: string, q: string): boolean {
  let place = -1
  return Array.from(q).every((letter) => {
    place = text.indexOf(letter, place + 1)
    return place !== -1
  })
}

/** Searches for some texts are answered with 500. */
const failing = (isHostile: (q: string) => boolean): Change =>
  answers((response, request) =>
    isHostile(parameter(request, 'q') ?? '') ? errorInstead(response, 500, 'Internal server error.') : response,
  )

export const searchMutants: readonly Mutant[] = mutantsOf('search', [
  ['nul-fails', 'a NUL in q is a 500', failing((q) => q.includes('\u0000'))],
  ['line-break-fails', 'a line break in q is a 500', failing((q) => q.includes('\n'))],
  ['emoji-fails', 'emoji in q are a 500', failing((q) => /\p{Emoji_Presentation}/u.test(q))],
  ['comment-fails', 'the mark of a comment in q is a 500', failing((q) => q.includes('--'))],
  ['backslash-fails', 'a backslash before a quote in q is a 500', failing((q) => q.includes('\\"'))],
  ['long-fails', 'a long q is a 500', failing((q) => q.length > 255)],
  [
    'header-injected',
    'a line break in q begins a header',
    answers((response, request) => {
      const [, name, value] = /\r\n([\w-]+): (.*)$/.exec(parameter(request, 'q') ?? '') ?? []
      return name === undefined ? response : replaced(response, { headers: { [name]: value } })
    }),
  ],
  ['term-cut-late', 'q is cut after 40 letters', parameterOfList('q', (q) => q.slice(0, 40))],
  ['ignored', 'q is ignored', parameterOfList('q', () => undefined)],
  ['finds-nothing', 'a search finds nothing', parameterOfList('q', (q) => `${q}-nothing-has-this`)],
  ['beginning', 'only the beginning of a text is searched', lower((text, q) => text.startsWith(q))],
  ['end', 'only the end of a text is searched', lower((text, q) => text.endsWith(q))],
  ['whole-text', 'only the whole text is compared', lower((text, q) => text === q)],
  ['whole-words', 'only whole words are found', lower((text, q) => text.split(/\W+/).includes(q))],
  [
    'beginning-of-words',
    'only the beginning of a word is found',
    lower((text, q) => text.split(/\W+/).some((word) => word.startsWith(q)) || text.startsWith(q)),
  ],
  [
    'any-word',
    'any word of the term is enough',
    lower((text, q) => q.split(/\W+/).some((word) => word !== '' && text.includes(word))),
  ],
  [
    'words-in-any-order',
    'words are found in any order',
    lower((text, q) => q.split(/[\s,]+/).every((word) => text.includes(word))),
  ],
  ['letters-in-order', 'the letters of the term may have others between them', lower(hasLettersInOrder)],
  [
    'underscore',
    'an underscore stands for any character',
    lower((text, q) =>
      new RegExp(q.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`).replaceAll('_', '.')).test(text),
    ),
  ],
  [
    'percent',
    'a percent sign stands for any text',
    lower((text, q) =>
      new RegExp(q.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`).replaceAll('%', '.*')).test(text),
    ),
  ],
  ['regular-expression', 'the term is a regular expression', lower((text, q) => isMatch(q, text))],
  [
    'first-20-letters',
    'only the first 20 letters of a text are searched',
    lower((text, q) => text.slice(0, 20).includes(q)),
  ],
  [
    'ascii-only',
    'letters beyond ASCII are never found',
    lower((text, q) => /^\p{ASCII}*$/u.test(q) && text.includes(q)),
  ],
  ['not-found', 'what does not have the term is found', lower((text, q) => !text.includes(q))],
  [
    'finds-more',
    'every 40th item is found, whatever it has',
    finding((text, q, { id }) => text.toLowerCase().includes(q.toLowerCase()) || Number(id) % 40 === 0),
  ],
  ['q-fields-ignored', 'q_fields is ignored', fields(() => Object.keys(SEARCHABLE_MEMBERS))],
  ['first-field', 'only the first of q_fields is searched', fields(([first = '']) => [first])],
  ['last-field', 'only the last of q_fields is searched', fields((all) => all.slice(-1))],
  [
    'all-fields-needed',
    'the term must be in each of q_fields',
    (provider, { correct }) =>
      async (request) => {
        const qFields = parameter(request, 'q_fields')?.split(',') ?? []
        const response = await provider(request)
        if (response.status !== 200 || operationOf(request) !== 'list' || qFields.length < 2) return response
        const term = (parameter(request, 'q') ?? '').toLowerCase()
        const members = qFields.map((field) => SEARCHABLE_MEMBERS[field as keyof typeof SEARCHABLE_MEMBERS])
        const found = (await allItems(correct, request)).filter((item) =>
          members.every((member) => String(item[member]).toLowerCase().includes(term)),
        )
        return replaced(response, {
          body: JSON.stringify({ total: found.length, items: found.slice(0, pageOf(request)[1]) }),
        })
      },
  ],
  [
    'description-unsearched',
    'description is never searched',
    fields((all) => all.map((field) => (field === 'description' ? 'id' : field))),
  ],
  [
    'failed-reason-unsearched',
    'failed_reason is never searched',
    fields((all) => all.map((field) => (field === 'failed_reason' ? 'id' : field))),
  ],
  [
    'resource-unsearched',
    'resource is never searched',
    fields((all) => all.map((field) => (field === 'resource' ? 'id' : field))),
  ],
  ['id-unsearched', 'id is never searched', fields((all) => all.map((field) => (field === 'id' ? 'resource' : field)))],
  [
    'page-ignored',
    'a search always has its first page',
    (provider) => (request) =>
      provider(
        operationOf(request) === 'list' && parameter(request, 'q') !== undefined && pageOf(request)[1] !== undefined
          ? withParameters(request, { page: `1,${pageOf(request)[1]}` })
          : request,
      ),
  ],
  [
    'comma',
    'a comma in the term splits it',
    lower((text, q) => q.split(',').some((part) => part !== '' && text.includes(part))),
  ],
  ['plus', 'a plus sign in the term is a space', parameterOfList('q', (q) => q.replaceAll('+', ' '))],
  ['decoded-twice', 'q is decoded twice', parameterOfList('q', (q) => decoded(q))],
  [
    'first-letters-of-descriptions',
    'only the first 20 letters of a description are searched',
    finding((text, q, item) =>
      (text === item['description'] ? text.slice(0, 20) : text).toLowerCase().includes(q.toLowerCase()),
    ),
  ],
  [
    'description-and-name',
    'a search of descriptions looks in names, too',
    fields((all) => (all.includes('description') ? [...new Set([...all, 'name'])] : all)),
  ],
])

function isMatch(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern).test(text)
  } catch {
    return text.includes(pattern)
  }
}
