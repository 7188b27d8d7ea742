// What an algorithm is to the network: a pure function of a node's state and what reaches the node. It knows no time but
// its node's own clock, no randomness, and no other node's state.
import type { Mark } from '../../../contract/verdict.ts'
import type { Family, Needs, Setting } from '../model/algorithm-info.ts'
import type { Rule } from './properties.ts'

export type { Family, Needs, Setting } from '../model/algorithm-info.ts'

/** A message's contents: JSON-safe, never changed after it was sent. `kind` is its name in the textbook, such as "ELECTION". */
export interface Body {
  readonly kind: string
  readonly [field: string]: unknown
}

/** What a node knows before it begins. Nodes are numbered by their place in the drawing, from 0. */
export interface Self {
  readonly index: number
  /** how many nodes there are */
  readonly count: number
  /** the id in the sense of election algorithms, of each node, by index */
  readonly numbers: readonly number[]
  /** names for sentences, by index */
  readonly names: readonly string[]
  /** the next and the previous node on the ring, by index; -1 where the drawing has no ring */
  readonly next: number
  readonly previous: number
  /** all nodes in the order of the ring, and this node's place there; empty, and -1, where the drawing has no ring */
  readonly ring: readonly number[]
  readonly place: number
  /** indices of the nodes joined to it by links, in the order of the links */
  readonly neighbours: readonly number[]
  /** the largest distance between two nodes in links; -1 where the links do not join all nodes */
  readonly diameter: number
  /**
   * The place in a grid, counted from 0, the grid's size, and who stands where, row by row; null where the drawing is
   * no full grid.
   */
  readonly grid: { row: number; column: number; rows: number; columns: number; at: readonly number[] } | null
  readonly settings: Readonly<Record<string, number>>
}

export type Input =
  /** told to begin: start an election, ask for the critical section */
  | { readonly do: 'start' }
  | { readonly do: 'message'; readonly from: number; readonly body: Body }
  | { readonly do: 'timer'; readonly timer: string }
  /** a message that was watched has not arrived, and the time to wait for word of it is over */
  | { readonly do: 'unreached'; readonly to: number; readonly body: Body }
  /** a person has it do something, or send; only to algorithms that are run by hand. `label` is empty for no name. */
  | { readonly do: 'hand'; readonly label: string; readonly to: number | null; readonly takes: number | null }
  /** an event of the node in which its algorithm has no part: it crashes, pauses, goes on; only where it is run by hand */
  | { readonly do: 'befalls' }
  /** runs again after a crash; `stored` is what it had put on stable storage last, undefined for nothing */
  | { readonly do: 'recover'; readonly stored: unknown }

export type Output =
  /**
   * Sends. With `watch` the sender's transport waits for an acknowledgement, which is not counted and not shown: when
   * the message does not arrive, the sender is told (`unreached`) after so many ms of its own clock. With `takes` it is
   * on its way for so many ms, whatever the network says.
   */
  | { readonly do: 'send'; readonly to: number; readonly body: Body; readonly watch?: number; readonly takes?: number }
  /**
   * Sets a timer by name, replacing one of the same name; `after` in ms of the node's own clock. A `timeout` is one that
   * takes silence for a failure: an explorer lets it run out only when nothing is on its way, others at any time.
   */
  | { readonly do: 'set'; readonly timer: string; readonly after: number; readonly timeout?: true }
  | { readonly do: 'cancel'; readonly timer: string }
  /** writes to stable storage, which a crash does not take */
  | { readonly do: 'store'; readonly value: unknown }
  /** something to be counted or told, such as "enters"; see Note */
  | { readonly do: 'note'; readonly note: Note }

/** What a node does that the outside counts and properties speak of. */
export interface Note {
  /** `request`, `enter`, `leave`: the critical section; `elected`: takes itself for the leader; `told`: anything else */
  readonly what: 'request' | 'enter' | 'leave' | 'elected' | 'told'
  /** in a few words, such as "takes P5 for the leader" */
  readonly text: string
}

export interface Reaction<S> {
  readonly state: S
  readonly outputs: readonly Output[]
}

/** How the outside sees a node's state. */
export interface Look {
  /** whom it takes for the leader, as index; null for nobody (yet) */
  readonly leader?: number | null
  /** waits for the critical section, or is in it */
  readonly section?: 'out' | 'waiting' | 'inside'
  /** a word or two below the node in the drawing, such as "leader"; empty for none */
  readonly said: string
  readonly mark: Mark | null
  /** cells of the state table, as many as the algorithm has columns */
  readonly cells: readonly string[]
}

/** What a textbook says the run costs: each figure with the formula it comes from, put in. */
export interface Cost {
  /** such as "messages" */
  readonly what: string
  /** such as "2N with N = 5 live nodes" */
  readonly formula: string
  readonly value: number
  /** whether the value is exact, or a bound */
  readonly bound: 'exact' | 'most' | 'least'
}

// States are erased to `unknown` where algorithms meet the network, hence the method syntax (bivariant parameters).
export interface Algorithm<S = unknown> {
  readonly id: string
  /** such as "Bully election" */
  readonly label: string
  readonly family: Family
  readonly needs: Needs
  /** book or paper, with the place */
  readonly source: string
  /** two or three sentences: how it works */
  readonly explanation: string
  readonly columns: readonly string[]
  readonly settings: readonly Setting[]
  /**
   * The state before anything has happened, and the timers that the node sets by itself at time 0. Messages belong to
   * events, so nothing is sent here.
   */
  init(self: Self): Reaction<S>
  /**
   * @param clock the node's own clock in ms; true time where clocks are neither ahead nor drifting
   * @returns the new state, never the old one changed, and what the node does
   */
  react(state: S, input: Input, self: Self, clock: number): Reaction<S>
  look(state: S, self: Self): Look
  /** what the node takes the time to be while its own clock shows `clock`; missing where nodes use their clocks as they are */
  time?(state: S, clock: number): number
  /** a message's contents in a few words, such as "3, highest 7" */
  tell(body: Body, self: Self): string
  /** the one thing of it that matters most, for a small tag in the drawing; what `tell` says where that is short */
  brief?(body: Body, self: Self): string
  /** what must hold besides the rules of its family */
  readonly rules?: readonly Rule[]
  /** see AlgorithmInfo.alone */
  readonly alone?: true
  /** see AlgorithmInfo.byHand */
  readonly byHand?: true
  /** all nodes that live begin, whoever is marked: the algorithm knows no initiator */
  readonly allBegin?: true
  /** which nodes begin when nobody is said to; all by default */
  beginners?(selves: readonly Self[], up: readonly boolean[]): readonly number[]
  /** what the textbook says about the cost of a run without chance: `up` by index, `began` the nodes that began */
  cost?(selves: readonly Self[], up: readonly boolean[], began: readonly number[]): readonly Cost[]
}
