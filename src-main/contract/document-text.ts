// Reads and writes the text of a document: limits first, then JSON, shape, version and meaning, each with the place
// where it fails. One parser for files, samples, uploads and recovered drafts. Knows no file and no lab by name.
import { compareIds, orderedDocument } from './document-order.ts'
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, DocumentEnvelope } from './document.ts'
import { InterlockError } from './errors.ts'
import { firstIssue, placeOf, showValue } from './issues.ts'
import { type JsonFault, parseJson } from './json.ts'
import type { LabModel } from './lab.ts'
import { MAX_DOCUMENT_BYTES, MAX_DOCUMENT_RECORDS, MAX_JSON_DEPTH } from './limits.ts'

export { compareIds }

export interface ParsedDocument {
  document: DocumentEnvelope
  /** a sentence why it can only be looked at, or null */
  readOnly: string | null
  /** what is worth knowing although it did not stop the reading */
  remarks: string[]
}

/** Turns a document of the version it stands under into one of the next version. Must not change what it is given. */
export type Migrations = Readonly<Record<number, (document: Record<string, unknown>) => Record<string, unknown>>>

/** Empty while there is one version. A version 2 adds `1: (document) => …` here and raises DOCUMENT_VERSION. */
export const migrations: Migrations = {}

type Plain = Record<string, unknown>
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads a document.
 * @param models the model of a lab by its id, or undefined when there is no such lab
 * @param chain how to read older versions; only tests give their own
 * @throws InterlockError `too-large`, `not-json`, `not-a-document`, `newer-version`, `unknown-lab`, `invalid-document`
 */
export function parseDocument(
  text: string,
  models: (lab: string) => LabModel | undefined,
  chain: { version: number; migrations: Migrations } = { version: DOCUMENT_VERSION, migrations },
): ParsedDocument {
  checkSize(text)
  const raw = readJson(text.startsWith('\ufeff') ? text.slice(1) : text)
  if (!isPlain(raw) || raw['format'] !== DOCUMENT_FORMAT) throw foreign(raw)
  const version = raw['version']
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1) {
    throw invalid('version', 'a whole number of at least 1', showValue(version))
  }
  if (version <= chain.version) {
    const { document, remarks } = migrate(raw, version, chain)
    return { document: readShape(document, models), readOnly: null, remarks }
  }
  try {
    const document = readShape(raw, models)
    const readOnly = `This drawing was written by a newer Interlock (version ${version} of the format; this one knows ${chain.version}). It can be looked at; to change it, use the newer Interlock.`
    return { document, readOnly, remarks: [] }
  } catch (error) {
    if (!(error instanceof InterlockError) || error.code === 'too-large') throw error
    throw new InterlockError(
      'newer-version',
      `This drawing was written by a newer Interlock (version ${version} of the format; this one knows ${chain.version}) and cannot be read here: ${error.message} Open it with the newer Interlock.`,
      { version, known: chain.version },
    )
  }
}

/**
 * Writes a document: records by id, one order of keys, two spaces, a newline at the end; unknown fields are kept. Equal
 * drawings give equal bytes.
 */
export function serialiseDocument(document: DocumentEnvelope): string {
  return `${JSON.stringify(orderedDocument(document), null, 2)}\n`
}

function checkSize(text: string): void {
  // A UTF-16 unit becomes at most three bytes; only texts near the limit are counted exactly.
  const exact = text.length * 3 > MAX_DOCUMENT_BYTES && text.length <= MAX_DOCUMENT_BYTES
  const bytes = exact ? utf8Length(text) : text.length
  if (bytes > MAX_DOCUMENT_BYTES) throw tooManyBytes()
}

/** The refusal of a text or file that is larger than any document. */
export function tooManyBytes(): InterlockError {
  const limit = `${MAX_DOCUMENT_BYTES / (1024 * 1024)} MB`
  return new InterlockError(
    'too-large',
    `This is larger than ${limit}, the most that a drawing may have. It was not read.`,
  )
}

