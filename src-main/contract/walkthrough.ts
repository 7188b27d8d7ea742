// A walkthrough: a drawing told as steps on a clock, each with what changes, where the run stands and what is said.
// It holds its own first drawing, so that later edits of the document never break it. Pure data; plays nothing itself.
import { z } from 'zod'
import { Layout, Position, RecordId } from './document-parts.ts'
import {
  MAX_CAPTION_LENGTH,
  MAX_DOCUMENT_RECORDS,
  MAX_NAME_LENGTH,
  MAX_NOTE_LENGTH,
  MAX_RUN_EVENTS,
  MAX_STEP_MS,
  MAX_WALKTHROUGH_STEPS,
} from './limits.ts'

/** Any record of the drawing; what it must hold is the lab's business and is checked before it is shown. */
const AnyRecord = z.looseObject({ id: RecordId })
const PlacedNote = z.object({
  id: RecordId,
  text: z.string().max(MAX_NOTE_LENGTH),
  place: Position.extend({ width: z.number().positive(), height: z.number().positive() }).optional(),
})

/** What is drawn at one moment. `fields` is what the model holds beside nodes and edges, such as a policy. */
export const Picture = z.object({
  nodes: z.array(AnyRecord).max(MAX_DOCUMENT_RECORDS),
  edges: z.array(AnyRecord).max(MAX_DOCUMENT_RECORDS),
  notes: z.array(PlacedNote).max(MAX_DOCUMENT_RECORDS),
  positions: Layout.shape.positions,
  fields: z.record(z.string(), z.unknown()),
})
export type Picture = z.infer<typeof Picture>

/** One record that is there from now on as given, or is gone. */
export const PictureChange = z.union([
  z.strictObject({ in: z.enum(['nodes', 'edges']), put: AnyRecord }),
  z.strictObject({ in: z.literal('notes'), put: PlacedNote }),
  z.strictObject({ in: z.literal('positions'), id: RecordId, put: Position }),
  z.strictObject({ in: z.literal('fields'), id: z.string().max(MAX_NAME_LENGTH), put: z.unknown() }),
  z.strictObject({ in: z.enum(['nodes', 'edges', 'notes', 'positions', 'fields']), remove: z.string().max(100) }),
])
export type PictureChange = z.infer<typeof PictureChange>

/** Asked when the step has been shown; the clock stands until it is answered. */
export const StepQuestion = z.object({
  text: z.string().min(1).max(MAX_CAPTION_LENGTH),
  answers: z
    .array(z.object({ text: z.string().min(1).max(MAX_NAME_LENGTH), right: z.boolean() }))
    .min(2)
    .max(8),
  why: z.string().max(MAX_CAPTION_LENGTH).optional(),
})
export type StepQuestion = z.infer<typeof StepQuestion>

/** Where a run stands: all its events from the start. */
export const RunPlace = z.object({
  simulation: z.string().max(MAX_NAME_LENGTH),
  seed: z.number().int().min(0).max(0xffff_ffff),
  events: z.array(z.unknown()).max(MAX_RUN_EVENTS),
})
export type RunPlace = z.infer<typeof RunPlace>

export const WalkthroughStep = z.object({
  id: RecordId,
  /** how long it is shown, in milliseconds; its changes happen at its beginning */
  ms: z.number().int().min(0).max(MAX_STEP_MS),
  caption: z.string().max(MAX_CAPTION_LENGTH),
  /** a chapter with this title begins here */
  chapter: z.string().min(1).max(MAX_NAME_LENGTH).optional(),
  changes: z.array(PictureChange).max(MAX_DOCUMENT_RECORDS),
  /** ids of what is selected */
  selection: z.array(RecordId).max(MAX_DOCUMENT_RECORDS).optional(),
  run: RunPlace.optional(),
  question: StepQuestion.optional(),
})
export type WalkthroughStep = z.infer<typeof WalkthroughStep>

export const Walkthrough = z.object({
  title: z.string().max(MAX_NAME_LENGTH),
  start: Picture,
  steps: z.array(WalkthroughStep).min(1).max(MAX_WALKTHROUGH_STEPS),
})
export type Walkthrough = z.infer<typeof Walkthrough>
