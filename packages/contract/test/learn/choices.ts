import { FILTER_KINDS, SELECTABLE_FIELDS } from '@hood-exports/openapi'
import type { VendorAnswers } from '@hood-exports/openapi/profile'
import fc from 'fast-check'
import type { createSandbox } from '@hood-exports/sandbox'
import {
  answers,
  eachItem,
  errorInstead,
  header,
  operationOf,
  pageOf,
  parameter,
  replaced,
  requests,
  withParameters,
} from '../mutation-gate/changes.ts'
import { filtersOf, holds, order, reading } from '../mutation-gate/filtered-lists.ts'
import type { Given } from '../mutation-gate/filtered-lists.ts'
import type { Change } from '../mutation-gate/provider.ts'
import { VARIATIONS } from '../mutation-gate/variations.ts'

/** One way to settle what the documents leave open, and the answers that are right for it. */
export interface Choice {
  readonly name: string
  readonly change?: Change
  readonly sandbox?: NonNullable<Parameters<typeof createSandbox>[0]>
  readonly expected: Partial<VendorAnswers>
}

const permitted = (name: string): Change | undefined => VARIATIONS.find((one) => one.name === name)?.change

const isList = (request: Request): boolean => operationOf(request) === 'list'

const defaultSize = (size: number): Choice => ({
  name: `pages of ${size}`,
  change: requests((request) => {
    const page = parameter(request, 'page') ?? '1'
    return isList(request) && /^[1-9]\d*$/.test(page) ? withParameters(request, { page: `${page},${size}` }) : request
  }),
  expected: { 'page.default-size': size },
})

const cutTo = (most: number): Choice => ({
  name: `cut to ${most}`,
  change: requests((request) => {
    const [number, size = 0] = pageOf(request)
    return isList(request) && size > most ? withParameters(request, { page: `${number},${most}` }) : request
  }),
  expected: { 'page.largest-size': most, 'page.too-large': 'cut' },
})

const refusedAbove = (most: number): Choice => ({
  name: `refused above ${most}`,
  change: answers((response, request) =>
    isList(request) && (pageOf(request)[1] ?? 0) > most && response.status === 200
      ? errorInstead(response, 400, 'Bad request.')
      : response,
  ),
  expected: { 'page.largest-size': most, 'page.too-large': 'refused' },
})

const ordered = (sort: string): Choice => ({
  name: `by ${sort}`,
  change: requests((request) =>
    isList(request) && parameter(request, 'sort') === undefined ? withParameters(request, { sort }) : request,
  ),
  expected: { 'page.default-order': sort.split(','), 'page.filtered-order': sort.split(',') },
})

const viewed = (name: string, fields: readonly string[], unnamed: 'default' | 'full'): Choice => ({
  name,
  change: requests((request) => {
    const view = parameter(request, 'view') ?? unnamed
    return view === 'default' && parameter(request, 'fields') === undefined && operationOf(request) !== 'download'
      ? withParameters(request, { view: undefined, fields: fields.join(',') })
      : withParameters(request, { view: 'full' })
  }),
  expected: {
    'view.default': Object.fromEntries(
      SELECTABLE_FIELDS.map((one) => [one, fields.includes(one) ? 'sent' : 'left-out']),
    ),
    'view.unnamed': unnamed,
  },
})

const searching = (fields: readonly string[]): Choice => ({
  name: `search of ${fields.join()}`,
  change: requests((request) =>
    parameter(request, 'q') !== undefined && parameter(request, 'q_fields') === undefined
      ? withParameters(request, { q_fields: fields.join(',') })
      : request,
  ),
  expected: {
    'search.default-fields': Object.fromEntries(
      ['id', 'resource', 'name', 'description', 'failed_reason'].map((one) => [
        one,
        fields.includes(one) ? 'searched' : 'not-searched',
      ]),
    ),
    'search.case': 'ignored',
    'search.accents': 'matter',
  },
})

const refusing = (name: string, isRefused: (filter: Given) => boolean): Choice => ({
  name,
  change: answers((response, request) =>
    response.status === 200 && filtersOf(request).some(isRefused)
      ? errorInstead(response, 400, 'Bad request.')
      : response,
  ),
  expected: {},
})

const isEqual = ({ operator }: Given): boolean => ['eq', 'neq', 'in', 'nin'].includes(operator)

