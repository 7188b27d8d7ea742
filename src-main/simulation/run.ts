// A run: one simulation played from one model and seed, with all branches kept as a tree of steps. Of a step only its
// event is stored, and of some a state as a keyframe: all else is replayed from the nearest one and put into words when
// somebody asks. Knows no lab, no clock and no page.
import { InterlockError } from '../contract/errors.ts'
import type { GraphModel } from '../contract/document.ts'
import { MAX_PAGE, MAX_RUN_EVENTS, MAX_RUN_RECORDS } from '../contract/limits.ts'
import type { Finding, LineProblem, RunState, RunStep } from '../contract/run.ts'
import { canonical } from './canonical.ts'
import { withChanges } from './changes.ts'
import { statementOf } from './lines.ts'
import { placeIn, readLine } from './read-line.ts'
import { createRandom } from './random.ts'
import type { Simulation } from './simulation.ts'

/** Steps between two kept states along a branch, while a run is short and when it is long: states take most room. */
const KEYFRAME_DISTANCE = 32
const FAR_KEYFRAME_DISTANCE = 256
/** A run with more steps than these is long. */
const SHORT_RUN = 20_000
/** Random numbers set aside for the choice at one depth. */
const NUMBERS_PER_STEP = 65_536

export interface Run {
  /** how many steps there are, the initial state among them */
  readonly length: number
  /**
   * Steps in the order in which they were made; step 0 is the initial state. Those of a branch one after the other cost
   * an apply each.
   * @param from the first one's number
   * @param count at most so many; all that follow when left out
   */
  steps(from?: number, count?: number): RunStep[]
  /**
   * Plays one event from step `at`. An event that was played from there before gives the existing step.
   * @throws InterlockError `bad-event` for an event that is not possible there, `bad-input` for an unknown step,
   *   `too-large` when the run has no room for another step
   */
  apply(at: number, event: unknown): RunStep
  /**
   * Plays on from step `at`, at most `most` steps, until nothing is possible or the outcome of a property changes. What
   * is chosen depends on model, seed, state and depth only, so playing on from one step twice gives the same steps.
   * @returns the steps played, which may have existed before; fewer than asked for at the limit of a run
   */
  continueFrom(at: number, most: number): RunStep[]
  /** The same with chance from a seed of its own, and through whatever is found on the way. */
  generate(at: number, most: number, seed: number): RunStep[]
  /**
   * Plays a script's events from step `at`, as far as they are possible.
   * @returns the steps played, and why the next event was not possible; null when all were
   */
  play(at: number, events: readonly unknown[]): { steps: RunStep[]; refused: string | null }
  /** whether this simulation's events can be read and written as lines */
  readonly hasLines: boolean
  /**
   * Reads lines of a script and plays them from step `at`, up to the first that is wrong or not possible.
   * @returns for each line read the step it led to, null for a line that says nothing
   */
  read(at: number, lines: readonly string[]): { steps: (RunStep | null)[]; problem: LineProblem | null }
  /** Events as lines, as they are told in the state after step `at`, possible there or not. */
  write(at: number, events: readonly unknown[]): string[]
  /**
   * Plays the events that lead from step `at` to a drawing changed by a gesture.
   * @throws InterlockError `bad-event` when no events do
   */
  edited(at: number, model: GraphModel): RunStep[]
  /** The state after step `at`, with the cells that differ from its parent's. */
  stateAt(at: number): RunState
}

/** What is stored of a step. */
interface KeptStep {
  readonly step: number
  readonly parent: number | null
  readonly depth: number
  readonly event: unknown
  readonly finding: Finding | null
  /** for each property whether it holds; shared by neighbours with the same outcome */
  readonly holding: readonly boolean[]
  /** the step that was made last from this one; 0 for none, since no step leads to the initial state */
  child: number
  /** the step that was made from the same parent before this one; 0 for none */
  readonly sibling: number
}

/**
 * @param seed 32-bit unsigned integer
 * @throws InterlockError `too-large` when the drawing is too big to be stepped, `bad-input` for a bad seed
 */
