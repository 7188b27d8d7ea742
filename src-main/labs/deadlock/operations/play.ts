// The operation `deadlock.play`: a graph and a script of requests, grants and releases in, each step and the one at which
// a deadlock arises out.
import { z } from 'zod'
import type { Operation } from '../../../contract/lab.ts'
import { answer } from '../answer.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { texts } from '../model/texts.ts'
import type { ResourceEvent } from '../simulations/event-rules.ts'
import { type EventsState, events } from '../simulations/events.ts'
import { readEventLine, writeEventLine } from '../simulations/script-line.ts'
import { type NamedRag, type RagInput, readRag } from './rag-input.ts'
import { atLine, statementsIn } from './script-input.ts'

export interface PlayInput extends RagInput {
  /** lines as one text, or as a list of lines */
  script: string | string[]
}

export interface PlayOutput {
  steps: { event: string; deadlock: boolean | null; deadlocked: string[] }[]
  deadlockAt: number | null
  final: {
    deadlock: boolean | null
    sentence: string
    withheld: string | null
    deadlocked: string[]
    assignment: string[]
    request: string[]
    available: Record<string, number>
  }
}

/** Names may be anything, so nodes get ids of their own. */
export function modelOf({ graph, processNames, resourceNames, claims }: NamedRag): DeadlockModel {
  const edges: DeadlockModel['edges'] = []
  processNames.forEach((_, p) => {
    for (let entry = graph.requests.start[p]!; entry < graph.requests.start[p + 1]!; entry += 1) {
      const count = graph.requests.count[entry]!
      edges.push({ id: `e${edges.length}`, kind: 'request', from: `p${p}`, to: `r${graph.requests.to[entry]!}`, count })
    }
    for (let entry = graph.holds.start[p]!; entry < graph.holds.start[p + 1]!; entry += 1) {
      const count = graph.holds.count[entry]!
      edges.push({ id: `e${edges.length}`, kind: 'assignment', from: `r${graph.holds.to[entry]!}`, to: `p${p}`, count })
    }
  })
  const declared = new Map<string, DeadlockModel['edges'][number]>()
  claims.process.forEach((p, entry) => {
    const [from, to, count] = [`p${p}`, `r${claims.resource[entry]!}`, claims.count[entry]!]
    const id = `c${declared.size}`
    declared.set(`${from} ${to}`, {
      id,
      kind: 'claim',
      from,
      to,
      count: count + (declared.get(`${from} ${to}`)?.count ?? 0),
    })
  })
  edges.push(...declared.values())
  return {
    nodes: [
      ...processNames.map((name, p) => ({ id: `p${p}`, kind: 'process' as const, name })),
      ...resourceNames.map((name, r) => ({
        id: `r${r}`,
        kind: 'resource' as const,
        name,
        instances: graph.total[r]!,
      })),
    ],
    edges,
  }
}

function deadlocked({ drawing, analysis }: EventsState): string[] {
  if (analysis.deadlock !== true) return []
  return drawing.processes.flatMap(({ name }, process) => (analysis.capped.finishes[process] === 0 ? [name] : []))
}

/** @throws InterlockError `bad-input` for a line that is wrong, and for one that is not possible */
function playLine(line: string, state: EventsState): { event: ResourceEvent; next: EventsState } {
  const event = readEventLine(line, state)
  return { event, next: events.apply(state, event) }
}

function finalOf(state: EventsState): PlayOutput['final'] {
  const { drawing, analysis } = state
  const { sentence, withheld } = answer(drawing, analysis, 0, true)
  const edge = (from: string, to: string, count: number): string => `${from}>${to}${count === 1 ? '' : ` x${count}`}`
  const process = (id: string): string => drawing.processName(drawing.processOf.get(id)!)
  const resource = (id: string): string => drawing.resourceName(drawing.resourceOf.get(id)!)
  return {
    deadlock: analysis.deadlock,
    sentence,
    withheld,
    deadlocked: deadlocked(state),
    assignment: drawing.assignments.map(({ from, to, count }) => edge(resource(from), process(to), count)),
    request: drawing.requests.map(({ from, to, count }) => edge(process(from), resource(to), count)),
    available: Object.fromEntries(drawing.resources.map(({ name }, r) => [name, drawing.graph.available[r]!])),
  }
}

/** @throws InterlockError `bad-input` with the field or the line of the script; `too-large` for too many events */
function run(input: PlayInput): PlayOutput {
  const { script, ...rag } = typeof input === 'object' && input !== null ? input : ({} as PlayInput)
  const statements = statementsIn(script, 'script', 'P1 requests R2')
  let state = events.init(modelOf(readRag(rag)), 0)
  const steps: PlayOutput['steps'] = []
  for (const statement of statements) {
    const { event, next } = atLine('script', statement, () => playLine(statement.text, state))
    steps.push({
      event: writeEventLine(event, state),
      deadlock: next.analysis.deadlock,
      deadlocked: deadlocked(next),
    })
    state = next
  }
  const at = steps.findIndex((step) => step.deadlock === true)
  return { steps, deadlockAt: at === -1 ? null : at, final: finalOf(state) }
}

const example: PlayInput = {
  processes: ['P1', 'P2'],
  resources: { R1: 1, R2: 1 },
  assignment: ['R1>P1'],
  script: 'P2 requests R2\nR2 grants P2\nP1 requests R2\nP2 requests R1  # and now they wait for each other',
}

export const play: Operation<PlayInput, PlayOutput> = {
  summary: texts.play.summary,
  // Anything is let through to `run`, whose refusals name the place in the input and the remedy.
  input: z.custom<PlayInput>(() => true),
  help: [
    'Input, a JSON object:',
    '  processes, resources, assignment, request',
    '                     the graph at the start, as for deadlock.rag',
    '  claim              declared maxima, as "P1~R1" or "P1~R1 x3"; may be left out. A process with a claim asks for',
    '                     nothing above its claims',
    '  script             one event on each line, as one text or a list of lines:',
    '                       P1 requests R2       (P1 requests R2 x2 for two units)',
    '                       R2 grants P1         (all that it asks for; without a name: the only one that fits)',
    '                       P1 releases R2',
    '                       P1 withdraws R2      (its request, while it waits)',
    '                       # a comment',
    '                     names with other signs than letters, digits and _ . \' stand in "double quotes"',
    'Output, all fields always present:',
    '  steps              for each event: the event as a line, whether there is a deadlock after it, and who is in it',
    '                     or waits behind it, in input order',
    '  deadlockAt         index in steps of the first one with a deadlock, or null',
    '  final              the state at the end: deadlock, sentence, withheld as for deadlock.rag; deadlocked;',
    '                     assignment, request and available as they are then',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}
