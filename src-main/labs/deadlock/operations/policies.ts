// The operation `deadlock.policies`: one script under several policies against deadlock.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import type { Operation, Progress } from '../../../contract/lab.ts'
import { MAX_SCRIPT_EVENTS } from '../../../contract/limits.ts'
import { linesOf, statementOf } from '../../../simulation/lines.ts'
import {
  measures,
  type PoliciesOutput,
  policies as known,
  type PolicyChoice,
  policyIds,
  policyTexts as texts,
  usualPolicies,
} from '../model/policies.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { readDrawing } from '../naming.ts'
import { comparePolicies } from '../policies/compare.ts'
import { ResourceEvent } from '../simulations/event-rules.ts'
import { readEventLine } from '../simulations/script-line.ts'
import { readUnits } from './matrix-input.ts'
import { bad, readFields } from '../../../contract/operation-input.ts'
import { readModel } from './model-input.ts'

export interface PoliciesInput {
  /** the drawing as a document has it; else the fields of deadlock.rag */
  model?: unknown
  /** lines as one text or a list, or events as a document's script has them */
  script?: unknown
  policies?: unknown
  seed?: unknown
  bound?: unknown
  [field: string]: unknown
}

/** Lines need not be possible one after the other: what they mean for waiting is for the policies to say. */
function eventsIn(script: unknown, model: DeadlockModel): ResourceEvent[] {
  const drawing = readDrawing(model)
  const list: unknown[] | null = typeof script === 'string' ? linesOf(script) : Array.isArray(script) ? script : null
  if (list === null) throw bad('script', texts.noLines)
  if (list.length > MAX_SCRIPT_EVENTS) {
    throw new InterlockError('too-large', texts.tooMany('events', MAX_SCRIPT_EVENTS), { most: MAX_SCRIPT_EVENTS })
  }
  return list.flatMap((line, index): ResourceEvent[] => {
    if (typeof line !== 'string') {
      const event = ResourceEvent.safeParse(line)
      if (!event.success) throw bad(`script[${index}]`, texts.noEvent)
      const { process, resource } = event.data
      if (!drawing.processOf.has(process) || !drawing.resourceOf.has(resource)) {
        throw bad(`script[${index}]`, texts.otherDrawing)
      }
      return [event.data]
    }
    const statement = statementOf(line)
    if (statement === null) return []
    try {
      return [readEventLine(statement.text, { model, drawing })]
    } catch (error) {
      if (!(error instanceof InterlockError)) throw error
      throw new InterlockError('bad-input', `script, line ${index + 1}: ${error.message}`, { line: index + 1 })
    }
  })
}

function choicesIn(given: unknown): PolicyChoice[] {
  if (given === undefined) return usualPolicies.map((policy) => ({ policy }))
  if (!Array.isArray(given) || given.length === 0) throw bad('policies', texts.noChoices(policyIds))
  return given.map((one: unknown, index) => {
    const choice = typeof one === 'string' ? { policy: one } : one
    if (typeof choice === 'object' && choice !== null && 'policy' in choice) return choice as PolicyChoice
    throw bad(`policies[${index}]`, texts.noChoices(policyIds))
  })
}

function run(input: PoliciesInput, progress?: Progress): PoliciesOutput {
  const { script, policies: chosen, seed: given, bound: most, ...drawing } = readFields(input)
  const model = readModel(drawing)
  const seed = given === undefined ? 1 : readUnits(given, 'seed')
  const bound = most === undefined ? usualBound : readUnits(most, 'bound')
  const choices = choicesIn(chosen)
  return comparePolicies(readDrawing(model), eventsIn(script, model), { choices, seed, bound }, progress)
}

/** Ticks of waiting on end from which a process counts as starved, unless said otherwise. */
const usualBound = 20

const example: PoliciesInput = {
  processes: ['P1', 'P2'],
  resources: { R1: 1, R2: 1 },
  script: 'P1 requests R1\nP2 requests R2\nP1 requests R2\nP2 requests R1',
  policies: ['none', { policy: 'order', settings: { order: ['R1', 'R2'] } }],
}

export const policies: Operation<PoliciesInput, PoliciesOutput> = {
  summary: texts.summary,
  // Anything is let through to `run`, whose refusals name the place in the input and the remedy.
  input: z.custom<PoliciesInput>(() => true),
  help: [
    'Input, a JSON object:',
    '  processes, resources, assignment, request, claim',
    '                     the graph at the start, as for deadlock.play; or model, as a drawing has it',
    '  script             requests and releases, one on each line, as one text or a list. The line with number k, from 0,',
    '                     happens at tick k, as long as its process has not had to wait. Granting is the business of the',
    '                     policy: a grant in the script only tells until when a process waited there, and such time is',
    '                     left out. One tick after its last line a process finishes',
    '  policies           optional: names, or objects with policy and settings; the usual seven without it',
    ...known.flatMap(({ id, settings }) => [
      `                       ${id}${settings.length === 0 ? '' : `: ${settings.map(({ key }) => key).join(', ')}`}`,
    ]),
    '  seed               optional: for pauses by chance; usually 1',
    `  bound              optional: ticks of waiting on end from which a process counts as starved; usually ${usualBound}`,
    'Output:',
    '  processes, types, programs, remarks',
    '                     what is played, and what of the script was read otherwise than it may be meant',
    '  runs               for each policy: policy, settings, ticks, ended (finished, deadlock, livelock or limit), spans',
    '                     and holdings of each process, events, episodes (deadlocks from one tick to another), looks',
    '                     (tick, comparisons, found), livelock, measures, waits, finishedAt, and played: the events of a',
    '                     script that does the same',
    '  measures           '.concat(measures.map(({ key }) => key).join(', ')),
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}
