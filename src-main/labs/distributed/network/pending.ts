// What is to come in a network and what happened last: messages on their way, timers, entries of the plan. Data alone.
import type { Planned } from './setup.ts'
import type { Body, Note } from './types.ts'

export interface Message {
  readonly kind: 'message'
  readonly id: number
  /** when it arrives, in ms */
  readonly at: number
  readonly from: number
  readonly to: number
  readonly body: Body
  readonly sent: number
  /** what number it is among all messages, from 1: m1, m2 … */
  readonly number: number
  /** it will not arrive: it was sent into a cut, or chance took it */
  readonly lost: boolean
  /** see Output.watch; 0: nobody waits for it */
  readonly watch: number
  /** there are, or were, two of it */
  readonly copied: boolean
}
export interface Timer {
  readonly kind: 'timer'
  readonly id: number
  readonly at: number
  readonly to: number
  readonly timer: string
  /** see Output.timeout */
  readonly timeout: boolean
  /** the message that did not arrive, when that is what it tells; its name is empty then */
  readonly about: Message | null
}
export interface Occasion {
  readonly kind: 'plan'
  readonly id: number
  readonly at: number
  readonly what: Planned
}
export type Pending = Message | Timer | Occasion

export type Condition = 'up' | 'down' | 'paused'

/** What happened last, for the trace. */
export interface Happened {
  readonly what: 'received' | 'lost' | 'timer' | Planned['do'] | 'dropped' | 'copied' | 'delayed' | 'held'
  /** the node that acted; -1 for what happens on the way */
  readonly node: number
  readonly message: Message | null
  readonly timer: string
  readonly sent: readonly Message[]
  readonly notes: readonly Note[]
  readonly why: 'chance' | 'cut' | 'down' | null
}

export interface Tally {
  sent: number
  received: number
  lost: number
  /** of the lost ones those whose receiver had crashed */
  toCrashed: number
}
