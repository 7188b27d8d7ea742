// What the comparison of algorithms asks and answers: the operation's input and output, shared by host and page.
import type { Mark } from '../../../contract/verdict.ts'

/** One algorithm on the drawing as it is. */
export interface OnDrawing {
  algorithm: string
  label: string
  /** null: it fits the drawing; else why it does not */
  unfit: string | null
  word: string
  mark: Mark | null
  messages: number
  withoutToCrashed: number
  /** by kind, in the order in which they first appear */
  kinds: { kind: string; sent: number }[]
  /** ms until nothing more was to come */
  time: number
  /** most messages that one node sent and received together, and its name */
  busiest: { name: string; messages: number } | null
  /** figures of the textbook */
  costs: { what: string; formula: string; value: number; bound: 'exact' | 'most' | 'least' }[]
}

/** Messages of one algorithm on networks of one size, over all placements that were tried. */
export interface BySize {
  algorithm: string
  n: number
  /** placements that were run */
  runs: number
  best: number
  average: number
  worst: number
  /** mean ms until it ended */
  time: number
}

export interface CompareInput {
  /** the drawing that all are run on; left out: only sizes are compared */
  model?: unknown
  algorithms: string[]
  /** numbers of nodes */
  sizes?: number[]
  /** arrangements drawn by chance for each size, besides rising and falling ids */
  arrangements?: number
  seed?: number
}

export interface CompareOutput {
  drawing: OnDrawing[]
  sizes: BySize[]
}
