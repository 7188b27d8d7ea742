// Tries every order in which things can happen: breadth first over states, each looked at once. Says what it covered, and
// gives the shortest way to a state that breaks something. Knows no lab: what can happen and what counts as the same
// state is told by the caller.

export interface Space<State, Event> {
  readonly initial: State
  /** everything that can happen next, each with the state it leads to */
  next(state: State): readonly { readonly event: Event; readonly state: State }[]
  /** equal for two states exactly when the same can happen from both */
  key(state: State): string
  /** what is broken in this state, or null; `final` when nothing can happen any more */
  broken(state: State, final: boolean): { readonly what: string; readonly sentence: string } | null
}

export interface Counterexample<Event> {
  readonly what: string
  readonly sentence: string
  /** a shortest way from the initial state */
  readonly events: readonly Event[]
}

export interface Explored<Event> {
  readonly states: number
  readonly transitions: number
  /** the longest of the shortest ways to the states */
  readonly depth: number
  /** states in which nothing more can happen */
  readonly ends: number
  /** whether every state that can be reached was looked at */
  readonly complete: boolean
  /** the first found for each thing that breaks, in the order of finding */
  readonly found: readonly Counterexample<Event>[]
}

export interface ExploreOptions {
  /** states after which the search stops and says so */
  most: number
  /** stops at the first thing that breaks */
  first?: boolean
  /** told now and then how many states were looked at */
  onProgress?: (states: number) => void
}

const PROGRESS_EVERY = 5_000

/** Breadth-first search over an explicit state graph (C. Baier, J.-P. Katoen, Principles of Model Checking, 2008, 3.3). */
export function explore<State, Event>(space: Space<State, Event>, options: ExploreOptions): Explored<Event> {
  const { most, first = false, onProgress } = options
  /** by number of the state, the state it was first reached from and the event that led here */
  const parents: number[] = [-1]
  const events: (Event | null)[] = [null]
  const depths: number[] = [0]
  const known = new Map<string, number>([[space.key(space.initial), 0]])
  /** states that are still to be expanded; taken out when they are, since they are large */
  const waiting = new Map<number, State>([[0, space.initial]])
  const found = new Map<string, Counterexample<Event>>()
  let [transitions, ends, depth, expanded] = [0, 0, 0, 0]
  let complete = true

  for (const [number, state] of waiting) {
    waiting.delete(number)
    const next = space.next(state)
    const broken = space.broken(state, next.length === 0)
    if (broken !== null && !found.has(broken.what)) {
      found.set(broken.what, { ...broken, events: wayTo(number, parents, events) })
      if (first) {
        complete = false
        break
      }
    }
    if (next.length === 0) ends += 1
    depth = Math.max(depth, depths[number] ?? 0)
    expanded += 1
    if (expanded % PROGRESS_EVERY === 0) onProgress?.(expanded)
    for (const step of next) {
      transitions += 1
      const key = space.key(step.state)
      if (known.has(key)) continue
      if (known.size >= most) {
        complete = false
        continue
      }
      const child = known.size
      known.set(key, child)
      parents.push(number)
      events.push(step.event)
      depths.push((depths[number] ?? 0) + 1)
      waiting.set(child, step.state)
    }
  }
  return { states: known.size, transitions, depth, ends, complete, found: [...found.values()] }
}

function wayTo<Event>(end: number, parents: readonly number[], events: readonly (Event | null)[]): Event[] {
  const way: Event[] = []
  for (let state = end; state > 0; state = parents[state] ?? 0) {
    const event = events[state]
    if (event !== null && event !== undefined) way.push(event)
  }
  return way.reverse()
}
