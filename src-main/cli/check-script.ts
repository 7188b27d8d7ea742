// What `interlock check` says of a drawing's script: at which step something is found, on each of its branches.
// Knows no lab by name.
import type { GraphModel, Script } from '../contract/document.ts'
import { InterlockError } from '../contract/errors.ts'
import type { LabEngine } from '../contract/lab.ts'
import type { RunStep } from '../contract/run.ts'
import { createRun } from '../simulation/run.ts'

export interface PlayedScript {
  /** name of the branch; null for the script itself */
  branch: string | null
  events: number
  /** the first step at which a property fails, counted from 1; null when none does */
  foundAt: number | null
  event: string | null
  sentence: string | null
  /** why the event after the last one played is not possible, or null */
  refused: string | null
}

/** @returns one entry for the script and one for each branch, or a sentence why it cannot be played */
export function playScript(lab: LabEngine, model: GraphModel, script: Script): PlayedScript[] | string {
  const simulation = Object.hasOwn(lab.simulations, script.simulation) ? lab.simulations[script.simulation] : undefined
  if (simulation === undefined)
    return `The script is for "${script.simulation}", which the lab ${lab.id} does not have.`
  try {
    const run = createRun(simulation, model, script.seed)
    const judge = (branch: string | null, before: readonly RunStep[], events: readonly unknown[]) => {
      const { steps, refused } = run.play(before.at(-1)?.step ?? 0, events)
      const path = [...run.steps(0, 1), ...before, ...steps]
      const found = path.find((step) => step.finding?.holds === false)
      const played: PlayedScript = {
        branch,
        events: before.length + events.length,
        foundAt: found?.depth ?? null,
        event: found?.text ?? null,
        sentence: found?.finding?.sentence ?? null,
        refused,
      }
      return { played, steps }
    }
    const main = judge(null, [], script.events)
    const branches = (script.branches ?? []).map(
      ({ name, after, events }) => judge(name, main.steps.slice(0, after), events).played,
    )
    return [main.played, ...branches]
  } catch (error) {
    if (error instanceof InterlockError) return `The script cannot be played. ${error.message}`
    throw error
  }
}

/** One line for each of them. */
export function scriptLines(played: PlayedScript[] | string): string[] {
  if (typeof played === 'string') return [played]
  return played.map(({ branch, events, foundAt, event, sentence, refused }) => {
    const which = branch === null ? 'script' : `branch ${branch}`
    const length = `${events} ${events === 1 ? 'event' : 'events'}`
    const found =
      foundAt === null
        ? 'nothing is found'
        : `at step ${foundAt} (${event ?? ''}): ${sentence ?? ''}`.replace(/\.$/, '')
    const stop = refused === null ? '' : ` It stops early: ${refused}`
    return `${which}, ${length}: ${found}.${stop}`
  })
}
