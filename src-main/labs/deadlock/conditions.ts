// The four conditions of Coffman, Elphick and Shoshani (System Deadlocks, 1971), each with what fulfils or breaks it in
// this drawing. Two of them hold by the rules of the drawing, and it says so. Linear in the drawing.
import type { EvidenceGroup, EvidenceItem, Mark } from '../../contract/verdict.ts'
import { cyclePath } from './cycle-evidence.ts'
import type { Evidence } from './evidence.ts'
import { conditionTexts as words } from './model/condition-texts.ts'
import { processNames } from './naming.ts'

/** names and lit processes of one condition */
const MOST = 6

/**
 * @param cycles the evidence about cycles, whose first one is told when there is no deadlock
 * @returns nothing while the answer is withheld, and for a drawing without edges
 */
export function conditionEvidence(
  evidence: Evidence,
  cycles: { first: EvidenceItem | undefined; found: number },
): EvidenceGroup[] {
  const { graph } = evidence.drawing
  if (evidence.analysis.deadlock === null || graph.requests.to.length + graph.holds.to.length === 0) return []
  const [exclusion, preemption] = rulesOfTheDrawing(evidence)
  const items = [exclusion, holdAndWait(evidence), preemption, circularWait(evidence, cycles)]
  return [{ id: 'conditions', title: words.title, items }]
}

/** What is fulfilled is part of a deadlock when there is one; otherwise it only stands ready. */
function fulfilled({ analysis }: Evidence, name: string, detail: string, lights: string[]): EvidenceItem {
  const mark: Mark = analysis.deadlock === true ? 'ring' : 'behind'
  return { text: words.fulfilled(name), detail, mark, lights }
}

const broken = (name: string, detail: string, lights: string[]): EvidenceItem => ({
  text: words.broken(name),
  detail,
  mark: 'free',
  lights,
})

function rulesOfTheDrawing(evidence: Evidence): [EvidenceItem, EvidenceItem] {
  const { drawing, analysis } = evidence
  const { graph } = drawing
  const ring = analysis.rings[0]
  // Somebody on the ring, if there is one: it waits for a type, whose units are what a ring is made of.
  const holder = ring?.members.find((p) => graph.holds.start[p]! < graph.holds.start[p + 1]!) ?? firstHolder(evidence)
  if (holder === -1) {
    return [
      fulfilled(evidence, words.exclusion, words.exclusionIdle, []),
      fulfilled(evidence, words.preemption, words.preemptionIdle, []),
    ]
  }
  const own = analysis.ringOf?.[holder]
  const start = graph.holds.start[holder]!
  const row = graph.holds.to.subarray(start, graph.holds.start[holder + 1])
  const onRing = row.findIndex((r) => own !== undefined && own !== -1 && analysis.ringOf?.[graph.processes + r] === own)
  const entry = start + Math.max(0, onRing)
  const resource = graph.holds.to[entry]!
  const [p, r] = [drawing.processName(holder), drawing.resourceName(resource)]
  const lights = evidence.lights.assignment(holder, resource)
  return [
    fulfilled(evidence, words.exclusion, words.exclusionHeld(p, r, graph.holds.count[entry]!), lights),
    fulfilled(evidence, words.preemption, words.preemptionHeld(p, r), lights),
  ]
}

function firstHolder({ drawing: { graph } }: Evidence): number {
  for (let p = 0; p < graph.processes; p += 1) if (graph.holds.start[p]! < graph.holds.start[p + 1]!) return p
  return -1
}

/** A process waits for a type when it asks for more of it than is available now. */
function holdAndWait(evidence: Evidence): EvidenceItem {
  const { drawing, analysis, lights } = evidence
  const { requests, holds, available, processes } = drawing.graph
  const both: number[] = []
  const waiting: number[] = []
  let bothTotal = 0
  let waitingTotal = 0
  const waitsFor = (process: number): number => {
    for (let entry = requests.start[process]!; entry < requests.start[process + 1]!; entry += 1) {
      if (requests.count[entry]! > available[requests.to[entry]!]!) return requests.to[entry]!
    }
    return -1
  }
  const look = (process: number): void => {
    if (waitsFor(process) === -1) return
    waitingTotal += 1
    if (waiting.length < MOST) waiting.push(process)
    if (holds.start[process]! === holds.start[process + 1]!) return
    bothTotal += 1
    if (both.length < MOST) both.push(process)
  }
  // Those on a ring are told first, since it is they who make the deadlock.
  const onRing = (process: number): boolean => (analysis.ringOf?.[process] ?? -1) !== -1
  for (let p = 0; p < processes; p += 1) if (onRing(p)) look(p)
  for (let p = 0; p < processes; p += 1) if (!onRing(p)) look(p)

  const first = both[0]
  if (first === undefined) {
    const detail =
      waitingTotal === 0
        ? words.nobodyWaits
        : words.nobodyHolds(processNames(drawing, waiting, MOST).shown, waitingTotal)
    return broken(
      words.holdAndWait,
      detail,
      waiting.map((process) => drawing.processes[process]!.id),
    )
  }
  const detail = words.holdsAndWaits(
    drawing.processName(first),
    drawing.resourceName(holds.to[holds.start[first]!]!),
    drawing.resourceName(waitsFor(first)),
    bothTotal - 1,
  )
  return fulfilled(evidence, words.holdAndWait, detail, [
    ...new Set(both.flatMap((process) => lights.process(process))),
  ])
}

/**
 * Circular wait is necessary for a deadlock. With one instance of each type on it a cycle is sufficient too; with
 * several it is not, and what is sufficient is that none of those on it can ever finish (Holt 1972).
 */
function circularWait(evidence: Evidence, cycles: { first: EvidenceItem | undefined; found: number }): EvidenceItem {
  const { drawing, analysis, lights } = evidence
  const { graph } = drawing
  const ring = analysis.rings[0]
  if (ring !== undefined) {
    const path = cyclePath(drawing, ring.witness)
    const singles = ring.witness.every((v) => v < graph.processes || graph.total[v - graph.processes] === 1)
    const { shown, total } = processNames(drawing, ring.members, MOST)
    let detail = words.ringOfSeveral(path, shown, total)
    if (singles) detail = words.ringOfSingles(path)
    else if (total === 1) detail = words.ringOfOne(path, shown[0]!)
    return fulfilled(evidence, words.circular, detail, lights.ring(ring, analysis.ringOf!))
  }
  const { first, found } = cycles
  if (first === undefined) return broken(words.circular, found === 0 ? words.noCycle : words.someOpen, [])
  const detail = first.detail === undefined ? words.lastsOtherwise(first.text) : words.opens(first.text, first.detail)
  return broken(words.circular, detail, first.lights)
}
