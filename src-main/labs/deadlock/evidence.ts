// The evidence of a verdict as groups of lines, each with the records it lights up. Lists are cut, so that a verdict stays
// small whatever the drawing is. Which groups come first is decided in verdict.ts.
import type { EvidenceGroup, EvidenceItem } from '../../contract/verdict.ts'
import { type Analysis, BEHIND } from './engine/analysis.ts'
import type { Waits } from './engine/wait-for.ts'
import { ringClause } from './answer.ts'
import { type Drawing, needOf, processNames } from './naming.ts'
import { type Lights, makeLights } from './lights.ts'
import { texts } from './model/texts.ts'
import { vector } from './model/words.ts'
import { cyclePath } from './cycle-evidence.ts'

/** items of one group */
export const MOST_ITEMS = 200
/** types named in one Work vector */
const MOST_TYPES = 8

export interface Evidence {
  drawing: Drawing
  analysis: Analysis
  lights: Lights
}

export function evidenceOf(drawing: Drawing, analysis: Analysis): Evidence {
  return { drawing, analysis, lights: makeLights(drawing) }
}

/** A group, or nothing when there is nothing to show. `total` counts what was there before the list was cut. */
export function group(id: string, title: string, items: EvidenceItem[], total: number, more?: string): EvidenceGroup[] {
  if (items.length === 0) return []
  const note = more ?? (total > items.length ? texts.evidence.moreItems(items.length, total) : undefined)
  return [note === undefined ? { id, title, items } : { id, title, items, more: note }]
}

export function ringEvidence({ drawing, analysis, lights }: Evidence): EvidenceGroup[] {
  const items = analysis.rings.slice(0, MOST_ITEMS).map((ring) => ({
    text: cyclePath(drawing, ring.witness),
    // With one ring the answer itself is this sentence.
    ...(analysis.rings.length === 1 ? {} : { detail: texts.sentences.ring(ringClause(drawing, analysis, ring)) }),
    lights: lights.ring(ring, analysis.ringOf!),
  }))
  return group('rings', texts.evidence.rings, items, analysis.rings.length)
}

export function behindEvidence({ drawing, analysis, lights }: Evidence): EvidenceGroup[] {
  const { graph } = drawing
  const { requests } = graph
  const { work, finishes } = analysis.reduction
  const items: EvidenceItem[] = []
  let total = 0
  for (let process = 0; process < graph.processes; process += 1) {
    if (analysis.classes[process] !== BEHIND) continue
    total += 1
    if (items.length === MOST_ITEMS) continue
    const unmet: number[] = []
    for (let entry = requests.start[process]!; entry < requests.start[process + 1]!; entry += 1) {
      if (requests.count[entry]! > work[requests.to[entry]!]!) unmet.push(entry)
    }
    const first = unmet[0]!
    const resource = requests.to[first]!
    const need = needOf(drawing, process, resource, requests.count[first]!, work, finishes)
    items.push({
      text: `${texts.evidence.need(need)}.`,
      ...(unmet.length > 1 ? { detail: texts.evidence.needDetail(unmet.length - 1) } : {}),
      lights: lights.wait(process, resource),
    })
  }
  return group('behind', texts.evidence.behind, items, total)
}

export function impossibleEvidence({ drawing, analysis, lights }: Evidence): EvidenceGroup[] {
  const items = analysis.impossible.slice(0, MOST_ITEMS).map(({ process, resource, count }) => ({
    text: texts.sentences.impossible(
      drawing.processName(process),
      drawing.resourceName(resource),
      count,
      drawing.graph.total[resource]!,
    ),
    lights: lights.request(process, resource),
  }))
  return group('impossible', texts.evidence.impossible, items, analysis.impossible.length)
}

export function orderEvidence({ drawing, analysis, lights }: Evidence): EvidenceGroup[] {
  const { graph } = drawing
  const { order } = analysis.reduction
  if (graph.processes === 0) return []
  const work = graph.available.slice()
  const everyType = Array.from({ length: Math.min(graph.resources, MOST_TYPES + 1) }, (_, resource) => resource)
  const workText = (changed: readonly number[]): string => {
    const shown = graph.resources <= MOST_TYPES ? everyType : changed
    return vector(shown, (type) => `${drawing.resourceName(type)} ${work[type]}`, MOST_TYPES, graph.resources)
  }
  const items: EvidenceItem[] = [
    { text: texts.evidence.start, detail: texts.evidence.startDetail(workText(everyType)), lights: [] },
  ]
  for (const process of order.subarray(0, MOST_ITEMS)) {
    const given: number[] = []
    const parts: string[] = []
    for (let entry = graph.holds.start[process]!; entry < graph.holds.start[process + 1]!; entry += 1) {
      const resource = graph.holds.to[entry]!
      work[resource]! += graph.holds.count[entry]!
      given.push(resource)
      parts.push(texts.evidence.held(drawing.resourceName(resource), graph.holds.count[entry]!, graph.total[resource]!))
    }
    items.push({
      text: texts.evidence.finishes(drawing.processName(process), parts, MOST_TYPES),
      detail: texts.evidence.work(workText(given)),
      lights: lights.process(process),
    })
  }
  const steps = order.length + 1
  const left: number[] = []
  analysis.reduction.finishes.forEach((finishes, process) => {
    if (finishes === 0) left.push(process)
  })
  if (left.length === 0 || items.length < steps) return group('order', texts.evidence.order, items, steps)
  items.push({
    text: texts.evidence.nobodyElse,
    detail: texts.evidence.left(processNames(drawing, left, MOST_TYPES)),
    lights: left.slice(0, MOST_ITEMS).map((process) => drawing.processes[process]!.id),
  })
  return group('order', texts.evidence.order, items, steps + 1)
}

export function waitEvidence({ drawing, lights }: Evidence, waits: Waits): EvidenceGroup[] {
  const { evidence } = texts
  const items = waits.from.slice(0, MOST_ITEMS).map((process, index) => {
    const holder = waits.to[index]!
    return {
      text: evidence.waits(drawing.processName(process), drawing.processName(holder)),
      lights: lights.waitFor(process, holder),
    }
  })
  const more = waits.complete ? undefined : evidence.moreWaits(items.length)
  return group('waitFor', evidence.waitFor, items, waits.from.length, more)
}
