// What each policy makes of a request, of a wait and of time that passes. Holdings are changed through the state alone.
// Sources: J. W. Havender, Avoiding deadlock in multitasking systems, 1968 (all at once, release, order); A. N. Habermann,
// Prevention of system deadlocks, 1969 (avoidance); E. G. Coffman, M. J. Elphick and A. Shoshani, System deadlocks, 1971.
import { createRandom } from '../../../simulation/random.ts'
import { finishing } from '../engine/dense.ts'
import { type Look, type PolicyId, policyTexts as texts } from '../model/policies.ts'
import { look, victimOf } from './detection.ts'
import type { Settings } from './settings.ts'
import { atMost, isNothing, type RunState } from './state.ts'
import type { Units } from './workload.ts'

export interface Rule {
  /** types that everybody may use at the same time */
  shared?: readonly number[]
  /** a process comes to a request of its program; asks for it, or for what the policy makes of it */
  request?(state: RunState, process: number, step: Units): void
  /** a process comes to a release; gives back what the policy lets it */
  release?(state: RunState, process: number, step: Units): void
  /** whether a part that fits may be granted now */
  allows?(state: RunState, process: number): boolean
  /** somebody asked at this tick and has to wait */
  blocked?(state: RunState, process: number): void
  /** everything of this tick has been done; `waiting` are those who have come to wait at it */
  tick?(state: RunState, waiting: readonly number[]): void
  /** nobody runs, yet time alone may change something */
  mayWake?(state: RunState): boolean
  /** looks for deadlocks that were taken */
  looks?: readonly Look[]
  /** how it goes on depends on chance, so that nothing repeats for sure */
  byChance?: boolean
  /** what a repeated state has to agree in besides the state */
  phase?(state: RunState): number
}

export function ruleOf(policy: PolicyId, settings: Settings, seed: number): Rule {
  switch (policy) {
    case 'none':
      return {}
    case 'share':
      return { shared: settings.types }
    case 'all-at-once':
      return allAtOnce
    case 'release-first':
      return releaseFirst
    case 'preempt':
      return preempt
    case 'order':
    case 'levels':
      return ranked(settings.ranks)
    case 'timeout':
      return timeout(settings, seed)
    case 'banker':
      return banker()
    case 'detect':
      return detection(settings)
  }
}

const minus = (a: Units, b: Units): Units => a.map((count, type) => count - b[type]!)
const upTo = (all: readonly Units[]): Units =>
  (all[0] ?? []).map((_, type) => Math.max(...all.map((units) => units[type]!)))

const allAtOnce: Rule = {
  request(state, process, step) {
    const { program, held, at } = state.actors[process]!
    const name = state.name(process)
    const all = upTo(program.levels.slice(at))
    if (atMost(all, held)) {
      state.tell(process, texts.hasAlready(name, state.spoken(step)), true)
      return state.ask(process, [])
    }
    if (!isNothing(held)) {
      state.tell(process, texts.givesBackFirst(name, state.spoken(held)), true)
      state.giveBack(process, [...held])
    }
    const changed = all.some((count, type) => count !== step[type])
    state.tell(process, (changed ? texts.asksAll : texts.asks)(name, state.spoken(all)), changed)
    state.ask(process, [all])
  },
  release(state, process, step) {
    const { program, held, at } = state.actors[process]!
    const kept = upTo(program.levels.slice(at))
    const gone = held.map((count, type) => Math.max(0, count - kept[type]!))
    const staying = minus(step, gone)
    if (!isNothing(gone)) state.tell(process, texts.givesBack(state.name(process), state.spoken(gone)))
    if (staying.some((count) => count > 0)) {
      state.tell(process, texts.keeps(state.name(process), state.spoken(staying)), true)
    }
    state.giveBack(process, gone)
  },
}

const releaseFirst: Rule = {
  request(state, process, step) {
    const { program, held, at } = state.actors[process]!
    const name = state.name(process)
    if (isNothing(held)) {
      state.tell(process, texts.asks(name, state.spoken(step)))
      return state.ask(process, [step])
    }
    const level = program.levels[at]!
    state.tell(process, texts.givesBackFirst(name, state.spoken(held)), true)
    state.giveBack(process, [...held])
    state.tell(process, texts.asksAgain(name, state.spoken(level)), true)
    state.ask(process, [level])
  },
}

const preempt: Rule = {
  blocked(state, process) {
    const { program, held, at } = state.actors[process]!
    if (isNothing(held)) return
    const name = state.name(process)
    const lost = [...held]
    state.withdraw(process)
    state.tell(process, texts.loses(name, state.spoken(lost)), true)
    state.giveBack(process, lost)
    state.tell(process, texts.asksAgain(name, state.spoken(program.levels[at]!)), true)
    state.ask(process, [program.levels[at]!])
  },
}

