import { PATHS } from '@hood-exports/openapi'
import type { Answer, VendorAnswers } from '@hood-exports/openapi/profile'
import type { Answer as Response, Item } from '../verify/exchange.ts'
import { downloadRequest, viewRequest } from '../verify/test-request.ts'
import { collect, decide, notSeen, observed } from './decide.ts'
import type { Candidate } from './decide.ts'
import { redacted } from './look.ts'
import { settledItems } from './probe.ts'
import type { Conclude, Probe } from './probe.ts'

interface File {
  readonly item: Item
  readonly answer: Response
}

const FILES = 3
/** Sizes may be in bits. */
const LARGEST = 8 * 64 * 1024
const SAMPLE_PATH = '/v1/hood/customers/exports/{id}/download'

/** How files come, and views beside them. */
export async function learnDownloads(probe: Probe, baseUrl: string): Promise<Conclude> {
  const { session } = probe
  const views: Response[] = []
  const files: File[] = []
  for (const item of chosenItems(probe)) {
    const id = String(item['id'])
    const view = await session.send(viewRequest(id), 'fresh')
    if (view !== undefined) views.push(view)
    const answer = await session.send(downloadRequest(id), 'fresh')
    if (answer !== undefined) files.push({ item, answer })
  }
  const lists = probe.listing.looks.map(({ answer }) => answer)
  const came = files.filter(({ answer }) => answer.status === 200 && answer.bytes.length > 0)
  return () => ({
    'download.redirect': redirect(files, baseUrl),
    'answer.encoding': collect([
      ['list', encoding(lists)],
      ['view', encoding(views)],
      ['download', encoding(came.map(({ answer }) => answer))],
    ]),
    'download.length': ofFiles(came, [
      { value: 'sent', fits: ({ answer }) => answer.headers.has('content-length') },
      { value: 'not-sent', fits: ({ answer }) => !answer.headers.has('content-length') },
    ]),
    'download.size-unit': sizeUnit(came),
    'download.file-name': ofFiles(came, NAMES),
    'download.content-type': ofFiles(came, TYPES),
    'download.url': urlOf(probe),
  })
}

/** Small files that are ready, of different kinds and sizes. */
export function chosenItems(probe: Probe): readonly Item[] {
  const ready = settledItems(probe)
    .filter(({ mime_type: type }) => typeof type === 'string')
    .filter(({ status, size }) => status === 'ready' && typeof size === 'number' && size > 0 && size <= LARGEST)
    .toSorted((one, other) => Number(one['size']) - Number(other['size']))
  const kinds = [...Map.groupBy(ready, (item) => item['extension']).values()].map((group) => group[0])
  return [...new Set([...kinds, ...ready.toReversed()])].filter((item) => item !== undefined).slice(0, FILES)
}

interface Test<Value> {
  readonly value: Value
  readonly fits: (file: File) => boolean
}

function ofFiles<Value>(files: readonly File[], tests: readonly Test<Value>[]): Answer<Value> {
  if (files.length === 0) return notSeen('no file came')
  const candidates: Candidate<Value>[] = tests.map(({ value, fits }) => ({ value, fits: files.every(fits) }))
  return decide(candidates, files.map(evidence))
}

function evidence({ answer: { request, status, headers, bytes } }: File): { request: string; seen: string } {
  const named = headers.has('content-disposition') ? ', Content-Disposition' : ''
  return { request: redacted(request), seen: `${status}, ${bytes.length} bytes${named}` }
}

function redirect(files: readonly File[], baseUrl: string): Answer<VendorAnswers['download.redirect']> {
  const targetOf = ({ answer }: File): string | undefined => {
    if (answer.status < 300 || answer.status >= 400) return answer.status === 200 ? 'none' : undefined
    const location = answer.headers.get('location')
    if (location === null || !URL.canParse(location, baseUrl)) return undefined
    return new URL(location, baseUrl).origin === new URL(baseUrl).origin ? 'same-origin' : 'other-origin'
  }
  const told = files.filter((file) => targetOf(file) !== undefined)
  return ofFiles(
    told,
    (['none', 'same-origin', 'other-origin'] as const).map((value) => ({
      value,
      fits: (file) => targetOf(file) === value,
    })),
  )
}

function encoding(answers: readonly Response[]): Answer<string> {
  const good = answers.filter(({ status }) => status === 200)
  const names = [...new Set(good.map(({ headers }) => headers.get('content-encoding')?.toLowerCase() ?? 'identity'))]
  const [first] = good
  if (first === undefined) return notSeen('no answer came')
  const proof = [{ request: redacted(first.request), seen: names.join(', ') }]
  return decide(
    names.map((value) => ({ value, fits: names.length === 1 })),
    proof,
  )
}

