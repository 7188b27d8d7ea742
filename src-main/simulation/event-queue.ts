// The events that are still to come, in the order of their times: a binary heap. Of two at one time the one that was made
// first comes first, so equal runs stay equal. Knows nothing of what the events are.

export interface Timed {
  /** when it happens, in the unit of the simulation; Infinity for what waits for something else */
  readonly at: number
  /** grows in the order of making */
  readonly id: number
}

export class EventQueue<T extends Timed> {
  #heap: T[]

  constructor(items: readonly T[] = []) {
    this.#heap = []
    for (const item of items) this.push(item)
  }

  get size(): number {
    return this.#heap.length
  }

  /** What comes next; undefined when nothing does. */
  peek(): T | undefined {
    return this.#heap[0]
  }

  push(item: T): void {
    this.#heap.push(item)
    this.#rise(this.#heap.length - 1, item)
  }

  pop(): T | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (heap.length > 0 && last !== undefined) this.#sink(0, last)
    return first
  }

  /** Takes out the item with this id, in time linear in the size; undefined when there is none. */
  take(id: number): T | undefined {
    const heap = this.#heap
    const index = heap.findIndex((item) => item.id === id)
    return index < 0 ? undefined : this.#takeAt(index)
  }

  /** Takes out the first item, in no certain order, of which this holds; undefined when there is none. */
  takeWhere(holds: (item: T) => boolean): T | undefined {
    const index = this.#heap.findIndex(holds)
    return index < 0 ? undefined : this.#takeAt(index)
  }

  #takeAt(index: number): T | undefined {
    const heap = this.#heap
    const taken = heap[index]
    const last = heap.pop()
    if (last === undefined || index === heap.length) return taken
    const above = heap[(index - 1) >> 1]
    if (index > 0 && above !== undefined && before(last, above)) this.#rise(index, last)
    else this.#sink(index, last)
    return taken
  }

  /** All items in no certain order; not to be changed. */
  items(): readonly T[] {
    return this.#heap
  }

  /** All items in the order in which they come. */
  inOrder(): T[] {
    return [...this.#heap].sort((a, b) => (before(a, b) ? -1 : 1))
  }

  copy(): EventQueue<T> {
    const other = new EventQueue<T>()
    other.#heap = this.#heap.slice()
    return other
  }

  #rise(start: number, item: T): void {
    const heap = this.#heap
    let index = start
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent] as T
      if (!before(item, above)) break
      heap[index] = above
      index = parent
    }
    heap[index] = item
  }

  #sink(start: number, item: T): void {
    const heap = this.#heap
    const { length } = heap
    let index = start
    for (;;) {
      let child = 2 * index + 1
      if (child >= length) break
      const right = child + 1
      if (right < length && before(heap[right] as T, heap[child] as T)) child = right
      const below = heap[child] as T
      if (!before(below, item)) break
      heap[index] = below
      index = child
    }
    heap[index] = item
  }
}

function before(a: Timed, b: Timed): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id)
}
