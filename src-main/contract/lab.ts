// What a lab brings, as types: its model (shared with the page) and its engine (main side only).
// Knows no lab.
import type { z } from 'zod'
import type { EdgeRecord, GraphModel, Layout, NodeRecord } from './document.ts'
import type { Scene } from './scene.ts'
import type { Diagnostic, Mark, Verdict } from './verdict.ts'
import type { Simulation } from '../simulation/simulation.ts'

/** A number field of a record, such as the instances of a resource type. */
export interface NumberField {
  key: string
  label: string
  type: 'integer'
  min: number
  max: number
}

export interface NodeKind {
  kind: string
  /** "Process" */
  label: string
  /** single key that creates one, such as "P" */
  key: string
  /** prefix of ids and of first names: P gives P1, P2, … */
  prefix: string
  fields: NumberField[]
  /** values of a new record besides id, kind and name */
  defaults: Record<string, unknown>
}

export interface EdgeKind {
  kind: string
  label: string
  fields: NumberField[]
  defaults: Record<string, unknown>
}

/** The answer to "may an edge go from here to there?": the kind of edge it makes, or why it has no meaning. */
export type Connection = { kind: string } | { refused: string }

/** The part of a lab that host and page share: schema, kinds, meaning of connections, picture. Pure functions. */
export interface LabModel<M extends GraphModel = GraphModel> {
  id: string
  schema: z.ZodType<M>
  nodeKinds: readonly NodeKind[]
  edgeKinds: readonly EdgeKind[]
  /** What an edge between these nodes would mean. An edge that has a meaning is never refused. */
  connect(from: NodeRecord, to: NodeRecord): Connection
  /**
   * What happens when a person connects two nodes that are connected already by an edge of the same kind:
   * the changed edge (for example with a count one higher).
   */
  merge(existing: EdgeRecord): EdgeRecord
  /** Structural faults a schema cannot express (edge to a missing node, two edges that should be one), as places in the model. */
  faults(model: M): { path: (string | number)[]; message: string }[]
  /**
   * The drawing as shapes.
   * @param layout positions; a node without one is placed on a grid by the caller before
   * @param marks state of records, from a verdict or a simulation
   */
  picture(model: M, layout: Layout, marks: Readonly<Record<string, Mark>>): Scene
}

/** A function of a lab for scripts: the `interlock eval <lab>.<operation>` of the command line. */
export interface Operation<Input = unknown, Output = unknown> {
  /** one sentence */
  summary: string
  input: z.ZodType<Input>
  /** lines that describe the input and the output fields */
  help: string[]
  example: { input: Input; output: Output }
  run(input: Input): Output
}

export interface Sample {
  id: string
  title: string
}

/** The main-side part of a lab. */
export interface LabEngine<M extends GraphModel = GraphModel> {
  id: string
  model: LabModel<M>
  verdict(model: M): Verdict
  diagnose(model: M): Diagnostic[]
  simulations: Readonly<Record<string, Simulation<M>>>
  operations: Readonly<Record<string, Operation>>
  /** ids of the samples in the lab's `samples` folder, in the order in which they are offered; the first opens at first start */
  samples: readonly string[]
}
