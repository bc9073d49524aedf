import { expectFound } from './expect-found.ts'
import { filterListMutants } from './mutants/filter-lists.ts'
import { filterValueMutants } from './mutants/filter-values.ts'

expectFound([...filterValueMutants, ...filterListMutants])
