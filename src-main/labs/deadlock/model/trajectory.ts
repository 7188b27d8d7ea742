// Two processes that share types, as a plane: each axis is the progress of one process through its program, each place a
// state, and a run a path that goes right or up. Pure geometry: knows no drawing, no names and no page.

/** One step of a program: units of a type taken or given back. */
export interface ProgramStep {
  /** number of the type */
  type: number
  /** at least 1; negative for units that are given back */
  units: number
}

export interface Program {
  steps: readonly ProgramStep[]
  /** how many steps are behind it at present */
  done: number
}

/** A place of the plane: how many steps each process has made. */
export interface Place {
  x: number
  y: number
}

/**
 * `open`: both can still finish. `impossible`: together they would hold more than exists. `doomed`: steps are possible,
 * and whatever is done, both can never finish any more. `stuck`: no step is possible, though not both have finished.
 */
export type Region = 'open' | 'impossible' | 'doomed' | 'stuck'

export interface Plane {
  /** units that exist of each type */
  totals: readonly number[]
  across: Program
  up: Program
  /** units that each program holds after each number of steps */
  heldAcross: readonly (readonly number[])[]
  heldUp: readonly (readonly number[])[]
  /** the region of each place; rows are steps of `up`, from 0 */
  regions: readonly (readonly Region[])[]
}

/**
 * The regions of the plane. A place is possible if what both hold there exists; worked back from the place at which both
 * have finished, a possible place is open if one of its two steps leads to an open one.
 * @param across a program that could run alone, as `beyond` says; and so could `up`
 * @param totals units of each type, at least 0
 * Source: E. G. Coffman, M. J. Elphick and A. Shoshani, System Deadlocks, 1971 (progress diagrams after E. W. Dijkstra).
 */
export function planeOf(across: Program, up: Program, totals: readonly number[]): Plane {
  const [heldAcross, heldUp] = [levelsOf(across, totals.length), levelsOf(up, totals.length)]
  const regions: Region[][] = heldUp.map(() => [])
  for (let y = up.steps.length; y >= 0; y -= 1) {
    for (let x = across.steps.length; x >= 0; x -= 1) {
      const fits = totals.every((total, type) => heldAcross[x]![type]! + heldUp[y]![type]! <= total)
      const next = [regions[y]![x + 1], regions[y + 1]?.[x]]
      const finished = x === across.steps.length && y === up.steps.length
      regions[y]![x] = !fits
        ? 'impossible'
        : finished || next.includes('open')
          ? 'open'
          : next.some((region) => region === 'doomed' || region === 'stuck')
            ? 'doomed'
            : 'stuck'
    }
  }
  return { totals, across, up, heldAcross, heldUp, regions }
}

/**
 * The first type of which a program alone would come to hold more than exists, and how much; null when it could run alone.
 * Such a process waits for nobody, so its plane would call a deadlock what is none.
 */
export function beyond(program: Program, totals: readonly number[]): { type: number; units: number } | null {
  const levels = levelsOf(program, totals.length)
  const most = totals.map((_, type) => Math.max(...levels.map((level) => level[type]!)))
  const type = most.findIndex((units, type) => units > totals[type]!)
  return type === -1 ? null : { type, units: most[type]! }
}

/** Units held after each number of steps, from none to all. */
function levelsOf({ steps }: Program, types: number): number[][] {
  let level = Array.from({ length: types }, () => 0)
  return [
    level,
    ...steps.map(({ type, units }) => (level = level.map((held, other) => (other === type ? held + units : held)))),
  ]
}

/**
 * A program by default: first what the process holds, then what it may still need; at the end everything is given back
 * in the opposite order.
 * @param held units of each type that it holds at present
 * @param need units of each type that it may still ask for
 * @param order numbers of all types in the order in which it asks for them
 */
export function usualProgram(held: readonly number[], need: readonly number[], order = [...need.keys()]): Program {
  const takes = (units: readonly number[]): ProgramStep[] =>
    order.flatMap((type) => (units[type]! > 0 ? [{ type, units: units[type]! }] : []))
  const taken = takes(held)
  return ended([...taken, ...takes(need)], taken.length)
}

/**
 * A program as a script has it: what the process holds at present is behind it; then its requests and releases in their
 * order; what it still has at the end is given back.
 * @param events steps of this process; units are negative for releases
 * @returns null for a script in which it gives back more than it has
 */
export function scriptedProgram(held: readonly number[], events: readonly ProgramStep[]): Program | null {
  const before = held.flatMap((count, type) => (count > 0 ? [{ type, units: count }] : []))
  const steps = [...before, ...events]
  const lowest = levelsOf({ steps, done: 0 }, held.length).some((level) => level.some((units) => units < 0))
  return lowest ? null : ended(steps, before.length)
}

/** The program with everything given back at its end, the type that was taken last first. */
function ended(steps: readonly ProgramStep[], done: number): Program {
  const left = new Map<number, number>()
  for (const { type, units } of steps) {
    const now = (left.get(type) ?? 0) + units
    // Taken anew, a type is the last one again.
    if (units > 0 && now === units) left.delete(type)
    left.set(type, now)
  }
  const back = [...left].filter(([, units]) => units > 0).reverse()
  return { steps: [...steps, ...back.map(([type, units]) => ({ type, units: -units }))], done }
}

export interface Refusal {
  /** the process whose step it is */
  process: 'across' | 'up'
  reason: 'back' | 'bent' | 'short'
  /** for `short` what is too little: number of the type, units the step takes, units that are left */
  short: { type: number; takes: number; left: number } | null
}

/**
 * A path made longer in a straight line towards a place, step by step and as far as steps are possible.
 * @param path places from the first to the last, each one step from the one before; not empty
 * @returns the path as far as it gets, and what stopped it
 */
export function extended(plane: Plane, path: readonly Place[], to: Place): { path: Place[]; refused: Refusal | null } {
  const longer = [...path]
  let at = longer.at(-1)!
  const process = to.x > at.x ? 'across' : 'up'
  if (to.x < at.x || to.y < at.y) return { path: longer, refused: { process, reason: 'back', short: null } }
  if (to.x > at.x && to.y > at.y) return { path: longer, refused: { process, reason: 'bent', short: null } }
  while (at.x < to.x || at.y < to.y) {
    const next = process === 'across' ? { x: at.x + 1, y: at.y } : { x: at.x, y: at.y + 1 }
    const region = plane.regions[next.y]?.[next.x]
    if (region === undefined) break
    if (region === 'impossible')
      return { path: longer, refused: { process, reason: 'short', short: shortOf(plane, at, process) } }
    longer.push(next)
    at = next
  }
  return { path: longer, refused: null }
}

/** What the next step of a process takes, and how much of that type is left; null where it takes nothing. */
function shortOf(plane: Plane, { x, y }: Place, process: 'across' | 'up'): Refusal['short'] {
  const step = process === 'across' ? plane.across.steps[x] : plane.up.steps[y]
  if (step === undefined || step.units <= 0) return null
  const { type, units } = step
  const left = plane.totals[type]! - plane.heldAcross[x]![type]! - plane.heldUp[y]![type]!
  return { type, takes: units, left }
}
