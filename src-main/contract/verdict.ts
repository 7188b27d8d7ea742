// The shape of a verdict: the same for every lab, so that the panel, the command line and grading know no lab.
import { z } from 'zod'

/**
 * The states of things in a drawing. Each is shown by colour, outline and badge together. `unsafe` is no harm yet: it could
 * come to harm by what was declared.
 */
export const Mark = z.enum(['free', 'ring', 'behind', 'unsafe', 'impossible'])
export type Mark = z.infer<typeof Mark>

/** One change to one record, as data. A node that is removed takes its edges with it. */
export const RecordEdit = z.discriminatedUnion('do', [
  z.object({ do: z.literal('remove'), id: z.string() }),
  z.object({ do: z.literal('set'), id: z.string(), field: z.string(), value: z.unknown() }),
  /** a new node; it is placed where there is room, and its id is changed when it is taken */
  z.object({
    do: z.literal('add'),
    node: z.looseObject({ id: z.string(), kind: z.string(), name: z.string() }),
  }),
])
export type RecordEdit = z.infer<typeof RecordEdit>
/** A change to a record that is there. */
export type RecordChange = Exclude<RecordEdit, { do: 'add' }>

/** A change of the drawing that would turn a bad verdict into a good one. Offered, never made unasked. */
export const Repair = z.object({
  id: z.string(),
  /** in the imperative, with the drawing's own names */
  title: z.string(),
  /** why this frees it, in one sentence */
  sentence: z.string(),
  lights: z.array(z.string()),
  edits: z.array(RecordEdit),
})
export type Repair = z.infer<typeof Repair>

/** Something in the drawing that cannot be so, or that a person should know. It never blocks an edit. */
export const Diagnostic = z.object({
  severity: z.enum(['error', 'warning', 'note']),
  /** ids of the records concerned; the first one is where a click goes */
  at: z.array(z.string()),
  sentence: z.string(),
  remedy: z.string(),
  /** which rule says so, in a few words, where rules have names */
  rule: z.string().optional(),
  /** what would mend it, where that is clear; `id` is not used */
  fix: Repair.optional(),
})
export type Diagnostic = z.infer<typeof Diagnostic>

export const EvidenceItem = z.object({
  text: z.string(),
  /** secondary text, such as the Work vector after a step */
  detail: z.string().optional(),
  /** how it stands with this item, shown as a badge */
  mark: Mark.optional(),
  /** ids of the records that light up on the canvas while this item is hovered or focused */
  lights: z.array(z.string()),
})
export type EvidenceItem = z.infer<typeof EvidenceItem>

export const EvidenceGroup = z.object({
  id: z.string(),
  title: z.string(),
  items: z.array(EvidenceItem),
  /** shown folded: long, and read by few */
  folded: z.literal(true).optional(),
  /** said below the items when the list was cut, for example "more exist" */
  more: z.string().optional(),
})
export type EvidenceGroup = z.infer<typeof EvidenceGroup>

export const Verdict = z.object({
  /** the answer in a word or two, such as "Deadlock" */
  word: z.string(),
  /** how the answer is coloured and badged; `impossible` when something is withheld */
  mark: Mark,
  /** one sentence why, with the drawing's own names */
  sentence: z.string(),
  /** what the verdict does not say, and why; null when nothing is withheld */
  withheld: z.string().nullable(),
  diagnostics: z.array(Diagnostic),
  /** state of each record that has one, by record id (nodes and edges) */
  marks: z.record(z.string(), Mark),
  evidence: z.array(EvidenceGroup),
  rule: z.object({ name: z.string(), explanation: z.string(), source: z.string() }),
  /** simulations that show how the answer comes about, offered as buttons */
  simulations: z.array(z.object({ id: z.string(), label: z.string() })),
})
export type Verdict = z.infer<typeof Verdict>
