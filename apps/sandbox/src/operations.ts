import { BadRequest, MAX_BODY_BYTES, jsonAnswer, jsonTextAnswer, readText, withHeaders } from '@hood-exports/provider'
import type { Answer, Call } from '@hood-exports/provider'
import { METHODS } from '@hood-exports/openapi'
import { downloadAnswer } from './download-answer.ts'
import type { Choices } from './choices.ts'
import type { Account } from './data/account.ts'
import type { Database } from './data/database.ts'
import { countDownload, findItem } from './data/item-store.ts'
import type { SandboxTime } from './data/sandbox-time.ts'
import type { OperationRoute, Route } from './route.ts'
import { makeExport, retryExport } from './making/make-export.ts'
import { startedOperation } from './making/operation.ts'
import { parseQuickReportExport } from './making/quick-report-export.ts'
import { parseIdSegment, storedId } from './query/item-id.ts'
import type { ItemLister } from './query/list-items.ts'
import { parseViewQuery } from './query/list-query.ts'
import { parseParameters } from './query/parameters.ts'

export interface OperationsOptions {
  readonly database: Database
  readonly time: SandboxTime
  readonly lister: ItemLister
  readonly choices: Choices
  /** How long making an export takes when no provider state says otherwise. */
  readonly makingSeconds: number
  readonly newOperationId: () => string
  readonly hasReport: (account: Account, reportId: string) => boolean
  readonly fail: (status: number, reason: string) => Answer
  /** Called after everything that takes time. @throws when nothing can be answered any more */
  readonly throwIfClosed: () => void
}

/**
 * Carries out the operation of a request. Only one with a body takes time.
 *
 * @throws BadRequest
 */
export type Operations = (call: Call, route: Route, account: Account) => Answer | Promise<Answer>

/** The five operations. The order of the checks: path (404), method (405), parameters and body (400), item (404). */
export function createOperations(options: OperationsOptions): Operations {
  const { database, time, lister, choices, makingSeconds, newOperationId, hasReport, fail, throwIfClosed } = options

  const list = (call: Call, account: Account): Answer => {
    const page = lister.list(account, call.search)
    return page === undefined ? fail(404, 'the page is after the last one') : jsonTextAnswer(200, page)
  }

  const view = (call: Call, account: Account, segment: string): Answer => {
    const id = storedId(parseIdSegment(segment))
    const wanted = parseViewQuery(call.search, choices)
    const item = id === undefined ? undefined : lister.view(account, { ...wanted, id })
    return item === undefined ? noSuchExport(segment) : jsonTextAnswer(200, item)
  }

  const download = (call: Call, account: Account, segment: string): Answer => {
    const id = storedId(parseIdSegment(segment))
    parseParameters(call.search, [])
    const item = id === undefined ? undefined : findItem(database, account.id, id)
    if (item === undefined) return noSuchExport(segment)
    const { size, status } = item
    if (status !== 'ready' || size === null) return fail(404, `the export has no file: its status is "${status}"`)
    // Committed before the first byte is sent.
    if (call.method === 'GET') countDownload(database, item.id)
    return downloadAnswer({ ...item, size }, call.path, choices)
  }

  const retry = (call: Call, account: Account, segment: string): Answer => {
    const id = storedId(parseIdSegment(segment))
    parseParameters(call.search, [])
    if (id === undefined) return noSuchExport(segment)
    const [operationId, now] = [newOperationId(), time.exact()]
    const result = retryExport(database, account, { id, now, makingSeconds, choices })
    switch (result.kind) {
      case 'no-such-export':
        return noSuchExport(segment)
      case 'refused':
        throw new BadRequest(
          result.status === 'ready'
            ? 'the export has its file: this account runs only others again'
            : `the export is being prepared: its status is "${result.status}"; wait until it ends`,
        )
      case 'accepted':
        return jsonAnswer(202, startedOperation(account, { id: operationId, now }))
      default:
        return result satisfies never
    }
  }

  const exportQuickReport = async (call: Call, account: Account, segment: string): Promise<Answer> => {
    const reportId = parseIdSegment(segment)
    parseParameters(call.search, [])
    refuseOtherTypes(call.headers['content-type'])
    const text = await readText(call.body)
    throwIfClosed()
    if (text === undefined) return fail(413, `the body is larger than ${MAX_BODY_BYTES} bytes`)
    const request = parseQuickReportExport(text)
    if (!hasReport(account, reportId)) return fail(404, `the account has no quick report "${reportId}"`)
    const [id, now] = [newOperationId(), time.exact()]
    makeExport(database, account, { reportId, request, now, makingSeconds })
    return jsonAnswer(202, startedOperation(account, { id, now }))
  }

  const noSuchExport = (segment: string): Answer => fail(404, `the account has no export "${segment}"`)

  return (call, route, account) => {
    if (!isOperation(route)) return fail(404, `"${call.path}" is no path of this API`)
    const allowed = METHODS[route.kind] === 'GET' ? ['GET', 'HEAD'] : ['POST']
    if (!allowed.includes(call.method)) {
      const reason = `"${call.method}" is not a method of this path; use ${METHODS[route.kind]}`
      return withHeaders(fail(405, reason), { allow: allowed.join(', ') })
    }
    switch (route.kind) {
      case 'list':
        return list(call, account)
      case 'view':
        return view(call, account, route.id)
      case 'download':
        return download(call, account, route.id)
      case 'retry':
        return retry(call, account, route.id)
      case 'exportQuickReport':
        return exportQuickReport(call, account, route.id)
      default:
        return route satisfies never
    }
  }
}

function isOperation(route: Route): route is OperationRoute {
  return route.kind in METHODS
}

/** A server looks at the type to know how to read a body: one that was forgotten must not work here only. */
function refuseOtherTypes(contentType: string | undefined): void {
  if (contentType !== undefined && /^application\/json *(;|$)/i.test(contentType)) return
  const given = contentType === undefined ? 'no Content-Type' : `"Content-Type: ${contentType}"`
  throw new BadRequest(`the body is sent with ${given}: send JSON, with "Content-Type: application/json"`)
}
