// Questions that the matrices of a drawing answer: what kind of state it is, which orders are right and how many there
// are, Need and Work, and what is answered to a request. Long, as they share matrices and tables.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import type { Judgement } from '../../../contract/exercise.ts'
import { MAX_INSTANCES, MAX_NAME_LENGTH } from '../../../contract/limits.ts'
import { type Matrices, matricesOf } from '../dense-of.ts'
import { judgeRequest } from '../engine/banker.ts'
import { type Dense, finishing, rowOf, workRows } from '../engine/dense.ts'
import { checkOrder, countOrders, shortages } from '../engine/orders.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { number } from '../model/words.ts'
import { matrixTexts } from '../operations/matrix-texts.ts'
import { neverFinishing, judged } from './graph.ts'
import { itemNamed, namesOf, processesOf, typesOf } from './items.ts'
import { answerAs, noAnswer, right, wrong } from '../../../contract/judging.ts'
import { About, check, choice } from './make.ts'
import { orderOf, texts } from './texts.ts'

/** @throws InterlockError `bad-input` while more units are assigned than exist, or without processes */
function matricesFor(model: DeadlockModel): Matrices {
  processesOf(model)
  const matrices = matricesOf(model)
  if (matrices.overAllocated !== null) throw new InterlockError('bad-input', texts.withheld)
  return matrices
}

/** Safe by the declared maxima, unsafe, or a deadlock by what is asked for now; with the reason in words. */
export function stateOf(model: DeadlockModel): {
  value: 'safe' | 'unsafe' | 'deadlock'
  because: string
  at: string[]
} {
  const { need, processes } = matricesFor(model)
  const items = processesOf(model)
  const state = judged(model)
  const stuckNow = neverFinishing(state)
  if (state.deadlock === true) {
    return { value: 'deadlock', because: texts.state.isDeadlock(namesOf(items, stuckNow)), at: stuckNow }
  }
  const idsOf = (numbers: readonly number[]): string[] => numbers.map((process) => processes[process]!)
  const { order, stuck } = finishing(need, 'onward')
  if (stuck.length === 0) return { value: 'safe', because: texts.state.isSafe(namesOf(items, idsOf(order))), at: [] }
  const at = idsOf(stuck)
  return { value: 'unsafe', because: texts.state.isUnsafe(namesOf(items, at)), at }
}

export const state = choice({
  id: 'state',
  title: texts.titles.state,
  params: About,
  options: () => [
    { value: 'safe', label: texts.state.safe },
    { value: 'unsafe', label: texts.state.unsafe },
    { value: 'deadlock', label: texts.state.deadlock },
  ],
  solve: stateOf,
  against(value, model) {
    if (value === 'deadlock') return texts.state.againstDeadlock
    if (value === 'unsafe') return texts.state.againstUnsafe
    const { need, processes, types } = matricesFor(model)
    const { order, stuck } = finishing(need, 'onward')
    const first = stuck[0]
    if (first === undefined) return texts.state.againstDeadlock
    const short = shortages(need, first, workRows(need, order).at(-1)!)[0]!
    const [process] = namesOf(processesOf(model), [processes[first]!])
    const [type] = namesOf(typesOf(model), [types[short.type]!])
    return texts.state.againstSafe(process!, type!, short.wants, short.has)
  },
})

type Of = 'safe' | 'finishing'
const wantedBy = ({ need, asked }: Matrices, of: Of): Dense => (of === 'safe' ? need : asked)

/** The two questions for an order differ only in what a process has to get before it finishes. */
function orderCheck(id: 'safe-order' | 'finishing-order', of: Of) {
  return check<z.infer<typeof About>>({
    id,
    title: texts.titles[id],
    params: About,
    form: (model) => (matricesFor(model), { kind: 'order', items: processesOf(model) }),
    judge: ({ given }, answer) => judgeOrder(given, of, answerAs(answer, 'order').ids),
    key(model) {
      const { order, count } = solvedOrder(model, of)
      if (order === null) return texts.orders.none
      return count === '1' ? texts.orders.only(order) : texts.orders.key(order, count)
    },
  })
}

export const safeOrder = orderCheck('safe-order', 'safe')
export const finishingOrder = orderCheck('finishing-order', 'finishing')

/** Names of one right order, or null when there is none, and how many there are. */
function solvedOrder(model: DeadlockModel, of: Of): { order: string[] | null; count: string } {
  const matrices = matricesFor(model)
  const wanted = wantedBy(matrices, of)
  const { order, stuck } = finishing(wanted, of === 'safe' ? 'onward' : 'first')
  const names = namesOf(
    processesOf(model),
    order.map((process) => matrices.processes[process]!),
  )
  return { order: stuck.length > 0 ? null : names, count: countOf(wanted) }
}

