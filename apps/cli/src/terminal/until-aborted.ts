/** What comes, until the signal aborts: waiting for input must not outlive Ctrl-C. Rejects with the signal's reason. */
export async function* untilAborted<Value>(
  source: AsyncIterable<Value>,
  signal: AbortSignal,
): AsyncGenerator<Value, void, undefined> {
  signal.throwIfAborted()
  const iterator = source[Symbol.asyncIterator]()
  const abort = Promise.withResolvers<never>()
  const onAbort = (): void => abort.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  // At the moment of the abort there may be no waiter.
  abort.promise.catch(() => undefined)
  try {
    for (;;) {
      const { done, value } = await Promise.race([iterator.next(), abort.promise])
      if (done === true) return
      yield value
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    // Not waited for: a source that gives nothing does not end either.
    iterator.return?.()?.catch(() => undefined)
  }
}
