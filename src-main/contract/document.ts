// The document: one drawing in one `*.interlock` file (UTF-8 JSON). This file holds its shape only;
// reading, migrating and writing it are in document-text.ts, a lab's model has its own schema.
import { z } from 'zod'
import { Layout, Name, Position, RecordId } from './document-parts.ts'
import { Attempt, Exercise } from './exercise.ts'
import { MAX_NAME_LENGTH, MAX_NOTE_LENGTH } from './limits.ts'
import { Walkthrough } from './walkthrough.ts'

export const DOCUMENT_FORMAT = 'interlock'
export const DOCUMENT_VERSION = 1

export { Layout, Name, RecordId }

/** What every node and edge of every lab has. A lab's schema adds its own fields. */
export interface NodeRecord {
  id: string
  kind: string
  name: string
  [field: string]: unknown
}
export interface EdgeRecord {
  id: string
  kind: string
  /** id of the node the arrow leaves */
  from: string
  /** id of the node the arrow points to */
  to: string
  [field: string]: unknown
}
export interface GraphModel {
  nodes: NodeRecord[]
  edges: EdgeRecord[]
}

/**
 * A note in the writer's own words. With a place (its upper left corner and its size, in canvas units) it lies on the
 * canvas; without one it is about the drawing as a whole.
 */
export const Note = z.object({
  id: RecordId,
  text: z.string().max(MAX_NOTE_LENGTH),
  place: Position.extend({ width: z.number().positive(), height: z.number().positive() }).optional(),
})
export type Note = z.infer<typeof Note>

/** Events that can be played: which simulation, from which seed, which events in which order. */
export const Script = z.object({
  simulation: z.string().max(MAX_NAME_LENGTH),
  seed: z.number().int().min(0).max(0xffff_ffff),
  events: z.array(z.unknown()),
  /** other ways it could go on: each leaves the events above after so many of them */
  branches: z
    .array(
      z.object({ name: z.string().max(MAX_NAME_LENGTH), after: z.number().int().min(0), events: z.array(z.unknown()) }),
    )
    .optional(),
})
export type Script = z.infer<typeof Script>

/** The envelope. `model` is checked a second time by the schema of the lab that `lab` names. */
export const DocumentEnvelope = z.looseObject({
  format: z.literal(DOCUMENT_FORMAT),
  version: z.number().int().min(1),
  lab: z.string().min(1).max(60),
  title: z.string().max(MAX_NAME_LENGTH),
  model: z.record(z.string(), z.unknown()),
  layout: Layout,
  notes: z.array(Note),
  script: Script.optional(),
  /** the drawing as a person wrote it, by text format: comments and order that records cannot hold */
  sources: z.record(z.string().max(60), z.string()).optional(),
  exercise: Exercise.optional(),
  /** what a student did on the exercise */
  attempt: Attempt.optional(),
  /** the drawing told as steps on a clock */
  walkthrough: Walkthrough.optional(),
})
export type DocumentEnvelope = z.infer<typeof DocumentEnvelope>
