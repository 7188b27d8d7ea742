// Gestures while a run is recorded: they change no record, but hand over the drawing as they would make it. Knows no run.
import type { EdgeRecord, GraphModel } from '@contract/document.ts'
import type { LabModel } from '@contract/lab.ts'
import { freeName } from './records/names.ts'

export interface Recorder {
  /** the drawing in the state that is shown */
  model: GraphModel
  /** hears of the drawing that a gesture made of it */
  hand(model: GraphModel): void
}

/** The drawing with an edge of this kind more, or with the edge that is there already made stronger, as in drawing. */
export function withEdge(lab: LabModel, model: GraphModel, kind: string, from: string, to: string): GraphModel {
  const at = model.edges.findIndex((edge) => edge.kind === kind && edge.from === from && edge.to === to)
  const existing = model.edges[at]
  if (existing !== undefined) {
    return { ...model, edges: model.edges.with(at, { ...lab.merge({ ...existing }), id: existing.id }) }
  }
  const taken = new Set([...model.nodes, ...model.edges].map(({ id }) => id))
  const id = freeName('e', (candidate) => taken.has(candidate))
  const defaults = lab.edgeKinds.find((candidate) => candidate.kind === kind)?.defaults
  const edge: EdgeRecord = { ...defaults, id, kind, from, to }
  return { ...model, edges: [...model.edges, edge] }
}

/** The drawing without these edges; null when none of them is there. */
export function withoutEdges(model: GraphModel, ids: Iterable<string>): GraphModel | null {
  const gone = new Set(ids)
  const edges = model.edges.filter(({ id }) => !gone.has(id))
  return edges.length === model.edges.length ? null : { ...model, edges }
}
