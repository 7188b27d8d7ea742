// Runs: what the page sees of a simulation that the host plays. Bulk is pulled in pages; a state is asked for by step.
import { z } from 'zod'
import { Mark } from './verdict.ts'

/** One row of the state table; a cell that differs from the state before is in `changed` (indices of cells). */
export const TableRow = z.object({
  id: z.string(),
  label: z.string(),
  lights: z.array(z.string()),
  cells: z.array(z.string()),
  changed: z.array(z.number().int()),
})
export const StateTable = z.object({ columns: z.array(z.string()), rows: z.array(TableRow) })
export type StateTable = z.infer<typeof StateTable>

/** An event as a line of a script; missing where the simulation has no lines. */
const Line = z.string().optional()

/** An event that is possible now. `event` is opaque to the page: it is handed back as it came. */
export const PossibleEvent = z.object({ event: z.unknown(), text: z.string(), line: Line, lights: z.array(z.string()) })
export type PossibleEvent = z.infer<typeof PossibleEvent>

/** That a property does not hold from this step on, or holds again. */
export const Finding = z.object({
  mark: Mark,
  sentence: z.string(),
  holds: z.boolean(),
  /** what was found, in a word that fits behind "the", such as "deadlock" */
  what: z.string().optional(),
})
export type Finding = z.infer<typeof Finding>

/**
 * What a step did on the lanes of a space-time diagram. A step that receives and sends is two events: first the
 * receipt, then one sending, however many messages leave with it.
 */
export const TraceEvent = z.object({
  /** simulated time, in the unit of the simulation; never decreases along a branch */
  at: z.number(),
  /** id of the record whose lane it lies on; null for what happens on the way, such as a message that is dropped */
  lane: z.string().nullable(),
  kind: z.enum(['local', 'receive', 'lost', 'delay', 'copy', 'crash', 'recover', 'pause', 'resume', 'cut', 'mend']),
  /** what is written at the event; empty for nothing */
  label: z.string(),
  /** the message that is received, lost, delayed or copied */
  message: z.string().optional(),
  /** of a message that is lost: chance took it, a link was cut, its receiver was crashed, or a person dropped it */
  why: z.enum(['chance', 'cut', 'crashed', 'dropped']).optional(),
  /** lanes that are crashed from the beginning; on the initial step only */
  down: z.array(z.string()).optional(),
  /** messages that leave with it */
  sends: z.array(
    z.object({
      message: z.string(),
      /** record id of the receiver */
      to: z.string(),
      /** what kind of message it is, such as "ELECTION" */
      label: z.string(),
      /** what it carries, in words; empty for nothing */
      detail: z.string(),
    }),
  ),
})
export type TraceEvent = z.infer<typeof TraceEvent>

/** A step of a run: a node in the tree of branches. Step 0 is the initial state and has no parent. */
export const RunStep = z.object({
  step: z.number().int().min(0),
  parent: z.number().int().min(0).nullable(),
  /** distance from the initial state */
  depth: z.number().int().min(0),
  event: z.unknown(),
  text: z.string(),
  line: Line,
  lights: z.array(z.string()),
  /** a property that this step made false (or true again), as a sentence; null when nothing changed */
  finding: Finding.nullable(),
  /** missing where the simulation has no lanes */
  trace: TraceEvent.optional(),
})
export type RunStep = z.infer<typeof RunStep>

/** A state as the page draws it. */
export const RunState = z.object({
  step: z.number().int().min(0),
  /** the drawing in this state, in the shape of the lab's model */
  model: z.record(z.string(), z.unknown()),
  marks: z.record(z.string(), Mark),
  table: StateTable,
  /** one sentence: what is so now */
  status: z.string(),
  possible: z.array(PossibleEvent),
  /** nothing comes by itself any more; what is possible, only a person does */
  rests: z.literal(true).optional(),
})
export type RunState = z.infer<typeof RunState>

/** Why a line of a script was not played: which line of those given (0 the first), where in it, and the reason. */
export const LineProblem = z.object({
  line: z.number().int().min(0),
  /** UTF-16 units from the beginning of the line */
  from: z.number().int().min(0),
  to: z.number().int().min(0),
  message: z.string(),
})
export type LineProblem = z.infer<typeof LineProblem>
