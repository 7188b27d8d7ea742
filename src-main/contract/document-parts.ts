// What several parts of a document are made of: ids, names and places.
import { z } from 'zod'
import { MAX_NAME_LENGTH } from './limits.ts'

/** An id of a record: unique in its document over nodes, edges and placed notes together, never shown as a name. */
export const RecordId = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9_.:~-]+$/, 'an id of only letters, digits and _ . : ~ -')
  // Tables by id are plain objects in many places; an id such as `constructor` would find what is not in the table.
  .refine((id) => !(id in {}), 'an id that is not a word of the language, such as "constructor"')

/** A name that a person gives; Unicode, no control characters. */
export const Name = z
  .string()
  .min(1)
  .max(MAX_NAME_LENGTH)
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'a name without control characters')

export const Position = z.object({ x: z.number().finite(), y: z.number().finite() })

/** Positions of nodes, kept apart from the meaning. */
export const Layout = z.object({ positions: z.record(RecordId, Position) })
export type Layout = z.infer<typeof Layout>
