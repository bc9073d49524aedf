import { expectFound } from './expect-found.ts'
import { downloadMutants } from './mutants/download.ts'
import { rateLimitMutants } from './mutants/rate-limit.ts'
import { tenancyMutants } from './mutants/tenancy.ts'

expectFound([...rateLimitMutants, ...downloadMutants, ...tenancyMutants])
