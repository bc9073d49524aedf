import { expectFound } from './expect-found.ts'
import { fieldMutants } from './mutants/fields.ts'
import { pageMutants } from './mutants/page.ts'
import { searchMutants } from './mutants/search.ts'
import { sortMutants } from './mutants/sort.ts'
import { validationMutants } from './mutants/validation.ts'

expectFound([...sortMutants, ...pageMutants, ...searchMutants, ...fieldMutants, ...validationMutants])
