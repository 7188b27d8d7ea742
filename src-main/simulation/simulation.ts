// What a simulation is: a pure function of model, seed and the chosen events. No clock, no Math.random, no I/O.
// Knows no lab. Replaying the same events from the same model and seed gives the same states, byte for byte.
import type { z } from 'zod'
import type { GraphModel } from '../contract/document.ts'
import type { StateTable, TraceEvent } from '../contract/run.ts'
import type { Mark } from '../contract/verdict.ts'
import type { Random } from './random.ts'

/** A named predicate over states, with a sentence for each outcome. */
export interface Property<State> {
  id: string
  /** what is found when it fails, in a word that fits behind "the", such as "deadlock" */
  what?: string
  check(state: State): { holds: boolean; mark: Mark; sentence: string; lights: string[] }
}

/** How a state is drawn. `changed` cells of the table are filled in by the player, not here. */
export interface StateView<M> {
  model: M
  marks: Record<string, Mark>
  table: { columns: StateTable['columns']; rows: Omit<StateTable['rows'][number], 'changed'>[] }
  status: string
}

// State and Event are erased to `unknown` where labs meet the player, hence the method syntax (bivariant parameters).
export interface Simulation<M extends GraphModel = GraphModel, State = unknown, Event = unknown> {
  id: string
  label: string
  /** told of step 0, such as "Start from the drawing" */
  start: string
  /** shape of an event as it is stored in a document's script */
  event: z.ZodType<Event>
  /**
   * The initial state.
   * @param model a model that its lab's schema accepts
   * @param seed 32-bit unsigned integer; all chance in the run comes from it
   */
  init(model: M, seed: number): State
  /** All events possible in this state, in the order in which they are offered; the first is what "step" takes. */
  enabled(state: State): readonly Event[]
  /**
   * The event with which a run plays on by itself; without this function it is the first enabled one.
   * @param random positioned by seed and depth; all chance comes from it
   * @returns undefined when nothing is possible
   */
  pick?(state: State, random: Random): Event | undefined
  /**
   * The state after the event. Must not change the state it is given.
   * @throws InterlockError `bad-event` when the event is not possible, with the reason
   */
  apply(state: State, event: Event): State
  /** One sentence in the present tense, told before the event happens; `lights` are the records concerned. */
  describe(event: Event, state: State): { text: string; lights: string[] }
  /** What led to this state, on the lanes of a space-time diagram; null for nothing, as before the first event. */
  trace?(state: State): TraceEvent | null
  view(state: State): StateView<M>
  /**
   * Reads one line of a script. Comments and empty lines do not come here.
   * @param line trimmed of blanks at both ends
   * @throws InterlockError `bad-input` with what was expected; `details` may hold `from` and `to`, places in the line
   */
  read?(line: string, state: State): Event
  /** The event as one line that `read` gives back in the same state. Never throws, also for an event that is not possible. */
  write?(event: Event, state: State): string
  /**
   * The events that lead from this state to the drawing that a gesture has made of it.
   * @param model the state's model with an edge added, removed or changed
   * @throws InterlockError `bad-event` when no events do, with the reason
   */
  interpret?(state: State, model: M): readonly Event[]
  properties: readonly Property<State>[]
}
