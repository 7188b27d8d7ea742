// What can be asked of a walkthrough and done to it: the drawing at a moment, cut, join, reorder, retime, trim.
// Pure functions that change nothing they are given. Knows no clock and no lab.
import type { DocumentEnvelope } from './document.ts'
import { MAX_STEP_MS } from './limits.ts'
import {
  type Picture,
  type PictureChange,
  StepQuestion,
  type Walkthrough,
  type WalkthroughStep,
} from './walkthrough.ts'

/** The drawing of a document as a picture of a walkthrough. */
export function pictureOf({ model, layout, notes }: Pick<DocumentEnvelope, 'model' | 'layout' | 'notes'>): Picture {
  const { nodes = [], edges = [], ...fields } = model
  const records = (list: unknown): Picture['nodes'] => (Array.isArray(list) ? (list as Picture['nodes']) : [])
  return { nodes: records(nodes), edges: records(edges), notes: [...notes], positions: layout.positions, fields }
}

/** A picture as the drawing of a document. */
export function drawingOf({
  nodes,
  edges,
  notes,
  positions,
  fields,
}: Picture): Pick<DocumentEnvelope, 'model' | 'layout' | 'notes'> {
  return { model: { ...fields, nodes, edges }, layout: { positions }, notes }
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/** The changes that turn one picture into the other; removals first, so that an id can be used again. */
export function changesBetween(before: Picture, after: Picture): PictureChange[] {
  const removed: PictureChange[] = []
  const put: PictureChange[] = []
  for (const part of ['nodes', 'edges', 'notes'] as const) {
    const old = new Map<string, unknown>(before[part].map((record) => [record.id, record]))
    const now = new Set(after[part].map(({ id }) => id))
    for (const id of old.keys()) if (!now.has(id)) removed.push({ in: part, remove: id })
    for (const record of after[part]) {
      if (!same(old.get(record.id), record)) put.push({ in: part, put: record } as PictureChange)
    }
  }
  for (const part of ['positions', 'fields'] as const) {
    const [old, now] = [new Map(Object.entries<unknown>(before[part])), new Map(Object.entries<unknown>(after[part]))]
    for (const id of old.keys()) if (!now.has(id)) removed.push({ in: part, remove: id })
    for (const [id, value] of now) {
      if (!old.has(id) || !same(old.get(id), value)) put.push({ in: part, id, put: value } as PictureChange)
    }
  }
  return [...removed, ...put]
}

/**
 * The picture after these changes. A change whose record is not there has no effect, and an edge whose end is gone goes
 * too, so that steps can be reordered and left out and what remains is still a drawing.
 */
export function changed(picture: Picture, changes: readonly PictureChange[]): Picture {
  if (changes.length === 0) return picture
  const nodes = new Map(picture.nodes.map((record) => [record.id, record]))
  const edges = new Map(picture.edges.map((record) => [record.id, record]))
  const notes = new Map(picture.notes.map((record) => [record.id, record]))
  const positions = new Map(Object.entries(picture.positions))
  const fields = new Map(Object.entries(picture.fields))
  const maps = { nodes, edges, notes, positions, fields }
  for (const change of changes) {
    if ('remove' in change) maps[change.in].delete(change.remove)
    else if (change.in === 'notes') notes.set(change.put.id, change.put)
    else if (change.in === 'positions') positions.set(change.id, change.put)
    else if (change.in === 'fields') fields.set(change.id, change.put)
    else maps[change.in].set(change.put.id, change.put)
  }
  const whole = ([, edge]: [string, Picture['edges'][number]]): boolean =>
    nodes.has(String(edge['from'])) && nodes.has(String(edge['to']))
  return {
    nodes: [...nodes.values()],
    edges: [...edges].filter(whole).map(([, edge]) => edge),
    notes: [...notes.values()],
    positions: Object.fromEntries([...positions].filter(([id]) => nodes.has(id))),
    fields: Object.fromEntries(fields),
  }
}

/** Length in milliseconds. */
export const lengthOf = ({ steps }: Pick<Walkthrough, 'steps'>): number => steps.reduce((sum, { ms }) => sum + ms, 0)

/** When each step begins, in milliseconds. */
export function beginnings({ steps }: Pick<Walkthrough, 'steps'>): number[] {
  let at = 0
  return steps.map(({ ms }) => (at += ms) - ms)
}

/** Index of the step that is shown at a time: the last one that has begun. */
export function indexAt(walkthrough: Pick<Walkthrough, 'steps'>, time: number): number {
  return Math.max(
    0,
    beginnings(walkthrough).findLastIndex((begins) => begins <= time),
  )
}

/** The picture while a step is shown. */
export function pictureAfter({ start, steps }: Walkthrough, index: number): Picture {
  return steps.slice(0, index + 1).reduce((picture, { changes }) => changed(picture, changes), start)
}

/** What is shown at a time in milliseconds. A pure function of both: seeking shows what playing does. */
export function stateAt(
  walkthrough: Walkthrough,
  time: number,
): { index: number; picture: Picture; step: WalkthroughStep | undefined } {
  const index = indexAt(walkthrough, time)
  return { index, picture: pictureAfter(walkthrough, index), step: walkthrough.steps[index] }
}

/** The walkthrough with one step changed. */
export function withStep(walkthrough: Walkthrough, index: number, part: Partial<WalkthroughStep>): Walkthrough {
  const steps = walkthrough.steps.map((step, at) => (at === index ? { ...step, ...part } : step))
  return { ...walkthrough, steps }
}

/** The walkthrough with a step at another place; what it changes is changed then. */
export function withStepAt(walkthrough: Walkthrough, from: number, to: number): Walkthrough {
  const step = walkthrough.steps[from]
  if (step === undefined || to < 0 || to >= walkthrough.steps.length) return walkthrough
  return { ...walkthrough, steps: walkthrough.steps.toSpliced(from, 1).toSpliced(to, 0, step) }
}

/** The walkthrough without a step's time and words. What the step changed is changed by the next one, so nothing jumps. */
export function withoutStep(walkthrough: Walkthrough, index: number): Walkthrough {
  const gone = walkthrough.steps[index]
  if (gone === undefined || walkthrough.steps.length === 1) return walkthrough
  const [next] = walkthrough.steps.slice(index + 1)
  const steps = walkthrough.steps.toSpliced(index, 1)
  if (next === undefined) return { ...walkthrough, steps }
  return withStep({ ...walkthrough, steps }, index, { changes: [...gone.changes, ...next.changes] })
}

/** Two walkthroughs of one: before a step, and from it on, which begins with the drawing as it was then. */
export function cut(walkthrough: Walkthrough, index: number): [Walkthrough, Walkthrough] | null {
  if (index < 1 || index >= walkthrough.steps.length) return null
  const before = { ...walkthrough, steps: walkthrough.steps.slice(0, index) }
  const start = pictureAfter(walkthrough, index - 1)
  return [before, { ...walkthrough, start, steps: walkthrough.steps.slice(index) }]
}

/** One after the other: the first step of the second also makes the drawing the second begins with. */
export function joined(first: Walkthrough, second: Walkthrough): Walkthrough {
  const end = pictureAfter(first, first.steps.length - 1)
  const taken = new Set(first.steps.map(({ id }) => id))
  const steps = second.steps.map((step, index) => {
    const changes = index === 0 ? [...changesBetween(end, second.start), ...step.changes] : step.changes
    const id = freeStepId(step.id, taken)
    taken.add(id)
    return { ...step, id, changes }
  })
  return { ...first, steps: [...first.steps, ...steps] }
}

function freeStepId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted
  for (let number = taken.size + 1; ; number += 1) if (!taken.has(`s${number}`)) return `s${number}`
}

