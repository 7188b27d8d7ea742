// The operation `deadlock.detect`: who can never finish, judged by what is asked for now.
import { z } from 'zod'
import type { Operation, Progress } from '../../../contract/lab.ts'
import { type Dense, finishing, workRows } from '../engine/dense.ts'
import { countOrders } from '../engine/orders.ts'
import type { DetectOutput } from '../model/bank.ts'
import { countSaid, type MatrixInput, matrixHelp, readMatrices } from './matrix-input.ts'
import { matrixTexts as texts } from './matrix-texts.ts'

function runDetect(input: MatrixInput, progress?: Progress): DetectOutput {
  const { state, names } = readMatrices(input, 'request')
  const { order, stuck } = finishing(state, 'first', progress)
  const nameOf = (process: number): string => names[process]!
  return {
    deadlock: isDeadlock(state, stuck),
    neverFinish: stuck.map(nameOf),
    neverFinishBookRule: stuck.filter((process) => holdsSomething(state, process)).map(nameOf),
    order: order.map(nameOf),
    work: workRows(state, order),
    finishingOrders: countSaid(countOrders(state)),
  }
}

function holdsSomething({ types, held }: Dense, process: number): boolean {
  return held.subarray(process * types, (process + 1) * types).some((units) => units > 0)
}

/**
 * Whether those who never finish wait for each other. Who asks for more than exists waits for nobody: such requests are
 * cut to what exists, and only if somebody is then still left there is a deadlock, as in the verdict on a drawing.
 */
export function isDeadlock(state: Dense, stuck: readonly number[]): boolean {
  if (stuck.length === 0) return false
  const { processes, types, available, held, wanted } = state
  const total = available.slice()
  for (let cell = 0; cell < processes * types; cell += 1) total[cell % types]! += held[cell]!
  if (wanted.every((units, cell) => units <= total[cell % types]!)) return true
  const possible = wanted.map((units, cell) => Math.min(units, total[cell % types]!))
  return finishing({ ...state, wanted: possible }, 'first').stuck.length > 0
}

const example: MatrixInput = {
  available: [0, 0],
  allocation: [
    [1, 0],
    [0, 1],
    [0, 0],
  ],
  request: [
    [0, 1],
    [1, 0],
    [1, 0],
  ],
}

export const detect: Operation<MatrixInput, DetectOutput> = {
  summary: texts.detect,
  // Anything is let through to the reader, whose refusals name the place in the input and the remedy.
  input: z.custom<MatrixInput>(() => true),
  help: [
    'Input, a JSON object:',
    ...matrixHelp('request'),
    'Output, all fields always present:',
    '  deadlock           whether processes wait for each other for ever; one that only asks for more than exists waits',
    '                     for nobody and is no deadlock by itself',
    '  neverFinish        all who can never finish, by plain reduction',
    '  neverFinishBookRule',
    '                     the same when a process that holds nothing counts as finished from the start',
    '  order              an order of finishing, or as far as one gets; the search begins again with the first process',
    '                     after each one that finishes',
    '  work               units available at first and after each process of the order',
    '  finishingOrders    in how many orders all can finish; 0 when somebody never does',
  ],
  get example() {
    return { input: example, output: runDetect(example) }
  },
  run: runDetect,
}
