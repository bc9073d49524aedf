import { expectFound } from './expect-found.ts'
import { envelopeMutants } from './mutants/envelope.ts'
import { errorMutants } from './mutants/errors.ts'
import { itemMutants } from './mutants/items.ts'
import { statusMutants } from './mutants/status.ts'
import { transportMutants } from './mutants/transport.ts'

expectFound([...transportMutants, ...envelopeMutants, ...itemMutants, ...errorMutants, ...statusMutants])
