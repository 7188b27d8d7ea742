// Questions that the graph as it is drawn answers: deadlock or not, who never finishes, who is on the ring.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import { type Analysis, analyse, RING } from '../engine/analysis.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { type Drawing, readDrawing } from '../naming.ts'
import { itemsOfKinds, judgeSet, namesOf, processesOf } from './items.ts'
import { answerAs } from '../../../contract/judging.ts'
import { About, check, choice } from './make.ts'
import { setOf, texts } from './texts.ts'

interface Judged extends Analysis {
  drawing: Drawing
}

/** @throws InterlockError `bad-input` while more units are assigned than exist */
export function judged(model: DeadlockModel): Judged {
  const drawing = readDrawing(model)
  const analysis = analyse(drawing.graph)
  if (analysis.deadlock === null) throw new InterlockError('bad-input', texts.withheld)
  return { drawing, ...analysis }
}

const idsOf = ({ processes }: Drawing, holds: (process: number) => boolean): string[] =>
  processes.filter((_, process) => holds(process)).map(({ id }) => id)

/** Processes that never finish by plain reduction, in the order of the drawing. */
export function neverFinishing({ drawing, reduction }: Judged): string[] {
  return idsOf(drawing, (process) => reduction.finishes[process] === 0)
}

export const verdict = choice({
  id: 'verdict',
  title: texts.titles.verdict,
  params: About,
  options: () => [
    { value: 'deadlock', label: texts.verdict.deadlock },
    { value: 'free', label: texts.verdict.free },
  ],
  solve(model) {
    processesOf(model)
    const state = judged(model)
    const { drawing, deadlock, reduction } = state
    if (deadlock !== true) {
      const order = [...reduction.order].map((process) => drawing.processName(process))
      return { value: 'free', because: texts.state.isSafeNow(order) }
    }
    const stuck = neverFinishing(state)
    return { value: 'deadlock', because: texts.state.isDeadlock(namesOf(processesOf(model), stuck)), at: stuck }
  },
  against(value, model) {
    if (value !== 'deadlock') return texts.verdict.nobodyLeft
    const { drawing, reduction } = judged(model)
    return texts.verdict.goOn(drawing.processName(reduction.order[0] ?? 0))
  },
})

const NeverFinish = About.extend({
  /** `reduction`: all that wait for ever; `book`: a process that holds nothing is set aside as finished from the start */
  rule: z.enum(['reduction', 'book']).default('reduction').describe(texts.params.rule),
})

export const neverFinish = check<z.infer<typeof NeverFinish>>({
  id: 'never-finish',
  title: texts.titles['never-finish'],
  params: NeverFinish,
  form: (model) => ({ kind: 'set', items: (judged(model), processesOf(model)) }),
  judge: ({ given, params }, answer) =>
    judgeSet(
      processesOf(given),
      new Set(stuckBy(given, params.rule)),
      answerAs(answer, 'set').ids,
      () => texts.sets.finishes,
    ),
  key: (given, { rule }) => setOf(namesOf(processesOf(given), stuckBy(given, rule))),
})

function stuckBy(model: DeadlockModel, rule: 'reduction' | 'book'): string[] {
  const never = neverFinishing(judged(model))
  if (rule === 'reduction') return never
  const holders = new Set(model.edges.filter(({ kind }) => kind === 'assignment').map(({ to }) => to))
  return never.filter((id) => holders.has(id))
}

const RingOf = About.extend({
  of: z.enum(['processes', 'types', 'both']).default('processes').describe(texts.params.ringOf),
})

export const ring = check<z.infer<typeof RingOf>>({
  id: 'ring',
  title: texts.titles.ring,
  params: RingOf,
  form: (model, { of }) => ({ kind: 'set', items: (judged(model), itemsOfKinds(model, of)) }),
  judge: ({ given, params }, answer) =>
    judgeSet(
      itemsOfKinds(given, params.of),
      new Set(ringIds(given, params.of)),
      answerAs(answer, 'set').ids,
      () => texts.sets.notOnRing,
    ),
  key: (given, { of }) => setOf(namesOf(itemsOfKinds(given, of), ringIds(given, of))),
})

/** Processes on a ring of waiting, and the types that one of them needs and another one holds. */
function ringIds(model: DeadlockModel, of: 'processes' | 'types' | 'both'): string[] {
  const { drawing, classes, ringOf } = judged(model)
  const processes = idsOf(drawing, (process) => classes[process] === RING)
  const types = drawing.resources
    .filter((_, type) => ringOf !== null && ringOf[drawing.graph.processes + type] !== -1)
    .map(({ id }) => id)
  return [...(of === 'types' ? [] : processes), ...(of === 'processes' ? [] : types)]
}
