// The operations of avoidance: `deadlock.banker`, `deadlock.request` and `deadlock.order`.
import { z } from 'zod'
import type { Operation, Progress } from '../../../contract/lab.ts'
import { finishing, workRows } from '../engine/dense.ts'
import { judgeRequest } from '../engine/banker.ts'
import { checkOrder, countOrders } from '../engine/orders.ts'
import type { BankerOutput, OrderOutput, RequestOutput } from '../model/bank.ts'
import {
  countSaid,
  type MatrixInput,
  matrixHelp,
  type NamedDense,
  readMatrices,
  readProcess,
  readRow,
  rowsOf,
} from './matrix-input.ts'
import { bad, readFields } from '../../../contract/operation-input.ts'
import { matrixTexts as texts } from './matrix-texts.ts'

// Anything is let through to the readers, whose refusals name the place in the input and the remedy.
const anything = <T>(): z.ZodType<T> => z.custom<T>(() => true)
const named = ({ names }: NamedDense, processes: readonly number[]): string[] => processes.map((one) => names[one]!)

function runBanker(input: MatrixInput, progress?: Progress): BankerOutput {
  const read = readMatrices(input, 'max')
  const { state } = read
  const { order, stuck } = finishing(state, 'onward', progress)
  return {
    safe: stuck.length === 0,
    need: rowsOf(state, state.wanted),
    order: named(read, order),
    work: workRows(state, order),
    sequences: countSaid(countOrders(state)),
    stuck: named(read, stuck),
  }
}

const bankerExample: MatrixInput = { available: [6], allocation: [[0], [2], [2]], max: [[7], [5], [3]] }

export const banker: Operation<MatrixInput, BankerOutput> = {
  summary: texts.banker,
  input: anything(),
  help: [
    'Input, a JSON object:',
    ...matrixHelp('max'),
    'Output, all fields always present:',
    '  safe               whether there is an order in which all can have their maximum and finish',
    '  need               max less allocation',
    '  order              such an order, or as far as one gets; the search goes on after the process that has just',
    '                     finished and round to the first again',
    '  work               units available at first and after each process of the order',
    '  sequences          how many such orders there are; a number, as text when larger than 2^53, or "more than …"',
    '  stuck              who could not be sure to finish; empty in a safe state',
  ],
  get example() {
    return { input: bankerExample, output: runBanker(bankerExample) }
  },
  run: runBanker,
}

export interface RequestInput extends MatrixInput {
  by?: unknown
}

function runRequest(input: RequestInput, progress?: Progress): RequestOutput {
  const read = readMatrices(input, 'max')
  const { state, names, types } = read
  const process = readProcess(input.by, 'by', names)
  const judged = judgeRequest(state, process, readRow(input.request, 'request', state.types), progress)
  if (judged.answer === 'error' || judged.answer === 'wait') {
    const short = judged.short.map(({ type, wants, has }) => ({ type: types[type]!, asks: wants, limit: has }))
    return { answer: judged.answer === 'wait' ? 'wait' : 'error: more than declared', short }
  }
  const { pretended } = judged
  if (judged.answer === 'unsafe') {
    const stuck = named(read, judged.stuck)
    return { answer: 'refuse: unsafe', pretendedAvailable: [...pretended.available], stuck }
  }
  return {
    answer: 'grant',
    available: [...pretended.available],
    order: named(read, judged.order),
    work: workRows(pretended, judged.order),
    sequences: countSaid(countOrders(pretended)),
  }
}

const requestExample: RequestInput = { ...bankerExample, by: 'P1', request: [1] }

export const request: Operation<RequestInput, RequestOutput> = {
  summary: texts.request,
  input: anything(),
  help: [
    'Input, a JSON object:',
    ...matrixHelp('max'),
    '  by                 name of the process that asks',
    '  request            units of each type that it asks for',
    'Output:',
    '  answer             grant, wait (not enough is available), "refuse: unsafe" or "error: more than declared";',
    '                     the tests are declared, available, safe, and the first one that fails decides',
    '  available, order, work, sequences',
    '                     when granted: the state afterwards, as deadlock.banker has it',
    '  pretendedAvailable, stuck',
    '                     when unsafe: what would be left, and who could not be sure to finish',
    '  short              when it waits or is an error: type, units asked for, and the limit',
  ],
  get example() {
    return { input: requestExample, output: runRequest(requestExample) }
  },
  run: runRequest,
}

export interface OrderInput extends MatrixInput {
  order?: unknown
}

function runOrder(input: OrderInput): OrderOutput {
  const wanted = readFields(input)['max'] === undefined ? 'request' : 'max'
  const { state, names, types } = readMatrices(input, wanted)
  if (!Array.isArray(input.order)) throw bad('order', 'expected a list of names, such as ["P1", "P0"].')
  const order = input.order.map((name: unknown) => names.indexOf(String(name)))
  const judged = checkOrder(state, order)
  const say = texts.step
  if (judged.accepted) {
    return {
      accepted: true,
      at: null,
      process: null,
      missing: [],
      sentence: say.accepted,
      work: workRows(state, order),
    }
  }
  const { at, reason } = judged
  const process = names[judged.process] ?? String(input.order[at])
  const short = judged.short.map(({ type, wants, has }) => ({ type: types[type]!, wants, has }))
  const left = names.filter((_, index) => !order.includes(index))
  const sentence =
    reason === 'short' ? say.short(process, short) : reason === 'missing' ? say.missing(left) : say[reason](process)
  return {
    accepted: false,
    at,
    process,
    missing: short.map(({ type, wants, has }) => ({ type, needs: wants, has })),
    sentence,
    work: workRows(state, order.slice(0, at)),
  }
}

const orderExample: OrderInput = { ...bankerExample, order: ['P0', 'P1', 'P2'] }

export const order: Operation<OrderInput, OrderOutput> = {
  summary: texts.order,
  input: anything(),
  help: [
    'Input, a JSON object:',
    ...matrixHelp('max'),
    '  request            instead of max: what is asked for now; the order is then one of finishing, not of safety',
    '  order              names of the processes as they are to finish',
    'Output, all fields always present:',
    '  accepted           whether every step fits and nobody is left out',
    '  at, process        index and name of the first wrong step, or null',
    '  missing            its types of which Work has too little: type, needs, has',
    '  sentence           the same in words',
    '  work               units available at first and after each right step',
  ],
  get example() {
    return { input: orderExample, output: runOrder(orderExample) }
  },
  run: runOrder,
}
