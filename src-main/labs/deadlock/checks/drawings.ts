// Questions whose answer is a drawing: just what the task says, or any drawing with a property. Nodes are matched by name.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import type { Judgement } from '../../../contract/exercise.ts'
import { MAX_CYCLE_WORK, MAX_NOTE_LENGTH } from '../../../contract/limits.ts'
import { wholeGraph } from '../engine/adjacency.ts'
import { analyse, BEHIND } from '../engine/analysis.ts'
import { simpleCycles } from '../engine/cycles.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { readDrawing } from '../naming.ts'
import { stateOf } from './avoidance.ts'
import { right, wrong } from '../../../contract/judging.ts'
import { About, check, readGraph } from './make.ts'
import { texts } from './texts.ts'

const sketch = ({ nodes, edges }: DeadlockModel): string => texts.drawing.found(nodes.length, edges.length)

const Text = About.extend({ text: z.string().max(MAX_NOTE_LENGTH).describe(texts.params.text) })

export const drawing = check<z.infer<typeof Text>>({
  id: 'drawing',
  title: texts.titles.drawing,
  params: Text,
  form: (_, { text }) => (readGraph(text), { kind: 'drawing' }),
  judge: ({ drawing: made, params }) => compare(readGraph(params.text), made, params.text.trim()),
  key: (_, { text }) => text.trim(),
})

interface Thing {
  id: string
  said: string
  count: number
}

/** Everything the drawing says, by what is said; null and the name when two nodes share one. */
function thingsOf(model: DeadlockModel): { things: Map<string, Thing>; twice: string | null; at: string[] } {
  const things = new Map<string, Thing>()
  const names = new Map(model.nodes.map(({ id, name }) => [id, name]))
  const name = (id: string): string => names.get(id) ?? id
  for (const node of model.nodes) {
    const said = texts.drawing[node.kind](node.name)
    const known = things.get(said)
    if (known !== undefined) return { things, twice: node.name, at: [node.id, known.id] }
    things.set(said, { id: node.id, said, count: node.kind === 'resource' ? node.instances : 1 })
  }
  for (const { id, kind, from, to, count } of model.edges) {
    const [process, type] = kind === 'assignment' ? [to, from] : [from, to]
    const said = texts.drawing[kind](name(process), name(type))
    things.set(said, { id, said, count })
  }
  return { things, twice: null, at: [] }
}

function compare(wanted: DeadlockModel, made: DeadlockModel, expected: string): Judgement {
  const found = sketch(made)
  const { things, twice, at } = thingsOf(made)
  const words = texts.drawing
  if (twice !== null) return wrong(expected, found, words.twice(twice), at)
  const all = thingsOf(wanted).things
  const problems: { sentence: string; at: string[] }[] = []
  for (const [said, { count }] of all) {
    const own = things.get(said)
    if (own === undefined) problems.push({ sentence: words.missing(said), at: [] })
    else if (own.count !== count) problems.push({ sentence: words.count(said, own.count, count), at: [own.id] })
  }
  for (const [said, { id }] of things) if (!all.has(said)) problems.push({ sentence: words.extra(said), at: [id] })
  const [first] = problems
  if (first === undefined) return right(expected, found, words.right)
  return wrong(expected, found, first.sentence, first.at, Math.max(0, 1 - problems.length / all.size))
}

const Wanted = About.extend({
  deadlock: z.boolean().optional().describe(texts.params.deadlock),
  cycle: z.boolean().optional().describe(texts.params.cycle),
  /** unsafe and yet without deadlock; asks for claims */
  unsafe: z.literal(true).optional().describe(texts.params.unsafe),
  /** somebody waits for ever without being on a ring */
  behind: z.literal(true).optional().describe(texts.params.behind),
  /** at least so many processes */
  processes: z.number().int().min(1).max(100).optional().describe(texts.params.processes),
})

export const drawingWith = check<z.infer<typeof Wanted>>({
  id: 'drawing-with',
  title: texts.titles['drawing-with'],
  params: Wanted,
  form: () => ({ kind: 'drawing' }),
  judge({ drawing: made, params }) {
    const expected = texts.property.wanted(wishes(params).map(({ said }) => said))
    const found = sketch(made)
    const readable = readDrawing(made)
    if (analyse(readable.graph).deadlock === null) return wrong(expected, found, texts.property.withheld)
    const missing = wishes(params).find(({ holds }) => !holds(made))
    if (missing !== undefined) return wrong(expected, found, texts.property.lacks(missing.said))
    return right(expected, found, texts.property.all)
  },
  key: (_, params) => texts.property.wanted(wishes(params).map(({ said }) => said)),
})

interface Wish {
  said: string
  holds(model: DeadlockModel): boolean
}

/** @throws InterlockError `bad-input` when nothing is wished for */
function wishes({ deadlock, cycle, unsafe, behind, processes }: z.infer<typeof Wanted>): Wish[] {
  const words = texts.property
  const all: Wish[] = []
  if (processes !== undefined) {
    all.push({ said: words.processes(processes), holds: (model) => readDrawing(model).processes.length >= processes })
  }
  if (cycle !== undefined) {
    all.push({ said: cycle ? words.cycle : words.noCycle, holds: (model) => hasCycle(model) === cycle })
  }
  if (deadlock !== undefined) {
    all.push({
      said: deadlock ? words.deadlock : words.noDeadlock,
      holds: (model) => analyse(readDrawing(model).graph).deadlock === deadlock,
    })
  }
  if (behind === true) {
    all.push({ said: words.behind, holds: (model) => analyse(readDrawing(model).graph).classes.includes(BEHIND) })
  }
  if (unsafe === true) all.push({ said: words.unsafe, holds: (model) => stateOf(model).value === 'unsafe' })
  if (all.length === 0) throw new InterlockError('bad-input', texts.property.nothing)
  return all
}

function hasCycle(model: DeadlockModel): boolean {
  const { graph } = readDrawing(model)
  return simpleCycles(wholeGraph(graph), { listed: 1, listedVertices: 2_000, found: 1, work: MAX_CYCLE_WORK }).found > 0
}