const UNITS: readonly { readonly value: 'bytes' | 'bits' | 'kilobytes' | 'kibibytes'; readonly bytes: number }[] = [
  { value: 'bytes', bytes: 1 },
  { value: 'bits', bytes: 1 / 8 },
  { value: 'kilobytes', bytes: 1_000 },
  { value: 'kibibytes', bytes: 1_024 },
]

/** Small units are exact, large ones rounded in any way. Two lengths at least, as one may fit by chance. */
function sizeUnit(files: readonly File[]): Answer<VendorAnswers['download.size-unit']> {
  const lengths = new Set(files.map(({ answer }) => answer.bytes.length))
  if (lengths.size < 2) return notSeen('too few files of different lengths came', files.map(evidence))
  const isIn = (unit: number): boolean =>
    files.every(
      ({ item, answer }) => Math.abs(Number(item['size']) - answer.bytes.length / unit) < (unit > 1 ? 1 : 0.5),
    )
  const candidates = UNITS.map(({ value, bytes }) => ({ value, fits: isIn(bytes) }))
  const isOther = candidates.every(({ fits }) => !fits)
  return decide([...candidates, { value: 'other', fits: isOther }], files.map(evidence))
}

/** The name in `Content-Disposition`: RFC 6266, the extended form first. */
function fileName({ answer }: File): string | undefined {
  const header = answer.headers.get('content-disposition') ?? ''
  const [, extended] = /filename\*=UTF-8''([^;]+)/i.exec(header) ?? []
  if (extended !== undefined && isEncoded(extended)) return decodeURIComponent(extended)
  const [, quoted, token] = /filename=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header) ?? []
  return quoted?.replaceAll(/\\(.)/g, '$1') ?? token
}

function isEncoded(text: string): boolean {
  return /^(?:[^%]|%[\da-f]{2})*$/i.test(text)
}

function named(nameOf: (item: Item) => string): Test<never>['fits'] {
  return (file) => fileName(file) === nameOf(file.item).toWellFormed()
}

const withExtension =
  (member: 'name' | 'id') =>
  (item: Item): string =>
    typeof item['extension'] === 'string' ? `${String(item[member])}.${item['extension']}` : String(item[member])

const KNOWN_NAMES: readonly Test<VendorAnswers['download.file-name']>[] = [
  { value: 'none', fits: (file) => fileName(file) === undefined },
  { value: 'name', fits: named((item) => String(item['name'])) },
  { value: 'name-with-extension', fits: named(withExtension('name')) },
  { value: 'id', fits: named((item) => String(item['id'])) },
  { value: 'id-with-extension', fits: named(withExtension('id')) },
]
const NAMES: typeof KNOWN_NAMES = [
  ...KNOWN_NAMES,
  { value: 'other', fits: (file) => !KNOWN_NAMES.some(({ fits }) => fits(file)) },
]

function typeOf({ answer }: File): string {
  return answer.headers.get('content-type')?.toLowerCase() ?? ''
}

const KNOWN_TYPES: readonly Test<VendorAnswers['download.content-type']>[] = [
  { value: 'mime_type', fits: (file) => typeOf(file) === String(file.item['mime_type']).toLowerCase() },
  {
    value: 'mime_type-with-parameters',
    fits: (file) => typeOf(file).startsWith(`${String(file.item['mime_type']).toLowerCase()};`),
  },
]
const TYPES: typeof KNOWN_TYPES = [
  ...KNOWN_TYPES,
  { value: 'other', fits: (file) => !KNOWN_TYPES.some(({ fits }) => fits(file)) },
]

function urlOf({ listing: { items, looks } }: Probe): Answer<VendorAnswers['download.url']> {
  const urls = items.flatMap(({ id, download_url: url }) =>
    typeof url === 'string' && url !== '' ? [{ id: String(id), url }] : [],
  )
  if (urls.length === 0) return notSeen('no export has a download_url')
  const isAt = (template: string): boolean => urls.every(({ id, url }) => url === template.replace('{id}', id))
  const [documented, sample] = [isAt(PATHS.download), isAt(SAMPLE_PATH)]
  const proof = looks
    .slice(0, 1)
    .map(({ answer }) => ({ request: redacted(answer.request), seen: `${urls.length} paths` }))
  if (documented) return observed('documented-path', proof)
  return observed(sample ? 'sample-path' : 'other', proof)
}
