import { POINTERS } from '../law.ts'
import type { Family } from '../law.ts'
import { filterCases, moreFilterCases } from './filter/filter-cases.ts'
import type { FilterLaw } from './filter/filter.ts'
import { judgeFilters } from './filter/judge-filter.ts'

const OPERATORS = '/x-filter-operators'

export const filter: Family<FilterLaw, 'filter'> = {
  name: 'filter',
  laws: {
    'filter-equal': {
      expected: 'every member filters by its value: member=value and eq find the items that have it, and no others',
      pointer: POINTERS.list,
      source: 'S, V',
    },
    'filter-not-equal': {
      expected: 'neq finds the items that have another value',
      pointer: `${OPERATORS}/neq`,
      source: 'V',
    },
    'filter-lists': {
      expected: 'in finds the items that have one of its values, and nin those that have another one',
      pointer: `${OPERATORS}/in`,
      source: 'V',
    },
    'filter-null': {
      expected: 'is finds the items that have a value, and isn those that have none',
      pointer: `${OPERATORS}/is`,
      source: 'V',
    },
    'filter-bounds': {
      expected: 'gt, gte, lt and lte compare numbers and times by their value, gte and lte with the bound itself',
      pointer: `${OPERATORS}/gt`,
      source: 'V',
    },
    'filter-ranges': {
      expected:
        'r is what lies between its ends, rf has both ends as well, and rl and rr are no more than rf and no less than r',
      pointer: `${OPERATORS}/r`,
      source: 'V',
    },
    'filters-combine': {
      expected: 'filters must all hold, whatever q, sort, page, fields and view are',
      pointer: POINTERS.list,
      source: 'V, S',
    },
  },
  cases: filterCases,
  moreCases: moreFilterCases,
  onList: judgeFilters,
}
