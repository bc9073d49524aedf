import { onTestFinished } from 'vitest'
import type { SandboxOptions } from '../sandbox.ts'
import { LIST, bench } from './bench.ts'
import type { Bench } from './bench.ts'

/** The operation that a {@link makingBench} answers with. */
export const OPERATION = {
  id: '0f0ad209-af98-4b29-b710-39d2353b66c6',
  company_id: '1000001',
  member_id: '1000001',
  name: 'quick-report-export',
  status: 'running',
  start_time: '2026-01-01 00:00:00',
}

/** Three exports, no limits; closed when the test has finished. */
export function makingBench(options: SandboxOptions = {}): Bench {
  const at = bench({ items: 3, limits: 'off', newOperationId: () => OPERATION.id, ...options })
  onTestFinished(() => at.sandbox.close())
  return at
}

const LIFE = 'status,attempt_count,size,failure_reason'

/** Status and counts of one export. */
export async function lifeOf({ list }: Bench, id: string): Promise<unknown> {
  return (await list(`?id=${id}&fields=${LIFE}`)).items[0]
}

/** The status of an export, by the list. */
export async function statusOf({ list }: Bench, id: string): Promise<unknown> {
  return (await list(`?id=${id}&fields=status`)).items[0]?.['status']
}

/** How large the file of an export is. */
export async function bytesOf({ ask }: Bench, id: string): Promise<number> {
  return Buffer.byteLength((await ask(`${LIST}/${id}/download`)).text)
}