function countOf(wanted: Dense): string {
  const count = countOrders(wanted)
  return 'moreThan' in count ? `more than ${number(count.moreThan)}` : String(count.exact)
}

/** No process at all stands for the answer that there is no such order. */
function judgeOrder(model: DeadlockModel, of: Of, ids: readonly string[]): Judgement {
  const matrices = matricesFor(model)
  const items = processesOf(model)
  const { order } = solvedOrder(model, of)
  const expected = order === null ? texts.orders.none : orderOf(order)
  const found = ids.length === 0 ? texts.orders.none : orderOf(namesOf(items, ids))
  if (ids.length === 0) {
    return order === null
      ? right(expected, found, texts.orders.noneRight)
      : wrong(expected, found, texts.orders.noneWrong)
  }
  const judgement = checkOrder(
    wantedBy(matrices, of),
    ids.map((id) => matrices.processes.indexOf(id)),
  )
  if (judgement.accepted) return right(found, found, texts.orders.accepted, [...ids])
  const { at, reason, short } = judgement
  const say = matrixTexts.step
  const id = ids[at] ?? matrices.processes[judgement.process]!
  const [name] = namesOf(items, [id])
  const types = typesOf(model)
  const parts = short.map(({ type, wants, has }) => ({ type: types[type]!.label, wants, has }))
  const missing = items.filter((item) => !ids.includes(item.id))
  const sentence =
    reason === 'short'
      ? say.short(name!, parts)
      : reason === 'missing'
        ? say.missing(missing.map(({ label }) => label))
        : say[reason](name!)
  const places = reason === 'short' ? [id, ...short.map(({ type }) => types[type]!.id)] : [id]
  const steps = Math.min(at, matrices.processes.length)
  const share = order === null ? 0 : Math.floor((steps / matrices.processes.length) * 4) / 8
  return wrong(expected, found, sentence, places, share)
}

const CountOf = About.extend({ of: z.enum(['safe', 'finishing']).default('safe').describe(texts.params.of) })

export const countOrdersCheck = check<z.infer<typeof CountOf>>({
  id: 'count-orders',
  title: texts.titles['count-orders'],
  params: CountOf,
  form: (model, { of }) => (exactCount(model, of), { kind: 'number' }),
  judge({ given, params }, answer) {
    const { value } = answerAs(answer, 'number')
    const count = exactCount(given, params.of)
    const [expected, found] = [number(count), number(value)]
    if (value === count) return right(expected, found, texts.numbers.right(found))
    const whole = Number.isInteger(value) && value >= 0
    return wrong(expected, found, whole ? texts.numbers.wrong(found) : texts.numbers.needWhole(found))
  },
  key: (model, { of }) => number(exactCount(model, of)),
})

