/** A binary heap: `peek` and `pop` give the smallest by `before`. O(log n) per change. */
export class Heap<Value> {
  readonly #values: Value[] = []
  readonly #before: (a: Value, b: Value) => boolean

  constructor(before: (a: Value, b: Value) => boolean) {
    this.#before = before
  }

  get size(): number {
    return this.#values.length
  }

  peek(): Value | undefined {
    return this.#values[0]
  }

  push(value: Value): void {
    const values = this.#values
    let index = values.length
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = values[parent] as Value
      if (!this.#before(value, above)) break
      values[index] = above
      index = parent
    }
    values[index] = value
  }

  pop(): Value | undefined {
    const values = this.#values
    const top = values[0]
    const last = values.pop()
    if (last === undefined || values.length === 0) return top
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= values.length) break
      if (child + 1 < values.length && this.#before(values[child + 1] as Value, values[child] as Value)) child += 1
      if (!this.#before(values[child] as Value, last)) break
      values[index] = values[child] as Value
      index = child
    }
    values[index] = last
    return top
  }
}
