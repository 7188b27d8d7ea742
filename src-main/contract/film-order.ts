// What a person wants of a film, and what is kept beside an unfinished one so that it can be gone on with.
import { z } from 'zod'
import { FilmOptions } from './film.ts'

/** What a person wants; all of it is kept beside the unfinished file. */
export const FilmOrder = z.object({
  options: FilmOptions,
  /** captions as files beside the film */
  files: z.boolean(),
  /** frame that becomes a picture beside the film; null for none */
  poster: z.number().int().min(0).nullable(),
  /** whether drawings show what their verdict says */
  marks: z.boolean(),
  /** path of the film in the workspace */
  path: z.string().max(4_096),
  overwrite: z.boolean(),
})
export type FilmOrder = z.infer<typeof FilmOrder>

/** What is kept to go on: the order, and the document as it was. */
export const FilmJournal = z.object({ version: z.literal(1), order: FilmOrder, document: z.string() })
export type FilmJournal = z.infer<typeof FilmJournal>