/** How all filters are read. Only one change can do it. */
const comparisons = fc
  .record({
    text: fc.constantFrom('exact', 'lower', 'base', 'trim'),
    nulls: fc.constantFrom('unequal', 'unseen', 'least', 'greatest'),
    ends: fc.constantFrom('as-named', 'both', 'none', 'swapped'),
    day: fc.constantFrom('midnight', 'whole-day'),
  })
  .map(({ text, nulls, ends, day }): Choice => {
    const found: readonly string[] = {
      unequal: ['neq', 'nin'],
      unseen: [],
      least: ['neq', 'nin', 'lt', 'lte'],
      greatest: ['neq', 'nin', 'gt', 'gte'],
    }[nulls]
    const [rl, rr] = { 'as-named': ['rl', 'rr'], both: ['rf', 'rf'], none: ['r', 'r'], swapped: ['rr', 'rl'] }[ends]
    const form = {
      exact: (one: string) => one,
      lower: (one: string) => one.toLowerCase(),
      base: (one: string) => one.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase(),
      trim: (one: string) => one.trim(),
    }[text]
    const change = reading((item, filter) => {
      const operator = { rl: rl ?? '', rr: rr ?? '' }[filter.operator] ?? filter.operator
      if ((item[filter.member] ?? null) === null)
        return ['neq', 'nin', 'gt', 'gte', 'lt', 'lte'].includes(operator) ? found.includes(operator) : undefined
      const kind = FILTER_KINDS[filter.member]
      const isDay = kind === 'time' && filter.values.every(({ length }) => length === 10)
      return holds(item, { ...filter, operator }, (value, given, member) => {
        if (isDay)
          return order(
            day === 'whole-day' ? String(value).slice(0, 10) : value,
            day === 'whole-day' ? given : `${given} 00:00:00`,
            'name',
          )
        return kind === 'text' && isEqual(filter)
          ? order(form(String(value)), form(given), 'name')
          : order(value, given, member)
      })
    })
    const endsOf = { r: 'none', rf: 'both', rl: 'start', rr: 'end' } as const
    return {
      name: `${text}, nulls ${nulls}, ends ${ends}, ${day}`,
      change,
      expected: {
        'filter.case': text === 'lower' || text === 'base' ? 'ignored' : 'matters',
        'filter.accents': text === 'base' ? 'ignored' : 'matter',
        'filter.outer-spaces': text === 'trim' ? 'ignored' : 'matter',
        'filter.empty-text': 'text',
        'filter.nulls': Object.fromEntries(
          ['neq', 'nin', 'gt', 'gte', 'lt', 'lte'].map((operator) => [
            operator,
            found.includes(operator) ? 'found' : 'not-found',
          ]),
        ),
        'filter.range-ends': {
          r: 'none',
          rf: 'both',
          rl: endsOf[rl as keyof typeof endsOf],
          rr: endsOf[rr as keyof typeof endsOf],
        },
        'filter.day': day,
      },
    }
  })

const named = (name: string, disposition: string | undefined, type: string, expected: Choice['expected']): Choice => ({
  name,
  change: answers((response, request) =>
    operationOf(request) === 'download' && response.status === 200
      ? replaced(response, {
          headers: {
            'content-disposition': disposition ?? response.headers.get('content-disposition') ?? undefined,
            'content-type': `${response.headers.get('content-type')}${type}`,
          },
        })
      : response,
  ),
  expected,
})

/** Numbers stay numbers, and texts texts. */
const inBits: Change = (provider, surroundings) => {
  const bits = eachItem((item) => {
    const { size } = item
    if (size === null || size === undefined) return item
    return { ...item, size: typeof size === 'string' ? String(8 * Number(size)) : 8 * Number(size) }
  })(provider, surroundings)
  return (request) => {
    const size = parameter(request, 'size')
    const inBytes = size?.replaceAll(/\d+/g, (text) => String(Number(text) / 8))
    return bits(inBytes === undefined ? request : withParameters(request, { size: inBytes }))
  }
}

const FULL = SELECTABLE_FIELDS
const SHORT = ['id', 'name', 'status', 'resource']

