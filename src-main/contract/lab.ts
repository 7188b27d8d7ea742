// What a lab brings, as types: its model (shared with the page) and its engine (main side only).
// Knows no lab.
import type { z } from 'zod'
import type { EdgeRecord, GraphModel, Layout, NodeRecord } from './document.ts'
import type { Answer, AnswerForm, Judgement } from './exercise.ts'
import type { Scene } from './scene.ts'
import type { Diagnostic, Mark, Repair, Verdict } from './verdict.ts'
import type { Simulation } from '../simulation/simulation.ts'

/** A number field of a record, such as the instances of a resource type. */
export interface NumberField {
  key: string
  label: string
  type: 'integer'
  min: number
  max: number
  /** what a record has that does not say it; such a field is shown with the record's properties alone, not in lists */
  usual?: number
}

/** A number of nodes by which they are in groups that are drawn as regions; 1 is the group of whom nothing is said. */
export interface GroupField {
  key: string
  /** the highest group there can be */
  most: number
  /** what a person does, such as "Set apart what is selected" and "Join all parts" */
  apart: string
  join: string
}

/** A property of a record that is so or not so, such as that a node is crashed. */
export interface FlagField {
  key: string
  /** said of a record that has it, such as "crashed" */
  label: string
  /** what a person does to set it and to take it away, such as "Crash" and "Bring back" */
  set: string
  clear: string
  /** single key that changes it for what is selected */
  letter: string
}

/** A property of a record that a person sets in the inspector. A record that does not say it has the usual value. */
export type PropertyField = {
  key: string
  label: string
  /** one sentence: what it means */
  help?: string
} & (
  | { type: 'integer'; min: number; max: number; unit?: string; usual?: number }
  | { type: 'choice'; options: readonly { value: string; label: string }[]; usual?: string }
  | { type: 'flag'; usual?: boolean }
  /** a short text, such as a quantity with its unit */
  | {
      type: 'text'
      /** a regular expression for the whole text */
      pattern: string
      /** said when the text does not fit, with what would */
      expected: string
      example: string
      usual?: string
    }
)

/** How nodes lie in each other: a node's record names the one whose box it lies in under `parent`. */
export interface Nesting {
  /** Whether nodes of this kind are drawn as boxes that others can lie in. */
  holds(kind: string): boolean
  /**
   * Whether a node of a kind is at home in this one (null: beside everything). Nothing is refused: what is unusual can
   * be drawn and is judged.
   */
  athome(parent: NodeRecord | null, kind: string): boolean
  /** A drawing in good order: boxes side by side, each large enough for what lies in it. */
  tidied(model: GraphModel): Layout
}

export interface NodeKind {
  kind: string
  /** "Process" */
  label: string
  /** single key that creates one, such as "P"; missing where there are more kinds than letters */
  key?: string
  /** prefix of ids and of first names: P gives P1, P2, … */
  prefix: string
  fields: NumberField[]
  flags?: readonly FlagField[]
  properties?: readonly PropertyField[]
  /** heading under which the palette lists it, where there are many kinds */
  group?: string
  /** values of a new record besides id, kind and name */
  defaults: Record<string, unknown>
}

export interface EdgeKind {
  kind: string
  label: string
  /** the key that makes lines mean this kind, where their direction can mean several; without one nobody has to choose */
  key?: string
  /** a pair of nodes is joined by one such edge at most, in whichever direction it was drawn */
  undirected?: true
  fields: NumberField[]
  flags?: readonly FlagField[]
  properties?: readonly PropertyField[]
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
  /**
   * What an edge between these nodes would mean. An edge that has a meaning is never refused.
   * @param wanted the kind of edge a person has chosen to draw, where a direction can mean several; ignored elsewhere
   */
  connect(from: NodeRecord, to: NodeRecord, wanted?: string): Connection
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
  /** What marks of nodes and edges mean in this lab, where that is not what they usually do. */
  markWords?: Readonly<Partial<Record<Mark, string>>>
  /** Missing where nodes are in no groups. */
  groups?: GroupField
  /** Shapes that a drawing can be kept in, as values of the model's field `topology`; the first is no shape. */
  shapes?: readonly { id: string; label: string }[]
  /**
   * Keeps a drawing in the shape that it declares (a ring, a grid): called after every gesture that added, removed or
   * moved nodes, and the answer becomes part of the same entry in history. Null when nothing has to change.
   * @param model after the gesture, with the model's own fields
   * @param layout after the gesture: a node that was dropped between two others lies between them
   */
  shaped?(model: M, layout: Layout): { model: M; layout: Layout } | null
  /** Missing where nodes do not lie in each other. */
  nesting?: Nesting
  /** Text forms of the drawing, for import and export, in the order in which they are offered. */
  formats: readonly TextFormat<M>[]
}

