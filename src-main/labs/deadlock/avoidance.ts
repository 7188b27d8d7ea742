// What declared maxima add to a verdict: safe or unsafe, an order with Work at each step, how many orders there are, and
// what each standing request would be answered. Without a claim in the drawing it adds nothing.
import { MAX_VERDICT_CELLS } from '../../contract/limits.ts'
import type { Diagnostic, EvidenceGroup, EvidenceItem, Mark } from '../../contract/verdict.ts'
import type { Answer } from './answer.ts'
import { type Matrices, matricesOf } from './dense-of.ts'
import { judgeRequest } from './engine/banker.ts'
import { finishing, rowOf, workRows } from './engine/dense.ts'
import { countOrders, shortages } from './engine/orders.ts'
import { group, MOST_ITEMS } from './evidence.ts'
import type { ClaimEdge, DeadlockModel } from './model/schema.ts'
import { avoidanceTexts as texts } from './model/avoidance-texts.ts'
import { vector } from './model/words.ts'
import { type Drawing, processNames } from './naming.ts'

/** types named in one Work vector */
const MOST_TYPES = 8
const MOST_NAMES = 6
const MOST_PLACES = 20

export interface Avoidance {
  answer: Answer
  evidence: EvidenceGroup[]
  /** marks of processes that are not sure to finish, to be put over those of the analysis */
  marks: Record<string, Mark>
}

/**
 * Judges a drawing with claims that has no deadlock. Null without claims, and for one with so many processes and types
 * that a verdict after each edit would take too long.
 */
export function avoidance(model: DeadlockModel, drawing: Drawing): Avoidance | null {
  const judged = judge(model, drawing)
  if (judged === null) return null
  const { matrices, order, stuck } = judged
  return {
    ...said(drawing, judged),
    evidence: [...orderGroup(drawing, matrices, order, stuck), ...requestGroup(drawing, matrices)],
  }
}

/** The same without evidence, for whoever judges state after state. */
export function avoidanceAnswer(model: DeadlockModel, drawing: Drawing): Omit<Avoidance, 'evidence'> | null {
  const judged = judge(model, drawing)
  return judged && said(drawing, judged)
}

interface Judged {
  matrices: Matrices
  order: readonly number[]
  stuck: readonly number[]
}

function judge(model: DeadlockModel, drawing: Drawing): Judged | null {
  const cells = drawing.processes.length * drawing.resources.length
  if (cells === 0 || cells > MAX_VERDICT_CELLS || drawing.claims.size === 0) return null
  const matrices = matricesOf(model)
  return { matrices, ...finishing(matrices.need, 'onward') }
}

function said(drawing: Drawing, { order, stuck }: Judged): Omit<Avoidance, 'evidence'> {
  const names = (processes: readonly number[]) => processNames(drawing, processes, MOST_NAMES)
  const safe = stuck.length === 0
  const waiting = drawing.requests.some(
    ({ to, count }) => count > drawing.graph.available[drawing.resourceOf.get(to)!]!,
  )
  return {
    answer: {
      word: safe ? texts.safe : texts.unsafe,
      mark: safe ? 'free' : 'unsafe',
      sentence: safe ? texts.isSafe(names(order)) : texts.isUnsafe(names(stuck), waiting),
      withheld: null,
    },
    marks: Object.fromEntries(stuck.map((process) => [drawing.processes[process]!.id, 'unsafe' as const])),
  }
}

