// What would break a deadlock, as changes of records with reasons. The smallest come first: fewer units, then an edge that
// keeps some units before a whole edge, then edges before a further instance, then the order of the drawing.
import type { LabEngine } from '../../../contract/lab.ts'
import { MAX_LISTED_REPAIRS, MAX_REPAIR_CHANGES, MAX_REPAIR_WORK } from '../../../contract/limits.ts'
import type { RecordChange, Repair } from '../../../contract/verdict.ts'
import { analyse } from '../engine/analysis.ts'
import { repairTexts } from '../model/repair-texts.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { type Drawing, processNames, readDrawing } from '../naming.ts'
import { type Found, searchRepairs } from './search.ts'
import { type Change, type Stuck, stuckPart } from './stuck.ts'

/** processes named in one finishing order */
const MOST_NAMES = 6

type Repairs = ReturnType<NonNullable<LabEngine['repairs']>>

/**
 * The smallest changes after which there is no deadlock: single ones, or, when none is enough, the smallest sets of
 * them. A change takes units from a request or an assignment (as few as are enough, at most all, which removes the
 * edge), or gives a type one instance more. Nothing is proposed while more units are assigned than exist, since the
 * verdict is withheld then; a request for more than exists is no deadlock and is left as it is.
 * @param work edges that may be visited before the search stops
 */
export function repairs(model: DeadlockModel, work = MAX_REPAIR_WORK): Repairs {
  const drawing = readDrawing(model)
  const analysis = analyse(drawing.graph)
  const { remarks } = repairTexts
  if (analysis.deadlock === null) return { repairs: [], remark: remarks.withheld }
  if (!analysis.deadlock) return { repairs: [], remark: null }
  const stuck = stuckPart(drawing.graph, analysis)
  const { found, size, complete } = searchRepairs(stuck, MAX_REPAIR_CHANGES, work)
  const made = repairsOf(drawing, stuck, found)
  const listed = made.slice(0, MAX_LISTED_REPAIRS)
  const said: string[] = []
  if (complete && made.length === 0) said.push(remarks.none(MAX_REPAIR_CHANGES))
  if (made.length > 0 && size > 1) said.push(remarks.sets(size))
  if (made.length > listed.length) said.push(remarks.cut(listed.length, made.length))
  if (!complete) said.push(remarks.stopped(made.length))
  if (made.length > 0 && analysis.impossible.length > 0) said.push(remarks.impossible(analysis.impossible.length))
  return { repairs: listed, remark: said.length === 0 ? null : said.join(' ') }
}

function repairsOf(drawing: Drawing, stuck: Stuck, found: readonly Found[]): Repair[] {
  const key = (process: number, resource: number): number => process * drawing.graph.resources + resource
  const { processOf, resourceOf } = drawing
  const requestId = new Map(drawing.requests.map((e) => [key(processOf.get(e.from)!, resourceOf.get(e.to)!), e.id]))
  const holdId = new Map(drawing.assignments.map((e) => [key(processOf.get(e.to)!, resourceOf.get(e.from)!), e.id]))
  const weighed = found.map((set) => ({ set, weight: weightOf(stuck, set.changes) }))
  weighed.sort((a, b) => a.weight[0] - b.weight[0] || a.weight[1] - b.weight[1])
  return weighed.map(({ set: { changes, order } }): Repair => {
    const titles: string[] = []
    const edits: RecordChange[] = []
    const lights = new Set<string>()
    for (const { kind, at, units } of changes) {
      if (kind === 'instance') {
        const { id, name, instances } = drawing.resources[stuck.types[at]!]!
        titles.push(repairTexts.add(name, instances, units))
        edits.push({ do: 'set', id, field: 'instances', value: instances + units })
        lights.add(id)
        continue
      }
      const edge = (kind === 'request' ? stuck.requests : stuck.holds)[at]!
      const process = stuck.processes[edge.process]!
      const resource = stuck.types[edge.type]!
      const id = (kind === 'request' ? requestId : holdId).get(key(process, resource))!
      const whole = units === edge.count
      const [p, r] = [drawing.processName(process), drawing.resourceName(resource)]
      if (kind === 'request') {
        titles.push(whole ? repairTexts.withdraw(p, r) : repairTexts.askLess(p, r, edge.count, units))
      } else {
        titles.push(whole ? repairTexts.giveBack(p, r, units) : repairTexts.giveSome(p, r, edge.count, units))
      }
      edits.push(whole ? { do: 'remove', id } : { do: 'set', id, field: 'count', value: edge.count - units })
      for (const light of [drawing.processes[process]!.id, id, drawing.resources[resource]!.id]) lights.add(light)
    }
    const finishing = order.slice(0, MOST_NAMES).map((place) => stuck.processes[place]!)
    return {
      id: edits.map((edit) => (edit.do === 'set' ? `${edit.id}=${String(edit.value)}` : `-${edit.id}`)).join(' '),
      title: repairTexts.all(titles),
      sentence: repairTexts.order(processNames(drawing, finishing, MOST_NAMES).shown, order.length),
      lights: [...lights],
      edits,
    }
  })
}

/** Units changed in all; then what is changed, the lightest first. */
function weightOf(stuck: Stuck, changes: readonly Change[]): [number, number] {
  let units = 0
  let kinds = 0
  for (const change of changes) {
    units += change.units
    if (change.kind === 'instance') kinds += 4
    else {
      const edge = (change.kind === 'request' ? stuck.requests : stuck.holds)[change.at]!
      kinds += (edge.count === change.units ? 2 : 0) + (change.kind === 'request' ? 0 : 1)
    }
  }
  return [units, kinds]
}
