/**
 * Settles like `work`, or rejects with `signal.reason` as soon as `signal` aborts, whichever comes first.
 * `fetch` alone cannot promise this: a signal that it follows only through a `Request` can be lost after a garbage
 * collection (nodejs/undici#4068), and then a stalled body hangs for ever. What `work` does later is swallowed.
 */
export function abortable<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error)
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
