// The verdict about a drawing, in the shape every lab shares: puts answer, marks, diagnostics and evidence together.
import { MAX_CYCLE_WORK, MAX_LISTED_CYCLES, MAX_VERDICT_CYCLE_NODES, MAX_LISTED_WAITS } from '../../contract/limits.ts'
import type { Diagnostic, Verdict } from '../../contract/verdict.ts'
import { answer } from './answer.ts'
import { avoidance, claimDiagnostics } from './avoidance.ts'
import { conditionEvidence } from './conditions.ts'
import { cycleEvidence } from './cycle-evidence.ts'
import { diagnosticsOf } from './diagnostics.ts'
import { wholeGraph } from './engine/adjacency.ts'
import { analyse } from './engine/analysis.ts'
import { simpleCycles } from './engine/cycles.ts'
import { waitFor } from './engine/wait-for.ts'
import {
  behindEvidence,
  evidenceOf,
  impossibleEvidence,
  orderEvidence,
  ringEvidence,
  waitEvidence,
} from './evidence.ts'
import { marksOf } from './marks.ts'
import { avoidanceTexts } from './model/avoidance-texts.ts'
import type { DeadlockModel } from './model/schema.ts'
import { texts } from './model/texts.ts'
import { readDrawing } from './naming.ts'
import { offersFor } from './offers.ts'

/** Judges a drawing by graph reduction. While more units are assigned than exist the answer is withheld. */
export function verdict(model: DeadlockModel): Verdict {
  const drawing = readDrawing(model)
  const { graph } = drawing
  const analysis = analyse(graph)
  const cycles = simpleCycles(wholeGraph(graph), {
    listed: MAX_LISTED_CYCLES,
    listedVertices: MAX_VERDICT_CYCLE_NODES,
    // counted just far enough to know whether more exist, since a verdict follows every edit at once
    found: MAX_LISTED_CYCLES + 1,
    work: MAX_CYCLE_WORK,
  })
  const evidence = evidenceOf(drawing, analysis)
  const known = analysis.deadlock !== null
  // A deadlock or a request for more than exists says more than what might come of maxima.
  const declared = analysis.deadlock === false && analysis.impossible.length === 0 ? avoidance(model, drawing) : null
  const cycleGroup = cycleEvidence(drawing, analysis, evidence.lights, cycles)
  return {
    ...(declared?.answer ?? answer(drawing, analysis, cycles.listed.length, cycles.complete)),
    diagnostics: [...diagnosticsOf(drawing, analysis), ...claimDiagnostics(model, drawing)],
    marks: { ...marksOf(drawing, analysis), ...declared?.marks },
    evidence: [
      ...(declared?.evidence ?? []),
      ...conditionEvidence(evidence, { first: cycleGroup[0]?.items[0], found: cycles.found }),
      ...ringEvidence(evidence),
      ...impossibleEvidence(evidence),
      ...(known ? behindEvidence(evidence) : []),
      ...(known
        ? orderEvidence(evidence).map((one) => (declared ? { ...one, title: avoidanceTexts.orderNow } : one))
        : []),
      ...cycleGroup,
      ...waitEvidence(evidence, waitFor(graph, MAX_LISTED_WAITS)),
    ],
    rule: declared === null ? texts.rule : avoidanceTexts.rule,
    simulations: offersFor(model, drawing, analysis),
  }
}

/** What should be mended in a drawing. */
export function diagnose(model: DeadlockModel): Diagnostic[] {
  const drawing = readDrawing(model)
  return [...diagnosticsOf(drawing, analyse(drawing.graph)), ...claimDiagnostics(model, drawing)]
}