/** Every combination of these is a correct provider. From the inside out. */
export const choices: fc.Arbitrary<readonly Choice[]> = fc
  .record({
    comparisons,
    refused: fc.constantFrom(
      refusing('all operators', () => false),
      refusing('no ranges', ({ operator }) => operator.startsWith('r')),
      refusing('no null tests', ({ operator }) => ['is', 'isn'].includes(operator)),
      refusing('no bounds of times', (filter) => FILTER_KINDS[filter.member] === 'time' && !isEqual(filter)),
    ),
    failure: fc.constantFrom(
      { name: 'failure_reason', expected: { 'filter.failure-reason': 'failure_reason' } } as const,
      {
        name: 'failed_reason',
        change: permitted('failed-reason-filters'),
        expected: { 'filter.failure-reason': 'failed_reason' },
      } as const,
      {
        name: 'failed_reason alone',
        change: permitted('failed-reason-filters-alone'),
        expected: { 'filter.failure-reason': 'failed_reason' },
      } as const,
    ),
    order: fc.constantFrom(ordered('-create_time'), ordered('name'), ordered('-status,-size'), ordered('update_time')),
    past: fc.constantFrom(
      { name: 'empty', expected: { 'page.past-end': 'empty' } } as const,
      { name: 'missing', change: permitted('past-end-missing'), expected: { 'page.past-end': 'missing' } } as const,
      { name: 'refused', change: permitted('past-end-refused'), expected: { 'page.past-end': 'refused' } } as const,
      {
        name: 'last page',
        change: permitted('past-end-last-page'),
        expected: { 'page.past-end': 'last-page' },
      } as const,
    ),
    size: fc.constantFrom(defaultSize(10), defaultSize(7), defaultSize(25)),
    most: fc.constantFrom(refusedAbove(1_000), refusedAbove(100), refusedAbove(77), cutTo(200), cutTo(50), cutTo(64)),
    view: fc.constantFrom(
      viewed(
        'long views',
        FULL.filter((one) => !['creator_id', 'description'].includes(one)),
        'full',
      ),
      viewed('short views', SHORT, 'default'),
      viewed('views without id', ['name', 'status', 'size'], 'full'),
    ),
    search: fc.constantFrom(
      searching(['name']),
      searching(['name', 'description']),
      searching(['id', 'resource', 'name', 'description', 'failed_reason']),
    ),
    file: fc.constantFrom(
      named('files', undefined, '', {
        'download.file-name': 'name-with-extension',
        'download.content-type': 'mime_type',
      }),
      named('other files', 'attachment; filename="export.csv"', '; charset=utf-8', {
        'download.file-name': 'other',
        'download.content-type': 'mime_type-with-parameters',
      }),
    ),
    unit: fc.constantFrom(
      { name: 'bytes', expected: { 'download.size-unit': 'bytes' } } as const,
      { name: 'bits', change: inBits, expected: { 'download.size-unit': 'bits' } } as const,
    ),
    more: fc.constantFrom(
      { name: 'documented members', expected: { 'members.undocumented': [] } } as const,
      {
        name: 'an owner',
        change: eachItem((item, request) =>
          parameter(request, 'fields') === undefined ? { ...item, owner: { name: 'Ana' } } : item,
        ),
        expected: { 'members.undocumented': ['owner'] },
      } as const,
    ),
    rounding: fc.constantFrom(
      { name: 'rounded up', expected: { 'quota.reset-rounding': 'up' } } as const,
      {
        name: 'rounded down',
        change: header('x-ratelimit-reset', (reset) => String(Number(reset) - 1)),
        expected: { 'quota.reset-rounding': 'down' },
      } as const,
    ),
    nulls: fc.constantFrom(
      {
        name: 'nulls',
        sandbox: { nulls: 'sent' },
        expected: { 'members.without-value': { description: 'null', size: 'null' } },
      } as const,
      {
        name: 'no nulls',
        sandbox: { nulls: 'left-out' },
        expected: { 'members.without-value': { description: 'absent', size: 'absent' } },
      } as const,
    ),
    numbers: fc.constantFrom('number' as const, 'text' as const).map((form): Choice => ({
      name: `numbers as ${form}`,
      sandbox: { numbers: form },
      expected: { 'numbers.form': { total: form, size: form, attempt_count: form, download_count: form } },
    })),
    window: fc.constantFrom(
      {
        name: 'minute',
        sandbox: { rateLimitHeaders: 'longest' },
        expected: { 'quota.described-window': 'longest', 'quota.limits': [150] },
      } as const,
      { name: 'second', sandbox: { rateLimitHeaders: 'shortest' }, expected: { 'quota.limits': [10] } } as const,
      { name: 'fewest', sandbox: { rateLimitHeaders: 'fewest-remaining' }, expected: {} } as const,
    ),
    start: fc.oneof(
      fc.integer({ min: 0, max: 59_999 }).map((phaseMs): Choice => ({
        name: `clock + ${phaseMs}`,
        sandbox: { windowStart: { kind: 'clock', phaseMs } },
        expected: { 'quota.window-start': 'clock' },
      })),
      fc.constant<Choice>({
        name: 'first request',
        sandbox: { windowStart: { kind: 'first-request' } },
        expected: { 'quota.window-start': 'first-request' },
      }),
    ),
    data: fc.integer({ min: 1, max: 1_000 }).map((seed): Choice => ({
      name: `seed ${seed}`,
      sandbox: { seed, items: 240 + (seed % 3) * 80 },
      expected: {
        'sort.nulls': 'first',
        'quota.shared': { view: 'shared', download: 'shared' },
        'quota.refused-cost': { '400': 'counted', '401': 'free', '404': 'counted' },
        'download.redirect': 'none',
        'download.length': 'not-sent',
        'download.url': 'sample-path',
        'answer.encoding': { list: 'identity', view: 'identity', download: 'identity' },
      },
    })),
  })
  .map((record) => Object.values(record) as readonly Choice[])
