// The operation `deadlock.recovery`: who costs how much, and what each way to recover does to a drawing.
import { z } from 'zod'
import type { Operation } from '../../../contract/lab.ts'
import { MAX_EXACT_VICTIMS } from '../../../contract/limits.ts'
import { fewestVictims } from '../engine/victims.ts'
import {
  factorIds,
  factors,
  isWeight,
  MAX_WEIGHT,
  methodIds,
  type RecoveryOutput,
  recoveryTexts as texts,
  type Weights,
  WEIGHTS_FIELD,
  weightsOf,
} from '../model/recovery.ts'
import { cheapestSet, lookAt, ranking } from '../recovery/costs.ts'
import { methodSteps } from '../recovery/steps.ts'
import { bad, readFields } from '../../../contract/operation-input.ts'
import { readModel } from './model-input.ts'

export interface RecoveryInput {
  /** the drawing as a document has it; else the fields of deadlock.rag */
  model?: unknown
  weights?: unknown
  [field: string]: unknown
}

/** @param kept by the drawing, for all that is not given */
function weightsIn(given: unknown, kept: Weights): Weights {
  if (given === undefined) return kept
  const fields = readFields(given)
  for (const [id, weight] of Object.entries(fields)) {
    if (!(factorIds as readonly string[]).includes(id)) throw bad(`weights.${id}`, texts.noWeight(id, factorIds))
    if (!isWeight(weight)) throw bad(`weights.${id}`, texts.badWeight(id, MAX_WEIGHT))
  }
  return { ...kept, ...fields }
}

function run(input: RecoveryInput): RecoveryOutput {
  const { weights: given, ...drawing } = readFields(input)
  const model = readModel(drawing)
  const weights = weightsIn(given, weightsOf(model[WEIGHTS_FIELD]))
  const looked = lookAt(model)
  if (looked.analysis.deadlock === null) throw bad('input', texts.withheld)
  const ranked = ranking(looked, weights)
  const { size, sets, exact, more } = fewestVictims(looked.asked)
  const idOf = (process: number): string => looked.drawing.processes[process]!.id
  return {
    ranking: ranked,
    leastCost: cheapestSet(looked, ranked),
    fewest: { size, sets: sets.map((set) => set.map(idOf)), exact, more },
    methods: ranked.length === 0 ? [] : methodIds.map((method) => methodSteps(model, method, weights)),
  }
}

const example: RecoveryInput = {
  processes: ['P1', 'P2'],
  resources: { R1: 1, R2: 1 },
  assignment: ['R1>P1', 'R2>P2'],
  request: ['P1>R2', 'P2>R1'],
  weights: { held: 3 },
}

export const recoveryOperation: Operation<RecoveryInput, RecoveryOutput> = {
  summary: texts.summary,
  // Anything is let through to `run`, whose refusals name the place in the input and the remedy.
  input: z.custom<RecoveryInput>(() => true),
  help: [
    'Input, a JSON object:',
    '  processes, resources, assignment, request, claim',
    '                     the graph, as for deadlock.play; or model, as a drawing has it, with priority, cpu and kills of',
    '                     each process',
    `  weights            optional, from -${MAX_WEIGHT} to ${MAX_WEIGHT}; else those that the model keeps, usually`,
    `                     ${factors.map(({ id, usual }) => `${id} ${usual}`).join(', ')}`,
    'Output:',
    '  ranking            all of the deadlock, the cheapest first: id, name, onRing, values of the factors, cost',
    `  leastCost          ids whose end lets all others finish, at the least cost; exact up to ${MAX_EXACT_VICTIMS} in the deadlock`,
    '  fewest             all smallest sets: size, sets, exact, and whether there are more than are listed',
    '  methods            for all, one-by-one, least-cost and preempt: events of the simulation, victims, cost, lost ticks',
    '                     of CPU time, units taken away, and detections',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}
