// Reads any text that is a drawing: Interlock's own documents, and every text format that a lab reads, told apart by
// content and name. What has no positions is laid out. Knows no lab and no format by name.
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, type DocumentEnvelope, type Layout } from '../contract/document.ts'
import { type ParsedDocument, parseDocument, tooManyBytes, utf8Length } from '../contract/document-text.ts'
import { InterlockError } from '../contract/errors.ts'
import { firstIssue, placeOf } from '../contract/issues.ts'
import type { LabModel, ReadDrawing, TextFormat } from '../contract/lab.ts'
import { MAX_DOCUMENT_BYTES, MAX_NAME_LENGTH } from '../contract/limits.ts'
import { isOwnDocument } from './own-document.ts'
import { placeAll } from './placing.ts'

export interface Imported extends ParsedDocument {
  /** label of the format it was read from; missing for a document of Interlock's own */
  imported?: string
}

/**
 * Reads a drawing from a text.
 * @param name name of its file, with its ending; empty for a text without one
 * @param models models of all labs, in the order in which their formats are tried
 * @throws InterlockError `bad-input` with `line` and `column` in its details where the text stops making sense, or
 *   whatever `parseDocument` throws
 */
export function readAnyText(text: string, name: string, models: readonly LabModel[]): Imported {
  if (text.length > MAX_DOCUMENT_BYTES || utf8Length(text) > MAX_DOCUMENT_BYTES) throw tooManyBytes()
  const find = (id: string): LabModel | undefined => models.find((model) => model.id === id)
  if (isOwnDocument(text, name)) return parseDocument(text, find)
  const clean = text.replace(/^\ufeff/, '')
  const found = recognised(clean, name, models)
  if (found !== null) return { ...documentOf(clean, name, found), readOnly: null, imported: found.format.label }
  // JSON of another kind: the reader of documents says what is missing.
  if (/^\s*[{[]/.test(clean)) return parseDocument(text, find)
  const labels = models.flatMap(({ formats }) => formats.filter(({ read }) => read).map(({ label }) => label))
  throw new InterlockError(
    'bad-input',
    clean.trim() === ''
      ? 'This text is empty, so there is nothing to draw.'
      : `This is no text that Interlock can draw. It reads its own drawings (*.interlock) and ${[...new Set(labels)].join(', ')}.`,
    { line: 1, column: 1 },
  )
}

interface Found {
  lab: LabModel
  format: TextFormat
}

/** The format of a text: one that its name and its content agree on, else one that its content looks like. */
function recognised(text: string, name: string, models: readonly LabModel[]): Found | null {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const candidates = models.flatMap((lab) =>
    lab.formats
      .filter((format) => format.read !== undefined && format.recognises(text, name))
      .map((format) => ({ lab, format })),
  )
  return candidates.find(({ format }) => format.extensions.includes(ending)) ?? candidates[0] ?? null
}

function documentOf(text: string, name: string, { lab, format }: Found): Omit<ParsedDocument, 'readOnly'> {
  const drawing = format.read?.(text)
  if (drawing === undefined) throw new InterlockError('internal', `${format.label} cannot be read.`)
  const { model, title, source, remarks } = drawing
  checkModel(lab, drawing)
  const document: DocumentEnvelope = {
    format: DOCUMENT_FORMAT,
    version: DOCUMENT_VERSION,
    lab: lab.id,
    title: (title ?? name.replace(/\.[^.]+$/, '')).trim().slice(0, MAX_NAME_LENGTH).toWellFormed(),
    model: { ...model },
    layout: laidOut(lab, drawing),
    notes: [],
    ...(source === undefined ? {} : { sources: { [format.id]: source } }),
  }
  return { document, remarks: [`Read as ${format.label}.`, ...remarks] }
}

/** A format that reads something its lab does not allow is told as a fault of the text, with the place in the model. */
function checkModel(lab: LabModel, { model }: ReadDrawing): void {
  const result = lab.schema.safeParse(model)
  const issue = result.success ? null : firstIssue(result.error, model)
  const fault = result.success ? lab.faults(model)[0] : undefined
  if (issue !== null) {
    throw new InterlockError('bad-input', `${issue.at}: expected ${issue.expected}, found ${issue.found}.`)
  }
  if (fault !== undefined) throw new InterlockError('bad-input', `${placeOf(fault.path)}: ${fault.message}`)
}

const GAP = 96

/** Positions for all nodes: those of the text stay, the others are laid out below them. */
export function laidOut(lab: LabModel, { model, layout }: Pick<ReadDrawing, 'model' | 'layout'>): Layout {
  const known = layout?.positions ?? {}
  const missing = model.nodes.filter(({ id }) => !Object.hasOwn(known, id))
  if (missing.length === 0) return { positions: known }
  const names = new Set(missing.map(({ id }) => id))
  const links = model.edges.filter(({ from, to }) => names.has(from) && names.has(to))
  const shapes = lab.picture(model, { positions: {} }, {}).nodes.filter(({ id }) => names.has(id))
  const placed = placeAll(shapes, links)
  const places = Object.values(known)
  const left = places.reduce((least, { x }) => Math.min(least, x), places[0]?.x ?? 0)
  const bottom = places.reduce((most, { y }) => Math.max(most, y), -GAP)
  return {
    positions: {
      ...known,
      ...Object.fromEntries(Object.entries(placed).map(([id, { x, y }]) => [id, { x: left + x, y: bottom + GAP + y }])),
    },
  }
}
