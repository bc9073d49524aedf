import { eachItem, eachValue, envelopes } from '../changes.ts'
import { mutantsOf } from '../provider.ts'
import type { Change, Mutant } from '../provider.ts'

const without = (member: string): Change =>
  eachItem((item) => Object.fromEntries(Object.entries(item).filter(([name]) => name !== member)))

export const itemMutants: readonly Mutant[] = mutantsOf('items', [
  ['id-absent', 'no item has an id', without('id')],
  [
    'id-absent-with-fields',
    'an item has no id where fields selects it',
    eachItem((item, { url }) => (url.includes('fields=') ? { ...item, id: undefined } : item)),
  ],
  ['id-number', 'ids are numbers', eachValue('id', Number)],
  ['id-letters', 'ids have letters', eachValue('id', (id) => `exp-${id as string}`)],
  ['company-id-number', 'company_id is a number', eachValue('company_id', Number)],
  [
    'creator-id-number',
    'creator_id is a number in every tenth item',
    eachValue('creator_id', (id, index) => (index % 10 === 3 ? Number(id) : id)),
  ],
  ['size-text', 'size is text with a unit', eachValue('size', (size) => `${String(size)} B`)],
  [
    'size-negative',
    'one size of a page is negative',
    eachValue<number>('size', (size, index) => (index === 11 ? -size - 1 : size)),
  ],
  ['size-fraction', 'sizes are fractions', eachValue<number>('size', (size) => size + 0.25)],
  [
    'size-in-view',
    'size is one more in a view',
    eachItem(
      (item, _request) => ({ ...item, ...(typeof item['size'] === 'number' && { size: item['size'] + 1 }) }),
      'view',
    ),
  ],
  ['count-text', 'download_count is a number in text', eachValue('download_count', (count) => `${String(count)}.0`)],
  ['attempts-negative', 'attempt_count is -1', eachValue('attempt_count', () => -1)],
  ['time-iso', 'times are as in RFC 3339', eachValue<string>('create_time', (time) => `${time.replace(' ', 'T')}Z`)],
  [
    'time-epoch',
    'update_time is seconds since the epoch',
    eachValue<string>('update_time', (time) => Date.parse(`${time}Z`) / 1_000),
  ],
  ['time-milliseconds', 'expire_time has milliseconds', eachValue('expire_time', (time) => `${time as string}.000`)],
  [
    'time-no-day',
    'one update_time of a page is on the 30th of February',
    eachValue<string>('update_time', (time, index) => (index === 7 ? '2025-02-30 10:00:00' : time)),
  ],
  [
    'time-hour-24',
    'one create_time of a page is at 24:00',
    eachValue<string>('create_time', (time, index) => (index === 5 ? `${time.slice(0, 10)} 24:30:00` : time)),
  ],
  [
    'time-zero',
    'a missing expire_time is 0000-00-00',
    eachItem((item) =>
      'expire_time' in item && item['expire_time'] === null ? { ...item, expire_time: '0000-00-00 00:00:00' } : item,
    ),
  ],
  [
    'time-day-first',
    'create_time has the day first',
    eachValue<string>('create_time', (time) => time.replace(/^(\d+)-(\d+)-(\d+)/, '$3-$2-$1')),
  ],
  [
    'url-absolute',
    'download_url has a host',
    eachValue('download_url', (url) => `https://api.ocamba.com${url as string}`),
  ],
  [
    'url-other-host',
    'download_url has a host without a scheme',
    eachValue('download_url', (url) => `//files.example${url as string}`),
  ],
  [
    'url-shared',
    'every item has the same download_url',
    eachValue('download_url', () => '/v1/hood/customers/exports/1000000/download'),
  ],
  ['url-script', 'download_url is a script', eachValue('download_url', () => 'javascript:alert(1)')],
  [
    'name-shortened',
    'a view shortens the name',
    eachItem(
      (item) => ({ ...item, ...(typeof item['name'] === 'string' && { name: item['name'].slice(0, 9) }) }),
      'view',
    ),
  ],
  [
    'name-ascii',
    'letters beyond ASCII are lost in views',
    eachItem(
      (item) => ({
        ...item,
        ...(typeof item['name'] === 'string' && {
          name: item['name'].replaceAll(/\P{ASCII}/gu, '?').replaceAll('-', '_'),
        }),
      }),
      'view',
    ),
  ],
  ['name-number', 'one name of a page is a number', eachValue('name', (name, index) => (index === 4 ? 4 : name))],
  ['status-object', 'status is an object', eachValue('status', (name) => ({ name }))],
  [
    'status-differs',
    'status in a sorted list is that of another item',
    envelopes(
      ({ total, items }, { url }) => ({
        total,
        items: url.includes('sort=-size')
          ? items.map((item, index) => ({
              ...item,
              ...('status' in item && { status: items.at(index - 1)?.['status'] }),
            }))
          : items,
      }),
      'list',
    ),
  ],
  ['mime-type-number', 'mime_type is a number', eachValue('mime_type', () => 4)],
  [
    'item-null',
    'one item of a page is null',
    envelopes(({ total, items }) => ({
      total,
      items: items.map((item, index) => (index === 6 ? (null as never) : item)),
    })),
  ],
  [
    'failed-reason',
    'failure_reason is called as in q_fields',
    eachItem(({ failure_reason: reason, ...item }) =>
      reason === undefined ? item : { ...item, failed_reason: reason },
    ),
  ],
  ['create-time-left-out', 'no item has create_time', without('create_time')],
  ['size-left-out', 'no item has size', without('size')],
  ['description-left-out', 'no item has description', without('description')],
  ['failure-reason-left-out', 'no item has failure_reason', without('failure_reason')],
  [
    'another-name',
    'download_url is called url',
    eachItem(({ download_url: url, ...item }) => (url === undefined ? item : { ...item, url })),
  ],
  [
    'mojibake-in-views',
    'names in views are decoded twice',
    eachItem(
      (item) => ({
        ...item,
        ...(typeof item['name'] === 'string' && { name: Buffer.from(item['name']).toString('latin1') }),
      }),
      'view',
    ),
  ],
  [
    'cut-in-lists',
    'descriptions in lists are cut at 30 letters',
    eachItem(
      (item) => ({
        ...item,
        ...(typeof item['description'] === 'string' && { description: item['description'].slice(0, 30) }),
      }),
      'list',
    ),
  ],
])
