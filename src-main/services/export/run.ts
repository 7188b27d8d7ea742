// The trace of a document's run in a format for other programs: the space-time diagram as a picture, or a text. The run
// is played anew from the document, so equal documents and events give equal bytes. Knows no lab by name.
import type { DocumentEnvelope, GraphModel, Script } from '../../contract/document.ts'
import { InterlockError } from '../../contract/errors.ts'
import { type Exported, pictureFormats, type RunExportOptions, type RunFormat } from '../../contract/export.ts'
import type { LabEngine } from '../../contract/lab.ts'
import { MAX_SCRIPT_EVENTS } from '../../contract/limits.ts'
import type { RunStep } from '../../contract/run.ts'
import { createRun } from '../../simulation/run.ts'
import type { Simulation } from '../../simulation/simulation.ts'
import { countersToCsv } from '../../simulation/trace/csv.ts'
import { traceToJson } from '../../simulation/trace/json.ts'
import { traceToMermaid } from '../../simulation/trace/mermaid.ts'
import { traceToShiviz } from '../../simulation/trace/shiviz.ts'
import { type RunTrace, traceOfSteps } from '../../simulation/trace/trace.ts'
import { checkedModel } from '../models.ts'
import { fileName, pictureFile } from './drawing.ts'
import { pictureFont } from './font/font.ts'
import { paintSpaceTime } from './space-time.ts'

/** The seed of a run that no script gives one; the page begins its runs with it too. */
const USUAL_SEED = 1

const texts = {
  shiviz: { write: traceToShiviz, ending: 'shiviz.log', media: 'text/plain' },
  sequence: { write: traceToMermaid, ending: 'mmd', media: 'text/plain' },
  'trace-json': { write: traceToJson, ending: 'trace.json', media: 'application/json' },
  counters: { write: countersToCsv, ending: 'messages.csv', media: 'text/csv' },
} as const

/**
 * Exports the trace of a run.
 * @param script which events to play; the document's own when left out. Of a script with branches only its own way is
 *   played. Without any script the first simulation that the verdict offers plays to its end.
 * @param most of a run that has no script, so many events at most
 * @throws InterlockError `bad-input` when the model does not fit its lab, when nothing can be played, or when it has no
 *   trace; `too-large` for a drawing that is too big to be stepped, and for a PNG of too many pixels
 */
export async function exportRun(
  lab: LabEngine,
  document: DocumentEnvelope,
  to: RunFormat,
  options: RunExportOptions,
  { script = document.script, most = MAX_SCRIPT_EVENTS }: { script?: Script | undefined; most?: number } = {},
): Promise<Exported> {
  const { trace, remarks } = playedTrace(lab, document, script, most)
  const picture = pictureFormats.find((format) => to === `space-time-${format}`)
  if (picture !== undefined) {
    const font = pictureFont()
    const name = `${document.title === '' ? 'Drawing' : document.title}-space-time`
    const made = await pictureFile(paintSpaceTime(trace, options, font), font, picture, options, name)
    return { ...made, remarks: [...remarks, ...made.remarks] }
  }
  const { write, ending, media } = texts[to as keyof typeof texts]
  return { name: fileName(document.title, ending), media, text: write(trace), base64: null, remarks, lacks: '' }
}

function playedTrace(
  lab: LabEngine,
  document: DocumentEnvelope,
  script: Script | undefined,
  most: number,
): { trace: RunTrace; remarks: string[] } {
  const model = checkedModel(lab, document.model)
  const simulation = simulationOf(lab, model, script)
  const run = createRun(simulation, model, script?.seed ?? USUAL_SEED)
  const remarks: string[] = []
  let steps: RunStep[]
  if (script === undefined) {
    steps = run.generate(0, most, USUAL_SEED)
    if (steps.length === most) remarks.push(`The run was cut after ${most} events; it may go on.`)
  } else {
    const played = run.play(0, script.events)
    ;({ steps } = played)
    if (played.refused !== null) {
      remarks.push(`The script was played for ${steps.length} of its ${script.events.length} events. ${played.refused}`)
    }
  }
  return { trace: traceOfSteps(document.title, model.nodes, [...run.steps(0, 1), ...steps]), remarks }
}

function simulationOf(lab: LabEngine, model: GraphModel, script: Script | undefined): Simulation {
  if (Object.values(lab.simulations).every(({ trace }) => trace === undefined)) {
    throw new InterlockError(
      'bad-input',
      `Nothing sends messages in a drawing of the lab ${lab.id}, so its runs have no trace. Export the drawing itself instead.`,
    )
  }
  const id = script?.simulation ?? lab.verdict(model).simulations[0]?.id
  if (id === undefined) {
    throw new InterlockError(
      'bad-input',
      'This drawing cannot be played as it is, so there is no trace. Its verdict says what is missing.',
    )
  }
  const simulation = Object.hasOwn(lab.simulations, id) ? lab.simulations[id] : undefined
  if (simulation === undefined) {
    throw new InterlockError(
      'bad-input',
      `The script is for "${id}", which the lab ${lab.id} does not have. Remove the script, or play it in a newer version.`,
    )
  }
  if (simulation.trace === undefined) {
    throw new InterlockError(
      'bad-input',
      `A run of "${simulation.label}" sends no messages, so it has no trace. Export the drawing itself instead.`,
    )
  }
  return simulation
}