/** Length in bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code < 0x80) continue
    // Each half of a surrogate pair counts two, which makes the four bytes of the pair.
    bytes += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2
  }
  return bytes
}

function readJson(text: string): unknown {
  const result = parseJson(text, MAX_JSON_DEPTH)
  if (!('fault' in result)) return result.value
  throw new InterlockError('not-json', faultSentence(text, result.fault), {
    line: result.fault.line,
    column: result.fault.column,
  })
}

function faultSentence(text: string, fault: JsonFault): string {
  if (text.trim() === '') return 'This file is empty. A drawing is a JSON text that Interlock has saved.'
  const place = `line ${fault.line}, column ${fault.column}`
  switch (fault.kind) {
    case 'truncated':
      return `This file ends too early, at ${place}, where ${fault.expected} should follow: it was cut off. Use an earlier copy.`
    case 'depth':
      return `This file nests lists and objects deeper than ${MAX_JSON_DEPTH} levels, at ${place}. No drawing does.`
    case 'syntax':
      return `This file is not JSON: at ${place}, ${fault.expected} was expected and ${fault.found} was found.`
  }
}

function foreign(raw: unknown): InterlockError {
  const found = isPlain(raw)
    ? Object.hasOwn(raw, 'format')
      ? `its "format" is ${showValue(raw['format'])}`
      : 'it has no "format"'
    : `it holds ${showValue(raw)}`
  return new InterlockError(
    'not-a-document',
    `This is JSON, but not an Interlock drawing: ${found}, where "format": "${DOCUMENT_FORMAT}" was expected.`,
  )
}

function invalid(at: string, expected: string, found: string): InterlockError {
  const place = at === '' ? 'This drawing does not fit' : `This drawing has a wrong value at ${at}`
  return new InterlockError('invalid-document', `${place}: expected ${expected}, found ${found}.`, { at })
}

function migrate(
  raw: Plain,
  from: number,
  chain: { version: number; migrations: Migrations },
): { document: Plain; remarks: string[] } {
  let document = raw
  for (let version = from; version < chain.version; version += 1) {
    const step = chain.migrations[version]
    if (step === undefined) throw new Error(`there is no migration from version ${version}`)
    document = { ...step(document), version: version + 1 }
  }
  const remarks =
    from < chain.version
      ? [`This drawing has version ${from} of the format; saving writes version ${chain.version}.`]
      : []
  return { document, remarks }
}

/** The shape of the envelope, then the lab's own checks. */
function readShape(raw: Plain, models: (lab: string) => LabModel | undefined): DocumentEnvelope {
  refuseMagicKeys(raw)
  checkCounts(raw)
  const envelope = DocumentEnvelope.safeParse(raw)
  if (!envelope.success) {
    const { at, expected, found } = firstIssue(envelope.error, raw)
    throw invalid(at, expected, found)
  }
  const document = envelope.data
  const lab = models(document.lab)
  if (lab === undefined) {
    throw new InterlockError(
      'unknown-lab',
      `This drawing belongs to the lab ${showValue(document.lab)}, which this Interlock does not have. A newer one may.`,
      { at: 'lab' },
    )
  }
  checkIds(document)
  const model = lab.schema.safeParse(document.model)
  if (!model.success) {
    const { at, expected, found } = firstIssue(model.error, document.model)
    throw invalid(at.startsWith('[') ? `model${at}` : placeJoin('model', at), expected, found)
  }
  const faults = lab.faults(model.data)
  const fault = faults[0]
  if (fault !== undefined) {
    const at = placeOf(['model', ...fault.path])
    const more = faults.length > 1 ? ` ${faults.length - 1} more of this kind follow.` : ''
    throw new InterlockError(
      'invalid-document',
      `This drawing does not fit at ${at}: ${sentence(fault.message)}${more}`,
      {
        at,
      },
    )
  }
  return { ...document, model: { ...model.data } }
}

const placeJoin = (root: string, at: string): string => (at === '' ? root : `${root}.${at}`)
const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

function checkCounts(raw: Plain): void {
  const model = isPlain(raw['model']) ? raw['model'] : {}
  const lists: [string, unknown][] = [
    ['nodes', model['nodes']],
    ['edges', model['edges']],
    ['notes', raw['notes']],
  ]
  for (const [name, list] of lists) {
    if (!Array.isArray(list) || list.length <= MAX_DOCUMENT_RECORDS) continue
    throw new InterlockError(
      'too-large',
      `This drawing has ${list.length} ${name}; at most ${MAX_DOCUMENT_RECORDS} can be opened.`,
    )
  }
}

/** `__proto__` as a key means something else to every copy of an object, so no document may have it. */
function refuseMagicKeys(raw: Plain): void {
  const waiting: { value: object; path: (string | number)[] }[] = [{ value: raw, path: [] }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, path } = next
    if (Object.hasOwn(value, '__proto__')) {
      throw new InterlockError(
        'invalid-document',
        `This drawing has the key "__proto__" at ${placeOf(path) || 'its top'}, which no drawing may have.`,
        { at: placeOf([...path, '__proto__']) },
      )
    }
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner !== 'object' || inner === null) continue
      waiting.push({ value: inner as object, path: [...path, Array.isArray(value) ? Number(key) : key] })
    }
  }
}

/** Ids are unique over nodes, edges and notes on the canvas together, and over all notes. */
function checkIds(document: DocumentEnvelope): void {
  const check = (lists: [string, unknown, ((record: Plain) => boolean)?][]): void => {
    const seen = new Map<string, string>()
    for (const [name, list, counts] of lists) {
      if (!Array.isArray(list)) continue
      for (const [index, record] of list.entries()) {
        const id: unknown = isPlain(record) && counts?.(record) !== false ? record['id'] : undefined
        if (typeof id !== 'string') continue
        const at = `${name}[${index}]`
        const first = seen.get(id)
        if (first !== undefined) {
          throw new InterlockError(
            'invalid-document',
            `This drawing uses the id ${showValue(id)} twice: at ${first} and at ${at}. Each record needs its own.`,
            { at: `${at}.id`, first: `${first}.id` },
          )
        }
        seen.set(id, at)
      }
    }
  }
  check([
    ['model.nodes', document.model['nodes']],
    ['model.edges', document.model['edges']],
    // What lies on the canvas is selected and copied with the nodes.
    ['notes', document.notes, (note) => note['place'] !== undefined],
  ])
  check([['notes', document.notes]])
}