/** No step longer than this many milliseconds; longer ones were pauses. */
export function trimmed(walkthrough: Walkthrough, most: number): Walkthrough {
  return { ...walkthrough, steps: walkthrough.steps.map((step) => ({ ...step, ms: Math.min(step.ms, most) })) }
}

/** Milliseconds in which a caption can be read: 17 characters a second, at least two and a half seconds. */
export const readingTime = (caption: string): number =>
  Math.min(MAX_STEP_MS, Math.max(2_500, Math.ceil((caption.length * 1_000) / 17)))

/** A question as a person types it: itself, then its answers one a line, the right ones behind a star, then why. */
export function questionText(question: StepQuestion | undefined): string {
  if (question === undefined) return ''
  const answers = question.answers.map(({ text, right }) => `${right ? '*' : '-'} ${text}`)
  return [question.text, ...answers, ...(question.why === undefined ? [] : [question.why])].join('\n')
}

/** Reads such a text. @returns null where it is no question: no text, fewer than two answers, or none of them right */
export function readQuestion(text: string): StepQuestion | null {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const isAnswer = (line: string): boolean => /^[*-]\s*\S/.test(line)
  const first = lines.findIndex(isAnswer)
  const last = lines.findLastIndex(isAnswer)
  if (first < 1) return null
  const answers = lines
    .slice(first, last + 1)
    .filter(isAnswer)
    .map((line) => ({ text: line.slice(1).trim(), right: line.startsWith('*') }))
  const why = lines.slice(last + 1).join(' ')
  const question = { text: lines.slice(0, first).join(' '), answers, ...(why !== '' && { why }) }
  return answers.some(({ right }) => right) && StepQuestion.safeParse(question).success ? question : null
}
