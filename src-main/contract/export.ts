// What a drawing can be exported as besides a lab's text formats, and the choices that go with it.
import { z } from 'zod'

/** Pictures, offered for every lab. The ids of text formats are the lab's own; none may be one of these. */
export const pictureFormats = ['svg', 'png', 'pdf', 'tikz'] as const
export type PictureFormat = (typeof pictureFormats)[number]

export const ExportOptions = z.object({
  /** the verdict's marks on nodes and edges */
  marks: z.boolean(),
  /** the verdict as a line under a picture, or as a comment in a text that has comments */
  verdict: z.boolean(),
  /** the drawing's title over a picture */
  title: z.boolean(),
  /** PNG: pixels for each unit of the canvas */
  scale: z.number().min(1).max(4),
  background: z.enum(['white', 'transparent']),
  /** SVG: letters as shapes instead of text with the font inside */
  outlines: z.boolean(),
  /** TikZ: the picture alone, to be put into a document, instead of a document of its own */
  fragment: z.boolean(),
})
export type ExportOptions = z.infer<typeof ExportOptions>

export const defaultExportOptions: ExportOptions = {
  marks: true,
  verdict: false,
  title: false,
  scale: 2,
  background: 'white',
  outlines: false,
  fragment: false,
}

/** What the trace of a run can be exported as: the space-time diagram as a picture, and texts for other programs. */
export const runPictureFormats = ['space-time-svg', 'space-time-png', 'space-time-pdf', 'space-time-tikz'] as const
export const runTextFormats = ['shiviz', 'sequence', 'trace-json', 'counters'] as const
export const runFormats = [...runTextFormats, ...runPictureFormats] as const
export const RunFormat = z.enum(runFormats)
export type RunFormat = z.infer<typeof RunFormat>

/** The look of a picture, and how a space-time diagram is drawn. */
export const RunExportOptions = ExportOptions.omit({ marks: true, verdict: true }).extend({
  /** what distances mean: simulated time, or only which event came after which */
  axis: z.enum(['time', 'order']),
  /** time runs to the right instead of down */
  across: z.boolean(),
  /** what is written at each event */
  stamps: z.enum(['none', 'lamport', 'vector', 'matrix']),
})
export type RunExportOptions = z.infer<typeof RunExportOptions>

export const defaultRunExportOptions: RunExportOptions = {
  title: false,
  scale: 2,
  background: 'white',
  outlines: false,
  fragment: false,
  axis: 'order',
  across: true,
  stamps: 'none',
}

/**
 * What a walkthrough can be exported as: a web page that plays, a handout with a picture for each step, a zip of those
 * pictures.
 */
export const walkthroughFormats = ['html-player', 'storyboard-pdf', 'storyboard-png'] as const
export const WalkthroughFormat = z.enum(walkthroughFormats)
export type WalkthroughFormat = z.infer<typeof WalkthroughFormat>

export const WalkthroughExportOptions = z.object({
  /** pictures: pixels for each unit of the canvas */
  scale: z.number().min(1).max(4),
  /** handout: steps on a page */
  perPage: z.union([z.literal(2), z.literal(6)]),
})
export type WalkthroughExportOptions = z.infer<typeof WalkthroughExportOptions>

export const defaultWalkthroughExportOptions: WalkthroughExportOptions = { scale: 2, perPage: 6 }

export const Exported = z.object({
  /** name for a file, with its ending */
  name: z.string(),
  media: z.string(),
  /** the content of a text; null for bytes */
  text: z.string().nullable(),
  /** the content as base64; null for a text */
  base64: z.string().nullable(),
  /** what is otherwise than in the drawing, as sentences */
  remarks: z.array(z.string()),
  /** letters that the font of pictures lacks, each once; empty for none */
  lacks: z.string(),
})
export type Exported = z.infer<typeof Exported>
