// The document of this lab: which experiment it is about, and the run that was kept. It is no drawing, so there never are
// records; the model has room for them because every document has.
import { z } from 'zod'
import { Recording } from '../../../contract/kernel.ts'
import { MAX_NAME_LENGTH } from '../../../contract/limits.ts'

export const NamespacesModel = z.strictObject({
  nodes: z.array(z.never()),
  edges: z.array(z.never()),
  /** id of the experiment; null before one is chosen */
  experiment: z.string().max(MAX_NAME_LENGTH).nullable().default(null),
  recording: Recording.optional(),
})
export type NamespacesModel = z.infer<typeof NamespacesModel>