/**
 * Nobody waits for a type while holding one of the same or of a higher rank. Types of one rank are asked for together.
 * @param ranks of each type
 */
const ranked = (ranks: readonly number[]): Rule => ({
  request(state, process, step) {
    const { program, held, at } = state.actors[process]!
    const name = state.name(process)
    const rank = ranks[step.findIndex((count) => count > 0)]!
    const late = held.map((count, type) => (ranks[type]! >= rank ? count : 0))
    if (isNothing(late)) {
      state.tell(process, texts.asks(name, state.spoken(step)))
      return state.ask(process, [step])
    }
    state.tell(process, texts.givesBackFirst(name, state.spoken(late)), true)
    state.giveBack(process, late)
    const level = program.levels[at]!
    const rising = [...new Set(ranks)].filter((one) => one >= rank).sort((a, b) => a - b)
    const parts = rising.map((one) => level.map((count, type) => (ranks[type] === one ? count : 0)))
    for (const part of parts) {
      if (!isNothing(part)) state.tell(process, texts.asksInOrder(name, state.spoken(part)), true)
    }
    state.ask(process, parts)
  },
})

function timeout({ timeout: patience, pause, 'back-off': backOff }: Settings, seed: number): Rule {
  const random = createRandom(seed)
  return {
    byChance: backOff === 'random',
    tick(state) {
      for (const process of [...state.queue]) {
        const { since } = state.actors[process]!
        const waited = state.tick - since
        if (waited < patience) continue
        const lost = state.rollBack(process, backOff === 'random' ? 1 + random.below(2 * pause) : pause)
        state.tell(process, texts.givesUp(state.name(process), waited, state.spoken(lost)), true)
      }
    },
    mayWake: () => true,
  }
}

function banker(): Rule {
  // A state that is unsafe from the start cannot be made safe by waiting: then it only looks at what is there.
  let safe: boolean | null = null
  // What is unsafe to grant stays so until units come back: an order that lets all finish after two grants does so after
  // either of them alone. So a refused request is judged again only then.
  let returned = 0
  const refused = new Set<number>()
  const isSafe = (state: RunState, process: number, part: Units): boolean => {
    const types = part.length
    const [held, wanted] = [new Int32Array(state.actors.length * types), new Int32Array(state.actors.length * types)]
    state.actors.forEach((actor, one) => {
      if (actor.phase === 'done') return
      for (let type = 0; type < types; type += 1) {
        const has = actor.held[type]! + (one === process ? part[type]! : 0)
        held[one * types + type] = has
        wanted[one * types + type] = Math.max(0, actor.program.declared[type]! - has)
      }
    })
    const available = Float64Array.from(minus(state.free, part))
    return finishing({ processes: state.actors.length, types, available, held, wanted }, 'first').stuck.length === 0
  }
  return {
    allows(state, process) {
      const part = state.actors[process]!.parts[0]!
      const nothing = part.map(() => 0)
      if (safe === null) {
        safe = isSafe(state, process, nothing)
        if (!safe) state.tell(process, texts.unsafeBefore, true)
      }
      if (!safe) return true
      if (returned !== state.returned) refused.clear()
      returned = state.returned
      if (refused.has(process)) return false
      if (isSafe(state, process, part)) return true
      refused.add(process)
      return false
    },
  }
}

function detection({ when, every, below, victim }: Settings): Rule {
  const looks: Look[] = []
  let after = every
  const due = (state: RunState, waiting: readonly number[]): boolean => {
    if (when === 'request') return waiting.length > 0
    if (when === 'events') {
      if (state.done < after) return false
      after = state.done + every
      return true
    }
    if (when === 'ticks') return state.tick > 0 && state.tick % every === 0
    const left = state.actors.filter(({ phase }) => phase !== 'done')
    return left.length > 0 && (100 * left.filter(({ phase }) => phase === 'run').length) / left.length < below
  }
  return {
    looks,
    tick(state, waiting) {
      if (!due(state, waiting)) return
      for (;;) {
        const seen = look(state)
        looks.push(seen)
        if (seen.found.length === 0) return
        const chosen = victimOf(state, seen.found, victim)
        state.tell(chosen, texts.found(seen.found.map((process) => state.name(process))), true)
        const lost = state.rollBack(chosen, 1)
        state.tell(chosen, texts.victim(state.name(chosen), state.spoken(lost)), true)
      }
    },
    mayWake: () => when === 'ticks' || when === 'idle',
    phase: ({ tick, done }) => (when === 'ticks' ? tick % every : when === 'events' ? after - done : 0),
  }
}
