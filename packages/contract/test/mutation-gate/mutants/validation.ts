import { operationOf, parameter, requests, withParameters } from '../changes.ts'
import { mutantsOf } from '../provider.ts'
import type { Change, Mutant } from '../provider.ts'

/** Takes a wrong value for another one. */
function taking(name: string, isWrong: RegExp, right: string | undefined, operation?: string): Change {
  return (provider) => (request) => {
    const isTaken =
      isWrong.test(parameter(request, name) ?? '-none-') && (operation ?? operationOf(request)) === operationOf(request)
    return provider(isTaken ? withParameters(request, { [name]: right }) : request)
  }
}

export const validationMutants: readonly Mutant[] = mutantsOf('validation', [
  ['unknown-field', 'an unknown field is ignored', taking('fields', /^nmae$/, undefined)],
  ['unknown-field-among-others', 'an unknown field among others is ignored', taking('fields', /^id,nmae$/, 'id')],
  ['unknown-field-in-views', 'an unknown field is ignored in views', taking('fields', /nmae/, 'id', 'view')],
  ['failed-reason-as-field', 'failed_reason is a field', taking('fields', /^failed_reason$/, 'failure_reason')],
  ['unknown-view', 'an unknown view is the default one', taking('view', /^wide$/, undefined)],
  [
    'unknown-view-in-views',
    'an unknown view of an item is the default one',
    taking('view', /^wide$/, undefined, 'view'),
  ],
  ['unknown-key', 'an unknown sort key is ignored', taking('sort', /^nmae$/, undefined)],
  ['unknown-second-key', 'an unknown second sort key is ignored', taking('sort', /,nmae$/, 'name')],
  ['sort-by-id', 'id is a sort key', taking('sort', /^id$/, 'create_time')],
  [
    'sort-by-anything',
    'members that are not sortable sort',
    taking('sort', /^-(?:company_id|creator_id|description|download_url|failure_reason)$/, 'name'),
  ],
  ['double-minus', '"--" is "-"', taking('sort', /^--/, '-name')],
  ['page-zero', 'page 0 is page 1', taking('page', /^0$/, '1')],
  ['page-negative', 'a negative page is page 1', taking('page', /^-1$/, '1')],
  ['page-text', 'a page that is no number is page 1', taking('page', /^x$/, '1')],
  ['page-fraction', 'page 1.5 is page 1', taking('page', /^1\.5$/, '1')],
  ['page-of-none', 'a page of 0 items is one of the default size', taking('page', /^1,0$/, '1')],
  ['page-of-less', 'a page of -5 items is one of the default size', taking('page', /^1,-5$/, '1')],
  ['page-of-text', 'a size that is no number is the default one', taking('page', /^1,x$/, '1')],
  ['page-of-three', 'a third number in page is ignored', taking('page', /^1,2,3$/, '1,2')],
  ['unknown-q-field', 'an unknown field in q_fields is ignored', taking('q_fields', /^nmae$/, undefined)],
  [
    'failure-reason-searched',
    'failure_reason is a name in q_fields',
    taking('q_fields', /^failure_reason$/, 'failed_reason'),
  ],
  ['any-q-field', 'members that are not searchable are searched', taking('q_fields', /^name,/, 'name')],
  ['page-zero-of-five', 'page 0 of a size is page 1', taking('page', /^0,5$/, '1,5')],
  ['status-searched', 'status can be searched', taking('q_fields', /^status$/, 'name')],
  ['description-sorts', 'what can be searched can be sorted by', taking('sort', /^-?description$/, 'name')],
  [
    'mistake-beside-a-key',
    'a wrong page is let pass beside a sort key',
    (provider) => (request) =>
      provider(
        parameter(request, 'sort') !== undefined && !/^\d+(?:,\d+)?$/.test(parameter(request, 'page') ?? '1')
          ? withParameters(request, { page: '1' })
          : request,
      ),
  ],
  ['failure-reason-sorts', 'failure_reason is a sort key', taking('sort', /^failure_reason$/, 'name')],
  ['failed-reason-sorts', 'failed_reason is a sort key', taking('sort', /^failed_reason$/, 'name')],
  ['order-after-a-colon', 'name:desc is -name', taking('sort', /:desc$/, '-name')],
  ['order-as-a-word', '"name desc" is -name', taking('sort', / desc$/, '-name')],
  ['plus-before-a-key', '"+" is ascending', taking('sort', /^\+/, 'name')],
  ['semicolons-between-keys', 'semicolons separate sort keys', taking('sort', /;/, 'name,size')],
  ['semicolon-in-page', 'a semicolon separates the numbers of page', taking('page', /;/, '1,5')],
  ['letters-after-a-page', 'page 2x is page 2', taking('page', /^\d+[a-z]+$/, '2')],
  ['letters-after-a-size', 'a size of 2x is 2', taking('page', /^\d+,\d+[a-z]+$/, '1,2')],
  ['star-of-fields', '"*" is every field', taking('fields', /^\*$/, undefined)],
  ['semicolons-between-fields', 'semicolons separate fields', taking('fields', /;/, 'id,name')],
  ['semicolons-between-q-fields', 'semicolons separate q_fields', taking('q_fields', /;/, 'name,description')],
  ['several-views', 'the first of several views counts', taking('view', /,/, 'full')],
  [
    'letters-after-digits',
    'an id ends at the first letter',
    requests((request) => {
      const url = new URL(request.url)
      url.pathname = url.pathname.replace(/(?<=exports\/\d+)[a-z]+/, '')
      return new Request(url, request)
    }),
  ],
])