/** A drawing as it was read from a text form. What the text does not say is left out. */
export interface ReadDrawing<M extends GraphModel = GraphModel> {
  model: M
  /** positions, when the text has them; nodes without one are laid out by the reader's caller */
  layout?: Layout
  title?: string
  /** the text itself, to be kept as the document's source of this format */
  source?: string
  /** what was read otherwise than it may have been meant, as sentences */
  remarks: string[]
}

/** A text form of a lab's drawings. */
export interface TextFormat<M extends GraphModel = GraphModel> {
  /** such as "dot"; what `interlock export --to` names */
  id: string
  /** such as "Graphviz DOT" */
  label: string
  /** endings of file names without the dot, the usual one first */
  extensions: readonly string[]
  /** media type for downloads and the clipboard */
  media: string
  /** Whether a text looks like this format. Cheap; a wrong yes leads to an error of `read`, which then explains. */
  recognises(text: string, name: string): boolean
  /** Missing in a format that is only written. @throws InterlockError `bad-input` with `line` and `column` in its details */
  read?(text: string): ReadDrawing<M>
  /** false: the format has no comments, so that `write` leaves the verdict out */
  comments?: false
  /** Missing in a format that is only read. `verdict` is the line to be carried along as a comment, or null. */
  write?(drawing: { model: M; layout: Layout; title: string; verdict: string | null }): string
}

/** A value that a person chooses for a generator. */
export interface Choice {
  key: string
  label: string
  options: readonly { value: string; label: string }[]
}

/** Makes a drawing from a seed: the same values and the same seed give the same drawing. */
export interface Generator<M extends GraphModel = GraphModel> {
  id: string
  title: string
  choices: readonly Choice[]
  fields: readonly (NumberField & { usual: number })[]
  /** @throws InterlockError `bad-input` when no drawing can have what the values ask for, with the reason */
  make(values: Readonly<Record<string, string | number>>, seed: number): { model: M; layout?: Layout; title: string }
}

/** Judges one kind of question. Answers are never stored: they are computed from the drawing that was given. */
export interface Check<M extends GraphModel = GraphModel, Params = unknown> {
  id: string
  /** what it asks for, as an author chooses it, such as "A safe order" */
  title: string
  params: z.ZodType<Params>
  /** @throws InterlockError `bad-input` when the drawing or the parameters cannot be asked this, with the reason */
  form(given: M, params: Params): AnswerForm
  /**
   * @param given the drawing that the question is about
   * @param drawing what the student's document holds now; only a check whose form is `drawing` looks at it
   * @param answer of the kind that `form` asks for
   */
  judge(asked: { given: M; drawing: M; params: Params }, answer: Answer): Judgement
  /** A right answer in words, and how many there are where there are several. */
  key(given: M, params: Params): string
}

/** What a computation that takes long tells on its way: how much of it is done, 0 to 1. */
export type Progress = (done: number) => void

/** A function of a lab for scripts: the `interlock eval <lab>.<operation>` of the command line. The page may run it too. */
export interface Operation<Input = unknown, Output = unknown> {
  /** one sentence */
  summary: string
  input: z.ZodType<Input>
  /** lines that describe the input and the output fields */
  help: string[]
  example: { input: Input; output: Output }
  run(input: Input, progress?: Progress): Output
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
  /** those of them that ask something, and whose title does not give the answer away; offered apart from the others */
  practice?: readonly string[]
  /** exercises in the lab's `exercises` folder, each with the week of the course that it belongs to */
  exercises?: readonly { id: string; week: number }[]
  /**
   * What would mend a bad verdict, the smallest first; `remark` says what was not looked for, or null.
   * Empty when nothing is to be mended.
   */
  repairs?(model: M): { repairs: Repair[]; remark: string | null }
  generators?: readonly Generator<M>[]
  /** what questions of an exercise can ask */
  checks?: readonly Check<M>[]
}
