export { conform } from './conform.ts'
export type { Answer, Deviation, Operation, PathTemplate } from './conform.ts'
export { verify } from './verify/verify.ts'
export type { Progress, VerifyOptions } from './verify/verify.ts'
export type {
  Ending,
  GoneFailure,
  LawResult,
  OtherAnswer,
  Problem,
  Report,
  ReportedViolation,
} from './verify/report.ts'
export type { TokenOwner, Tokens } from './verify/credential.ts'
export { LAWS } from './verify/laws.ts'
export type { FamilyName, KnownLaw, LawName } from './verify/laws.ts'
export type { Law, Need } from './verify/law.ts'
export type { Gravity } from './verify/violation.ts'
export { learn } from './learn/learn.ts'
export type { Learnt, LearnOptions } from './learn/learn.ts'
export { changesSince } from './learn/compare.ts'
export type { Change, Changes } from './learn/compare.ts'
