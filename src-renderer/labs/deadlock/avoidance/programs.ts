// The plane of a drawing with two processes and two types: their programs from the drawing's script, or the usual ones.
import type { Script } from '@contract/document.ts'
import type { Bank } from '@labs/deadlock/model/bank.ts'
import {
  beyond,
  type Plane,
  type Program,
  type ProgramStep,
  planeOf,
  scriptedProgram,
  usualProgram,
} from '@labs/deadlock/model/trajectory.ts'

/** steps of one program that there is room for */
export const MOST_STEPS = 40

/** Why there is no plane: not two of each, too many steps, or a process that wants more than exists. */
export type NoPlane = 'two' | 'long' | { beyond: { row: number; type: number; units: number; exist: number } }

/**
 * @param last for each process whether it asks for the second type before the first, where the script does not say; null
 *   where nobody chose: then what it asks for now comes first
 * @returns the plane and whether its programs are those of the script
 */
export function programsOf(
  bank: Bank,
  script: Script | null,
  last: readonly (boolean | null)[] = [],
): { plane: Plane; scripted: boolean } | NoPlane {
  if (bank.names.length !== 2 || bank.types.length !== 2) return 'two'
  const totals = bank.available.map((units, type) => units + bank.allocation.reduce((sum, row) => sum + row[type]!, 0))
  const scripted = script?.simulation === 'events' ? fromScript(bank, script.events) : null
  const [across, up] =
    scripted ??
    [0, 1].map((row) =>
      usualProgram(bank.allocation[row]!, bank.need[row]!, (last[row] ?? asksLast(bank, row)) ? [1, 0] : [0, 1]),
    )
  if (across === undefined || up === undefined) return 'two'
  if (Math.max(across.steps.length, up.steps.length) > MOST_STEPS) return 'long'
  for (const [row, program] of [across, up].entries()) {
    const more = beyond(program, totals)
    if (more !== null) return { beyond: { row, ...more, exist: totals[more.type]! } }
  }
  return { plane: planeOf(across, up, totals), scripted: scripted !== null }
}

/** Whether it asks now for the second type and not for the first. */
export const asksLast = ({ request }: Bank, row: number): boolean => request[row]![0] === 0 && request[row]![1]! > 0

/** Null for a script that is not about both processes alone, or in which somebody gives back what he has not. */
function fromScript(bank: Bank, events: readonly unknown[]): [Program, Program] | null {
  // What is drawn as a request is asked for before anything else.
  const steps = bank.request.map((row) =>
    row.flatMap((units, type): ProgramStep[] => (units > 0 ? [{ type, units }] : [])),
  )
  const drawn = steps.flat().length
  for (const event of events) {
    const { type: what, process, resource, count } = event as Record<string, unknown>
    if (what === 'grant') continue
    const [row, type] = [bank.processIds.indexOf(String(process)), bank.typeIds.indexOf(String(resource))]
    if ((what !== 'request' && what !== 'release') || typeof count !== 'number' || row === -1 || type === -1)
      return null
    steps[row]!.push({ type, units: what === 'request' ? count : -count })
  }
  if (steps.flat().length === drawn) return null
  const [across, up] = bank.allocation.map((held, row) => scriptedProgram(held, steps[row]!))
  return across && up ? [across, up] : null
}
