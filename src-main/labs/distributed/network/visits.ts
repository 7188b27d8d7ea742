// Who asked for the critical section, entered and left, and when: what waiting and fairness are told from. Hears notes
// only, and knows no algorithm.
import type { Note } from './types.ts'

/** One wish to be inside, from asking to leaving. Times are in ms. */
export interface Visit {
  readonly node: number
  readonly asked: number
  readonly entered: number | null
  readonly left: number | null
  /** entries, while it waited, of nodes that had asked later */
  readonly passed: number
}

type Open = { -readonly [field in keyof Visit]: Visit[field] }

export interface Waiting {
  readonly entries: number
  /** from asking to entering; null when nobody has entered */
  readonly mean: number | null
  readonly longest: Visit | null
  /** the visit that was passed over most often; null when none was */
  readonly passed: Visit | null
}

export class Visits {
  readonly #all: Open[] = []
  /** visits that wait, in the order of asking; and by node, the one that has not ended */
  readonly #waiting: Open[] = []
  readonly #open = new Map<number, Open>()

  /** Has to be told of every note in the order of time. */
  hear(at: number, node: number, what: Note['what']): void {
    const open = this.#open.get(node)
    if (what === 'request') {
      const visit = { node, asked: at, entered: null, left: null, passed: 0 }
      this.#all.push(visit)
      this.#waiting.push(visit)
      this.#open.set(node, visit)
    } else if (what === 'enter' && open !== undefined) {
      open.entered = at
      const place = this.#waiting.indexOf(open)
      this.#waiting.splice(place, 1)
      // Who asked at the same time has not asked earlier.
      for (const other of this.#waiting) if (other.asked < open.asked) other.passed += 1
    } else if (what === 'leave' && open !== undefined) {
      open.left = at
      this.#open.delete(node)
    }
  }

  /** The node has crashed: it does not wait any more, and is not inside. */
  gone(node: number): void {
    const open = this.#open.get(node)
    if (open === undefined) return
    this.#open.delete(node)
    if (open.entered === null) this.#waiting.splice(this.#waiting.indexOf(open), 1)
  }

  get all(): readonly Visit[] {
    return this.#all
  }

  waiting(): Waiting {
    let [entries, sum] = [0, 0]
    let longest: Visit | null = null
    let passed: Visit | null = null
    for (const visit of this.#all) {
      if (visit.passed > (passed?.passed ?? 0)) passed = visit
      if (visit.entered === null) continue
      entries += 1
      sum += visit.entered - visit.asked
      if (longest === null || waitOf(visit) > waitOf(longest)) longest = visit
    }
    return { entries, mean: entries === 0 ? null : sum / entries, longest, passed }
  }
}

/** How long it waited, in ms; endless for a visit that never came to be. */
export const waitOf = ({ asked, entered }: Visit): number => (entered === null ? Infinity : entered - asked)
