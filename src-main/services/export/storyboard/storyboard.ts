// A walkthrough as pictures: every step painted as the page shows it, each different picture once, all in one window so
// that nothing jumps. Runs are played anew from their events. Knows no lab by name and no format.
import type { DocumentEnvelope, GraphModel } from '../../../contract/document.ts'
import { InterlockError } from '../../../contract/errors.ts'
import type { LabEngine } from '../../../contract/lab.ts'
import { sceneNotes } from '../../../contract/note-text.ts'
import type { ToldStep, ToldWindow } from '../../../contract/told.ts'
import type { Mark } from '../../../contract/verdict.ts'
import { beginnings, changed, drawingOf, lengthOf } from '../../../contract/walkthrough-edits.ts'
import { Walkthrough, type Picture, type RunPlace } from '../../../contract/walkthrough.ts'
import { createRun, type Run } from '../../../simulation/run.ts'
import { laidOut } from '../../import.ts'
import { checkedModel } from '../../models.ts'
import type { PictureFont } from '../font/font.ts'
import { paint } from '../paint.ts'
import type { Painting } from '../painting.ts'
import { paper } from '../style.ts'

export interface Storyboard {
  walkthrough: Walkthrough
  title: string
  /** in milliseconds */
  length: number
  window: ToldWindow
  /** every different picture once */
  paintings: Painting[]
  steps: ToldStep[]
}

interface Shown {
  model: GraphModel
  marks: Readonly<Record<string, Mark>>
  state: string
}

/**
 * @throws InterlockError `bad-input` when the document has no walkthrough, when a step's drawing is none of the lab's, or
 *   when its run cannot be played
 */
export function storyboardOf(lab: LabEngine, document: DocumentEnvelope, font: PictureFont): Storyboard {
  const told = Walkthrough.safeParse(document.walkthrough)
  if (!told.success) {
    throw new InterlockError(
      'bad-input',
      'This drawing has no walkthrough. Record one in the workbench first, and save the drawing.',
    )
  }
  const walkthrough = told.data
  const title = [walkthrough.title, document.title, 'Walkthrough'].find((text) => text.trim() !== '') ?? ''
  const begins = beginnings(walkthrough)
  const show = shower(lab)
  const paintings: Painting[] = []
  const known = new Map<string, number>()
  let picture = walkthrough.start
  const steps = walkthrough.steps.map((step, index): ToldStep => {
    const before = picture
    picture = changed(picture, step.changes)
    const shown = at(index, () => show(picture, step.run, picture === before))
    const painting = painted(lab, picture, shown, step.selection ?? [], title, font)
    const key = JSON.stringify(painting.items)
    const number = known.get(key) ?? paintings.push(painting) - 1
    known.set(key, number)
    const { question } = step
    return {
      at: begins[index] ?? 0,
      ms: step.ms,
      chapter: step.chapter ?? '',
      caption: step.caption.trim(),
      picture: number,
      state: shown.state,
      question:
        question === undefined ? null : { text: question.text, answers: question.answers, why: question.why ?? '' },
    }
  })
  return { walkthrough, title, length: lengthOf(walkthrough), window: windowOf(paintings), paintings, steps }
}

/** What goes wrong in a step is told with the step's number. */
function at<T>(index: number, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof InterlockError)) throw error
    throw new InterlockError('bad-input', `Step ${index + 1} of the walkthrough cannot be shown: ${error.message}`)
  }
}

/** Shows pictures one after the other; a run goes on while its drawing stays. */
function shower(lab: LabEngine): (picture: Picture, place: RunPlace | undefined, same: boolean) => Shown {
  let open: { run: Run; simulation: string; seed: number } | null = null
  return (picture, place, same) => {
    if (!same) open = null
    const model = checkedModel(lab, drawingOf(picture).model)
    if (place === undefined) {
      open = null
      const { word, sentence, marks } = lab.verdict(model)
      return { model, marks, state: `${word}. ${sentence}` }
    }
    const { simulation: id, seed, events } = place
    const simulation = Object.hasOwn(lab.simulations, id) ? lab.simulations[id] : undefined
    if (simulation === undefined) throw new InterlockError('bad-input', `there is no simulation "${id}" in this lab.`)
    if (open?.simulation !== id || open.seed !== seed) {
      open = { run: createRun(simulation, model, seed), simulation: id, seed }
    }
    const { steps, refused } = open.run.play(0, events)
    if (refused !== null) throw new InterlockError('bad-input', refused)
    const now = open.run.stateAt(steps.at(-1)?.step ?? 0)
    return { model: now.model as unknown as GraphModel, marks: now.marks, state: now.status }
  }
}

function painted(
  lab: LabEngine,
  picture: Picture,
  { model, marks, state }: Shown,
  spotlight: readonly string[],
  title: string,
  font: PictureFont,
): Painting {
  const layout = laidOut(lab.model, { model, layout: { positions: picture.positions } })
  const scene = lab.model.picture(model, layout, marks)
  return paint(
    { ...scene, notes: sceneNotes(picture.notes) },
    {
      title,
      description: state,
      heading: '',
      verdict: '',
      background: paper,
      spotlight,
      ...(lab.model.markWords === undefined ? {} : { markWords: lab.model.markWords }),
    },
    font,
  )
}

function windowOf(paintings: readonly Painting[]): ToldWindow {
  const left = Math.min(...paintings.map((one) => one.left))
  const top = Math.min(...paintings.map((one) => one.top))
  const right = Math.max(...paintings.map((one) => one.left + one.width))
  const bottom = Math.max(...paintings.map((one) => one.top + one.height))
  return { left, top, width: right - left, height: bottom - top }
}
