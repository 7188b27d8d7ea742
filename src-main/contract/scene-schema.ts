// A scene that crosses a wire, as a schema. Apart from the types, since only those who are sent one need it.
import { z } from 'zod'
import { MAX_DOCUMENT_RECORDS, MAX_NOTE_LENGTH } from './limits.ts'
import type { Scene } from './scene.ts'
import { Mark } from './verdict.ts'

const Id = z.string().max(200)
const Text = z.string().max(2_000)
const Measure = z.number().min(-1e9).max(1e9)
const Size = z.number().min(0).max(1e9)
const Place = { x: Measure, y: Measure }
const Box = { ...Place, width: Size, height: Size }

const SceneNode = z.object({
  id: Id,
  kind: Id,
  ...Box,
  outline: z.enum(['circle', 'box']),
  label: Text,
  labelPlace: z.enum(['inside', 'above', 'below', 'right', 'left']),
  sublabel: Text,
  dots: z.array(z.object({ ...Place, taken: z.boolean() })).max(10_000),
  mark: Mark.nullable(),
  container: z.literal(true).optional(),
  strip: Text.optional(),
  rim: z.enum(['double', 'dashed', 'heavy']).optional(),
})
const SceneEdge = z.object({
  id: Id,
  kind: Id,
  from: Id,
  to: Id,
  start: z.object(Place).nullable(),
  line: z.enum(['solid', 'dashed']),
  arrow: z.enum(['open', 'filled', 'none']),
  label: Text,
  bend: Measure,
  mark: Mark.nullable(),
})

export const SceneSchema = z.object({
  nodes: z.array(SceneNode).max(MAX_DOCUMENT_RECORDS),
  edges: z.array(SceneEdge).max(MAX_DOCUMENT_RECORDS),
  tags: z
    .array(z.object({ id: Id, ...Place, heading: z.number(), text: Text, lost: z.boolean() }))
    .max(MAX_DOCUMENT_RECORDS)
    .optional(),
  regions: z
    .array(z.object({ id: Id, ...Box, text: Text }))
    .max(MAX_DOCUMENT_RECORDS)
    .optional(),
  notes: z
    .array(z.object({ id: Id, ...Box, text: z.string().max(MAX_NOTE_LENGTH) }))
    .max(MAX_DOCUMENT_RECORDS)
    .optional(),
})

/** The schema as the type says: what is optional in one may be undefined in the other, which painters do not tell apart. */
export const sceneOf = (sent: z.infer<typeof SceneSchema>): Scene => sent as Scene
