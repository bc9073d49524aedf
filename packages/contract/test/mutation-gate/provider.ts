import type { createSandbox } from '@hood-exports/sandbox'
import type { Clock } from '@hood-exports/client/rate-limit'
import type { FamilyName } from '../../src/index.ts'

type SandboxOptions = NonNullable<Parameters<typeof createSandbox>[0]>

/** Answers requests in process. */
export type Provider = (request: Request) => Promise<Response>

/** What surrounds a provider. */
export interface Surroundings {
  readonly clock: Pick<Clock, 'wallNow'>
  /** The correct provider with the same data and without limits. Its requests are not counted. */
  readonly correct: Provider
}

/** Makes another provider out of a correct one. */
export type Change = (provider: Provider, surroundings: Surroundings) => Provider

/** A provider with one defect. */
export interface Mutant {
  readonly name: string
  readonly family: FamilyName
  /** What is wrong with it. */
  readonly defect: string
  readonly change?: Change
  /** Where the defect is a setting of the sandbox. */
  readonly sandbox?: SandboxOptions
  /** `on`: it can be seen only where the quota is enforced. Default `off`. */
  readonly limits?: 'on' | 'off'
  /** `allowed`: it can be seen only where something is made or run again. Default `no`. */
  readonly writes?: 'no' | 'allowed'
}

/** A correct provider that differs where the documentation leaves a choice. */
export interface Variation {
  readonly name: string
  /** Why it is permitted. */
  readonly permitted: string
  readonly change?: Change
  readonly sandbox?: SandboxOptions
  /** Where it means something: only with the quota enforced, or only without. Default: either. */
  readonly limits?: 'on' | 'off'
  /** `allowed`: it differs where something is made or run again. Default `no`. */
  readonly writes?: 'no' | 'allowed'
  /** What a request takes to get there, and an answer to come back: half of it to one and a half times. Default 0. */
  readonly latencyMs?: number
}

/** A table of mutants of one family: name, defect, change. */
export function mutantsOf(
  family: FamilyName,
  rows: readonly (readonly [name: string, defect: string, change: Change])[],
  { limits = 'off', writes = 'no' }: Pick<Mutant, 'limits' | 'writes'> = {},
): Mutant[] {
  return rows.map(([name, defect, change]) => ({ name, family, defect, change, limits, writes }))
}
