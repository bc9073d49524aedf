export interface BoundedCache<Value> {
  /** The remembered value, or the one that `make` returns. */
  get(key: string, make: () => Value): Value
}

/** Remembers the values used last, of those that are `worthKeeping`. */
export function boundedCache<Value>(
  maxEntries: number,
  worthKeeping: (value: Value) => boolean = () => true,
): BoundedCache<Value> {
  const entries = new Map<string, { readonly value: Value }>()
  return {
    get: (key, make) => {
      const entry = entries.get(key) ?? { value: make() }
      if (!worthKeeping(entry.value)) return entry.value
      // A Map keeps the order of insertion: what is used goes to its end.
      entries.delete(key)
      entries.set(key, entry)
      const oldest = entries.size > maxEntries ? entries.keys().next().value : undefined
      if (oldest !== undefined) entries.delete(oldest)
      return entry.value
    },
  }
}