/** @throws InterlockError `bad-input` when there are too many to ask for */
function exactCount(model: DeadlockModel, of: Of): number {
  const count = countOrders(wantedBy(matricesFor(model), of))
  if ('exact' in count && count.exact <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(count.exact)
  throw new InterlockError('bad-input', texts.orders.tooMany)
}

const MatrixOf = About.extend({
  matrix: z.enum(['allocation', 'request', 'max', 'need', 'available']).describe(texts.params.matrix),
})

export const matrix = check<z.infer<typeof MatrixOf>>({
  id: 'matrix',
  title: texts.titles.matrix,
  params: MatrixOf,
  form(model, params) {
    const { rows, columns } = tableOf(model, params.matrix)
    return { kind: 'table', columns, rows }
  },
  judge: ({ given, params }, answer) =>
    judgeTable(tableOf(given, params.matrix), answerAs(answer, 'table').cells, params.matrix === 'available'),
  key: (model, params) => tableSaid(tableOf(model, params.matrix).cells),
})

interface Table {
  rows: string[]
  columns: string[]
  cells: number[][]
  /** record of each row, for lights */
  ids: string[]
}

function tableOf(model: DeadlockModel, which: z.infer<typeof MatrixOf>['matrix']): Table {
  const { need, asked, processes } = matricesFor(model)
  const columns = typesOf(model).map(({ label }) => label)
  if (which === 'available') {
    return { rows: [texts.matrices.available], columns, cells: [[...asked.available]], ids: [] }
  }
  const flat = {
    allocation: asked.held,
    request: asked.wanted,
    need: need.wanted,
    max: need.wanted.map((units, cell) => units + need.held[cell]!),
  }[which]
  const cells = processes.map((_, process) => rowOf(flat, columns.length, process))
  return { rows: processesOf(model).map(({ label }) => label), columns, cells, ids: processes }
}

const WorkOf = About.extend({
  of: z.enum(['safe', 'finishing']).describe(texts.params.of),
  /** names of processes, each of which can finish when its turn comes */
  order: z.array(z.string().max(MAX_NAME_LENGTH)).min(1).describe(texts.params.order),
})

export const work = check<z.infer<typeof WorkOf>>({
  id: 'work',
  title: texts.titles.work,
  params: WorkOf,
  form(model, params) {
    const { rows, columns, cells } = workTable(model, params)
    const start = cells.map((row, index) => row.map((units) => (index === 0 ? units : null)))
    return { kind: 'table', columns, rows, given: start }
  },
  judge: ({ given, params }, answer) => judgeTable(workTable(given, params), answerAs(answer, 'table').cells, true),
  key: (model, params) => tableSaid(workTable(model, params).cells),
})

/** @throws InterlockError `bad-input` when the order of the question runs into a process that cannot finish */
function workTable(model: DeadlockModel, { of, order }: z.infer<typeof WorkOf>): Table {
  const matrices = matricesFor(model)
  const items = processesOf(model)
  const columns = typesOf(model).map(({ label }) => label)
  const ids = order.map((name) => itemNamed(items, 'process', name).id)
  const numbers = ids.map((id) => matrices.processes.indexOf(id))
  const wanted = wantedBy(matrices, of)
  const judgement = checkOrder(wanted, numbers)
  if (!judgement.accepted && judgement.reason !== 'missing') {
    throw new InterlockError('bad-input', texts.orders.question(order[judgement.at]!))
  }
  const rows = [texts.matrices.start, ...order.map(texts.matrices.after)]
  return { rows, columns, cells: workRows(wanted, numbers), ids: ['', ...ids] }
}

const tableSaid = (cells: readonly (readonly number[])[]): string =>
  cells.map((row) => `(${row.map(number).join(', ')})`).join(' ')

/** Part of the points for the cells that are right, as long as some are wrong at most half of them. */
function judgeTable(
  { rows, columns, cells, ids }: Table,
  answered: readonly (readonly (number | null)[])[],
  single: boolean,
): Judgement {
  const words = texts.matrices
  const expected = tableSaid(cells)
  const found = answered
    .map((row) => `(${row.map((units) => (units === null ? '–' : number(units))).join(', ')})`)
    .join(' ')
  if (answered.length !== rows.length || answered.some((row) => row.length !== columns.length)) {
    return wrong(expected, found, words.shape(rows.length, columns.length))
  }
  let [good, first] = [0, null as { row: number; column: number } | null]
  cells.forEach((line, row) =>
    line.forEach((units, column) => {
      if (answered[row]![column] === units) good += 1
      else first ??= { row, column }
    }),
  )
  if (first === null) return right(expected, found, words.all, single ? [] : ids)
  const { row, column } = first
  const value = answered[row]![column] ?? null
  const place = ids[row]
  const [rowName, columnName] = [rows[row]!, columns[column]!]
  const sentence = value === null ? words.empty(rowName, columnName) : words.cell(rowName, columnName, number(value))
  const all = rows.length * columns.length
  const at = place === undefined || place === '' ? [] : [place]
  return wrong(expected, found, `${sentence} ${words.some(good, all)}`, at, Math.floor((good / all) * 2) / 4)
}

const Grant = About.extend({
  process: z.string().min(1).max(MAX_NAME_LENGTH).describe(texts.params.process),
  /** units asked for, by name of the type */
  units: z
    .record(z.string().max(MAX_NAME_LENGTH), z.number().int().min(0).max(MAX_INSTANCES))
    .describe(texts.params.units),
})

export const grant = choice<z.infer<typeof Grant>>({
  id: 'grant',
  title: texts.titles.grant,
  params: Grant,
  options: () => (['grant', 'wait', 'unsafe', 'error'] as const).map((value) => ({ value, label: texts.grant[value] })),
  solve(model, { process, units }) {
    const { need, processes } = matricesFor(model)
    const [items, types] = [processesOf(model), typesOf(model)]
    const asking = itemNamed(items, 'process', process)
    const request = new Array<number>(types.length).fill(0)
    for (const [name, count] of Object.entries(units)) {
      request[types.indexOf(itemNamed(types, 'resource type', name))] = count
    }
    const named = (numbers: readonly number[]): string[] =>
      namesOf(
        items,
        numbers.map((one) => processes[one]!),
      )
    const judgement = judgeRequest(need, processes.indexOf(asking.id), request)
    const { answer } = judgement
    const words = texts.grant
    if (answer === 'grant')
      return { value: answer, because: words.becauseGrant(named(judgement.order)), at: [asking.id] }
    if (answer === 'unsafe')
      return { value: answer, because: words.becauseUnsafe(named(judgement.stuck)), at: [asking.id] }
    const { type, wants, has } = judgement.short[0]!
    const say = answer === 'wait' ? words.becauseWait : words.becauseError
    return { value: answer, because: say(types[type]!.label, wants, has), at: [asking.id, types[type]!.id] }
  },
  against: (value) => (value in texts.grant.against ? texts.grant.against[value as 'grant'] : noAnswer),
})