function orderGroup(
  drawing: Drawing,
  { need }: Matrices,
  order: readonly number[],
  stuck: readonly number[],
): EvidenceGroup[] {
  const rows = workRows(need, order.slice(0, MOST_ITEMS))
  const types = Array.from({ length: need.types }, (_, type) => type)
  const units = (row: readonly number[], shown = types): string =>
    vector(shown, (type) => `${drawing.resourceName(type)} ${row[type]}`, MOST_TYPES, shown.length)
  const items: EvidenceItem[] = [{ text: texts.start, detail: texts.work(units(rows[0]!)), lights: [] }]
  order.slice(0, MOST_ITEMS).forEach((process, step) => {
    const wants = rowOf(need.wanted, need.types, process)
    items.push({
      text: texts.finishes(
        drawing.processName(process),
        units(
          wants,
          types.filter((type) => wants[type]! > 0),
        ),
      ),
      detail: texts.work(units(rows[step + 1]!)),
      lights: [drawing.processes[process]!.id],
    })
  })
  const left = workRows(need, order).at(-1)!
  for (const process of stuck.slice(0, MOST_ITEMS)) {
    const { type, wants, has } = shortages(need, process, left)[0]!
    items.push({
      text: texts.cannot(drawing.processName(process), drawing.resourceName(type), wants, has),
      mark: 'unsafe',
      lights: [drawing.processes[process]!.id, drawing.resources[type]!.id],
    })
  }
  const count = countOrders(need)
  const title = stuck.length > 0 ? texts.noOrder : texts.order(count)
  return group('safe-order', title, items, order.length + stuck.length + 1)
}

/** Each process that asks for something: all its requests together, as the Banker would answer them. */
function requestGroup(drawing: Drawing, { need, asked }: Matrices): EvidenceGroup[] {
  const items: EvidenceItem[] = []
  for (let process = 0; process < asked.processes && items.length < MOST_ITEMS; process += 1) {
    const request = rowOf(asked.wanted, asked.types, process)
    if (!request.some((units) => units > 0)) continue
    const node = drawing.processes[process]!
    const judged = judgeRequest(need, process, request)
    const { answer } = judged
    const types = request.flatMap((units, type) => (units > 0 ? [type] : []))
    const units = vector(types, (type) => `${request[type]} of ${drawing.resourceName(type)}`, MOST_TYPES, types.length)
    const short = 'short' in judged ? judged.short[0] : undefined
    const stuck = answer === 'unsafe' ? processNames(drawing, judged.stuck, MOST_NAMES) : undefined
    const why =
      (short && texts.short(drawing.resourceName(short.type), short.wants, short.has)) ?? (stuck && texts.after(stuck))
    items.push({
      text: texts.request(node.name, units, answer),
      ...(why === undefined ? {} : { detail: why }),
      mark: answer === 'grant' ? 'free' : answer === 'unsafe' ? 'unsafe' : answer === 'wait' ? 'behind' : 'impossible',
      lights: [node.id, ...types.map((type) => drawing.resources[type]!.id)],
    })
  }
  return group('requests', texts.requests, items, items.length)
}

/** Claims that cannot be: for more than exists, or for less than is held and asked for. */
export function claimDiagnostics(model: DeadlockModel, drawing: Drawing): Diagnostic[] {
  const busy = new Map<string, number>()
  for (const { kind, from, to, count } of model.edges) {
    if (kind === 'claim') continue
    const pair = kind === 'request' ? `${from} ${to}` : `${to} ${from}`
    busy.set(pair, (busy.get(pair) ?? 0) + count)
  }
  const claims = model.edges.filter((edge): edge is ClaimEdge => edge.kind === 'claim')
  return claims
    .flatMap(({ id, from, to, count }): Diagnostic[] => {
      const process = drawing.processes[drawing.processOf.get(from) ?? -1]
      const type = drawing.resources[drawing.resourceOf.get(to) ?? -1]
      if (process === undefined || type === undefined) return []
      const used = busy.get(`${from} ${to}`) ?? 0
      const at = [id, from, to]
      if (count > type.instances) {
        const { sentence, remedy } = texts.claimsTooMuch(process.name, type.name, count, type.instances)
        return [{ severity: 'error', at, sentence, remedy }]
      }
      if (used <= count) return []
      const { sentence, remedy } = texts.usesTooMuch(process.name, type.name, used, count)
      return [{ severity: 'error', at, sentence, remedy }]
    })
    .slice(0, MOST_PLACES)
}
