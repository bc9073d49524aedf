import { eachItem, operationOf, parameter, withParameters } from '../changes.ts'
import type { Item } from '../changes.ts'
import { mutantsOf } from '../provider.ts'
import type { Change, Mutant } from '../provider.ts'

/** Other `fields` than were asked for, where they are right. */
function selecting(change: (fields: string[], request: Request) => string[] | undefined): Change {
  return (provider) => (request) => {
    const fields = parameter(request, 'fields')?.split(',')
    const isSound = fields !== undefined && !fields.includes('nmae') && !fields.includes('failed_reason')
    return provider(isSound ? withParameters(request, { fields: change(fields, request)?.join() }) : request)
  }
}

const dropping = (member: string, when: (request: Request) => boolean): Change =>
  eachItem((item, request) => (when(request) ? without(item, member) : item))

function without(item: Item, member: string): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== member))
}

const hasFields = (request: Request): boolean => parameter(request, 'fields') !== undefined

export const fieldMutants: readonly Mutant[] = mutantsOf('fields', [
  [
    'owner-added',
    'a member that is not documented comes, whatever fields selects',
    eachItem((item, request) => (hasFields(request) ? { ...item, owner: 'Ana' } : item)),
  ],
  ['ignored', 'fields is ignored', selecting(() => undefined)],
  [
    'ignored-in-views',
    'fields is ignored in views',
    selecting((all, request) => (operationOf(request) === 'view' ? undefined : all)),
  ],
  ['id-added', 'id always comes', selecting((all) => [...new Set(['id', ...all])])],
  [
    'id-added-in-views',
    'id always comes in views',
    selecting((all, request) => (operationOf(request) === 'view' ? [...new Set(['id', ...all])] : all)),
  ],
  [
    'name-added',
    'name comes with description',
    selecting((all) => (all.includes('description') ? [...new Set([...all, 'name'])] : all)),
  ],
  ['first-alone', 'only the first field comes', selecting((all) => all.slice(0, 1))],
  ['last-lost', 'the last of several fields is lost', selecting((all) => (all.length > 1 ? all.slice(0, -1) : all))],
  ['five-at-most', 'at most five fields come', selecting((all) => all.slice(0, 5))],
  [
    'view-wins',
    'view takes precedence over fields',
    selecting((all, request) => (parameter(request, 'view') === undefined ? all : undefined)),
  ],
  ['creator-unselectable', 'creator_id cannot be selected', dropping('creator_id', hasFields)],
  ['company-unselectable', 'company_id cannot be selected', dropping('company_id', hasFields)],
  ['failure-unselectable', 'failure_reason cannot be selected', dropping('failure_reason', hasFields)],
  ['url-unselectable', 'download_url cannot be selected', dropping('download_url', hasFields)],
  ['mime-type-unselectable', 'mime_type cannot be selected', dropping('mime_type', hasFields)],
  [
    'failed-reason',
    'failure_reason is called failed_reason where it is selected',
    eachItem((item, request) => {
      if (!hasFields(request) || !('failure_reason' in item)) return item
      return { ...without(item, 'failure_reason'), failed_reason: item['failure_reason'] }
    }),
  ],
  [
    'full-lacks-failure',
    'view=full lacks failure_reason',
    dropping('failure_reason', (request) => parameter(request, 'view') === 'full'),
  ],
  [
    'full-lacks-creator',
    'view=full lacks creator_id',
    dropping('creator_id', (request) => parameter(request, 'view') === 'full'),
  ],
  [
    'full-is-default',
    'view=full is that of few members',
    (provider) => (request) =>
      provider(
        parameter(request, 'view') === 'full' && !hasFields(request)
          ? withParameters(request, { view: undefined, fields: 'id,name,status,size' })
          : request,
      ),
  ],
  [
    'values-of-null',
    'a selected member without a value is an empty text',
    eachItem((item, request) =>
      hasFields(request) ? Object.fromEntries(Object.entries(item).map(([name, value]) => [name, value ?? ''])) : item,
    ),
  ],
])