export function createRun<M extends GraphModel>(simulation: Simulation<M>, model: M, seed: number): Run {
  const records = model.nodes.length + model.edges.length
  if (records > MAX_RUN_RECORDS) {
    throw new InterlockError(
      'too-large',
      `The drawing has ${records} nodes and edges; up to ${MAX_RUN_RECORDS} can be stepped through. Remove some, or step through a part of it.`,
      { records, most: MAX_RUN_RECORDS },
    )
  }
  checkSeed(seed)

  const steps: KeptStep[] = []
  const keyframes = new Map<number, unknown>()
  /** the state asked for last, since play goes on from it most of the time */
  let recent: { step: number; state: unknown } = { step: 0, state: simulation.init(model, seed) }

  const stepAt = (at: number): KeptStep => {
    const step = steps[at]
    if (step !== undefined) return step
    throw new InterlockError('bad-input', `The run has no step ${at}; it has ${steps.length}, counted from 0.`, { at })
  }

  const replay = (at: number): unknown => {
    const events: unknown[] = []
    let from = stepAt(at)
    while (from.step !== recent.step && !keyframes.has(from.step)) {
      events.push(from.event)
      // step 0 is a keyframe, so every step on the way has a parent
      from = stepAt(from.parent ?? 0)
    }
    let state = from.step === recent.step ? recent.state : keyframes.get(from.step)
    for (const event of events.reverse()) state = simulation.apply(state, event)
    recent = { step: at, state }
    return state
  }

  const add = (parent: KeptStep | null, event: unknown, state: unknown): KeptStep => {
    const before = parent?.holding ?? null
    const checked = simulation.properties.map((property) => {
      const { holds, mark, sentence } = property.check(state)
      return { mark, sentence, holds, ...(property.what === undefined ? {} : { what: property.what }) }
    })
    const changed = checked.findIndex(({ holds }, index) => holds !== (before?.[index] ?? true))
    const added: KeptStep = {
      step: steps.length,
      parent: parent?.step ?? null,
      depth: parent === null ? 0 : parent.depth + 1,
      event,
      finding: checked[changed] ?? null,
      holding: changed === -1 && before !== null ? before : checked.map(({ holds }) => holds),
      child: 0,
      sibling: parent?.child ?? 0,
    }
    if (parent !== null) parent.child = added.step
    steps.push(added)
    const distance = steps.length > SHORT_RUN ? FAR_KEYFRAME_DISTANCE : KEYFRAME_DISTANCE
    if (added.depth % distance === 0) keyframes.set(added.step, state)
    recent = { step: added.step, state }
    return added
  }

  const tell = (event: unknown, state: unknown): Pick<RunStep, 'text' | 'line' | 'lights'> => {
    const { text, lights } = simulation.describe(event, state)
    return simulation.write === undefined ? { text, lights } : { text, line: simulation.write(event, state), lights }
  }

  /** A step in words. */
  const worded = ({ step, parent, depth, event, finding }: KeptStep): RunStep => {
    const told = parent === null ? { text: simulation.start, lights: [] } : tell(event, replay(parent))
    const trace = simulation.trace?.(replay(step)) ?? null
    return { step, parent, depth, event, ...told, finding, ...(trace === null ? {} : { trace }) }
  }

  const checkedEvent = (event: unknown): unknown => {
    const parsed = simulation.event.safeParse(event)
    if (parsed.success) return parsed.data
    const issue = parsed.error.issues[0]
    const place = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`
    throw new InterlockError(
      'bad-event',
      `This is no event of "${simulation.label}"${place}. Choose one of the possible events.`,
      { problem: issue?.message ?? '' },
    )
  }

  /** The step that this event led to before, if it did. */
  const known = (parent: KeptStep, event: unknown): KeptStep | undefined => {
    if (parent.child === 0) return undefined
    const wanted = canonical(event)
    for (let at = parent.child; at !== 0; at = stepAt(at).sibling) {
      if (canonical(stepAt(at).event) === wanted) return stepAt(at)
    }
    return undefined
  }

  /** Plays an event that has the right shape. */
  const play = (parent: KeptStep, state: unknown, event: unknown): KeptStep => {
    const existing = known(parent, event)
    if (existing !== undefined) return existing
    if (steps.length > MAX_RUN_EVENTS) {
      throw new InterlockError(
        'too-large',
        `A run keeps up to ${MAX_RUN_EVENTS} events over all its branches, and this one is full. Start a new run.`,
        { most: MAX_RUN_EVENTS },
      )
    }
    return add(parent, event, simulation.apply(state, event))
  }

  const choose = (state: unknown, depth: number, chance: number): unknown => {
    if (simulation.pick === undefined) return simulation.enabled(state)[0]
    const random = createRandom(chance)
    random.skip(depth * NUMBERS_PER_STEP)
    return simulation.pick(state, random)
  }

  const playOn = (at: number, most: number, chance: number, stops: boolean): RunStep[] => {
    const played: KeptStep[] = []
    let from = stepAt(at)
    while (played.length < most) {
      if (steps.length > MAX_RUN_EVENTS && played.length > 0) break
      const state = replay(from.step)
      const event = choose(state, from.depth, chance)
      if (event === undefined) break
      from = play(from, state, event)
      played.push(from)
      if (stops && from.finding !== null) break
    }
    return played.map(worded)
  }

  add(null, null, recent.state)

  return {
    get length() {
      return steps.length
    },

    steps: (from = 0, count = steps.length) => steps.slice(from, from + count).map(worded),

    apply(at, event) {
      const parent = stepAt(at)
      return worded(play(parent, replay(at), checkedEvent(event)))
    },

    continueFrom: (at, most) => playOn(at, most, seed, true),

    generate(at, most, chance) {
      checkSeed(chance)
      return playOn(at, most, chance, false)
    },

    play(at, events) {
      const played: KeptStep[] = []
      let from = stepAt(at)
      for (const event of events) {
        try {
          from = play(from, replay(from.step), checkedEvent(event))
        } catch (error) {
          if (error instanceof InterlockError && error.code === 'bad-event') {
            return { steps: played.map(worded), refused: error.message }
          }
          throw error
        }
        played.push(from)
      }
      return { steps: played.map(worded), refused: null }
    },

    hasLines: simulation.read !== undefined && simulation.write !== undefined,

    read(at, lines) {
      const read: (KeptStep | null)[] = []
      const inWords = (): (RunStep | null)[] => read.map((step) => (step === null ? null : worded(step)))
      let from = stepAt(at)
      for (const [index, line] of lines.entries()) {
        const statement = statementOf(line)
        if (statement === null) {
          read.push(null)
          continue
        }
        try {
          const state = replay(from.step)
          from = play(from, state, checkedEvent(readLine(simulation, statement.text, state)))
        } catch (error) {
          if (!(error instanceof InterlockError)) throw error
          return { steps: inWords(), problem: { line: index, ...placeIn(statement, error), message: error.message } }
        }
        read.push(from)
      }
      return { steps: inWords(), problem: null }
    },

    write(at, events) {
      const state = replay(stepAt(at).step)
      return events.flatMap((event) => {
        const parsed = simulation.event.safeParse(event)
        return parsed.success && simulation.write !== undefined ? [simulation.write(parsed.data, state)] : []
      })
    },

    edited(at, changed) {
      const parent = stepAt(at)
      const state = replay(at)
      // The model has its lab's shape: whoever opened the run has checked it with the lab's schema.
      const events = simulation.interpret?.(state, changed as M) ?? []
      if (events.length === 0) {
        throw new InterlockError(
          'bad-event',
          `Nothing in "${simulation.label}" makes this change. Choose one of the possible events.`,
        )
      }
      // Tried first, so that a refusal halfway leaves no step that nobody asked for.
      let tried = state
      for (const event of events) tried = simulation.apply(tried, event)
      const played: KeptStep[] = []
      let from = parent
      for (const event of events) {
        from = play(from, replay(from.step), event)
        played.push(from)
      }
      return played.map(worded)
    },

    stateAt(at) {
      const { parent } = stepAt(at)
      const before = parent === null ? null : simulation.view(replay(parent)).table
      const state = replay(at)
      const view = simulation.view(state)
      const possible = simulation.enabled(state).slice(0, MAX_PAGE)
      const rests = possible.length > 0 && simulation.pick?.(state, createRandom(seed)) === undefined
      return {
        step: at,
        model: view.model as GraphModel & Record<string, unknown>,
        marks: view.marks,
        table: withChanges(view.table, before),
        status: view.status,
        possible: possible.map((event) => ({ event, ...tell(event, state) })),
        ...(rests && simulation.pick !== undefined ? { rests } : {}),
      }
    },
  }
}

function checkSeed(seed: number): void {
  if (Number.isInteger(seed) && seed >= 0 && seed <= 0xffff_ffff) return
  throw new InterlockError('bad-input', 'A seed is a whole number from 0 to 4294967295.', { seed })
}
