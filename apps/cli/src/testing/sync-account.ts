import { readdirSync } from 'node:fs'
import { SELECTABLE_FIELDS } from '@hood-exports/client'
import { createSandbox } from '@hood-exports/sandbox'
import type { Sandbox, SandboxOptions } from '@hood-exports/sandbox'
import { onTestFinished } from 'vitest'

const HEADERS = { authorization: 'Bearer sandbox-ana' }

/** An account with these exports and no others. */
export async function sandboxWith(
  exports: readonly Readonly<Record<string, unknown>>[],
  options: SandboxOptions = {},
): Promise<Sandbox> {
  const sandbox = createSandbox({ items: 0, limits: 'off', faults: 'on', ...options })
  onTestFinished(() => sandbox.close())
  for (const [index, parameters] of exports.entries()) await addExport(sandbox, index, parameters)
  return sandbox
}

/** The nth export; each is made a day after the one before. */
export async function addExport(
  sandbox: Sandbox,
  index: number,
  parameters: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const day = new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10)
  await sandbox.setState(`export ${1_000_000 + index} exists`, {
    name: `list ${index}`,
    size: 1_000 + index,
    status: 'ready',
    expire_time: null,
    create_time: `${day} 12:00:00`,
    ...parameters,
  })
}

/** The bytes of an export's file, as text. */
export async function fileOf(sandbox: Sandbox, id: string): Promise<string> {
  const response = await sandbox.fetch(new Request(`http://any/v1/hood/exports/${id}/download`, { headers: HEADERS }))
  return response.text()
}

/** Sorted. */
export function linesOf(stdout: string): string[] {
  return stdout.split('\n').filter(Boolean).toSorted()
}

/** Sorted, without what the program keeps for itself. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name !== '.hood-exports')
    .toSorted()
}

/** The sandbox, with these faults for the requests whose URL holds a text; each entry is for one request. */
export function faulty(sandbox: Sandbox, text: string, faults: readonly string[]): Sandbox {
  const left = [...faults]
  return {
    ...sandbox,
    fetch: (request) => {
      const fault = request.url.includes(text) ? left.shift() : undefined
      if (fault !== undefined) request.headers.set('x-fault', fault)
      return sandbox.fetch(request)
    },
  }
}

/** The sandbox, without any filter that it is asked for. */
export function ignoringFilters(sandbox: Sandbox): Sandbox {
  return {
    ...sandbox,
    fetch: (request) => {
      const url = new URL(request.url)
      for (const member of SELECTABLE_FIELDS) url.searchParams.delete(member)
      return sandbox.fetch(new Request(url, request))
    },
  }
}

/** The sandbox, with another answer for the requests whose URL holds a text. */
export function answering(sandbox: Sandbox, text: string, answer: () => Response): Sandbox {
  return { ...sandbox, fetch: async (request) => (request.url.includes(text) ? answer() : sandbox.fetch(request)) }
}
