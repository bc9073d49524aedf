import { expectFound } from './expect-found.ts'
import { createMutants } from './mutants/create.ts'
import { retryMutants } from './mutants/retry.ts'

expectFound([...retryMutants, ...createMutants])
