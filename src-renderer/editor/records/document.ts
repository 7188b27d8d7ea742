// From a document to records and back. What this editor does not know (a script, fields of a newer program) is kept in
// one record of its own, so that it survives a save and is covered by undo.
// Knows nothing of a lab beyond nodes and edges.
import type { DocumentEnvelope, EdgeRecord, GraphModel, Layout, NodeRecord, Note } from '@contract/document.ts'
import { DOCUMENT_FORMAT } from '@contract/document.ts'
import { orderedDocument } from '@contract/document-order.ts'
import type { Collection, Rec } from './diff.ts'
import type { Draft, RecordStore } from './store.ts'

const collections: readonly Collection[] = ['nodes', 'edges', 'positions', 'notes', 'meta']
const GRID = { columns: 6, step: 144, margin: 96 }

function records(value: unknown): Rec[] {
  return Array.isArray(value) ? (value as Rec[]) : []
}

/** Replaces everything in the draft by the document's records. A node without a position gets one on a grid. */
export function loadDocument(store: RecordStore, draft: Draft, document: DocumentEnvelope): void {
  for (const collection of collections) {
    for (const rec of store.all(collection)) draft.remove(collection, rec.id)
  }
  const { version, lab, title, model, layout, notes, ...rest } = document
  const { nodes, edges, ...modelRest } = model
  for (const node of records(nodes)) draft.put('nodes', node)
  for (const edge of records(edges)) draft.put('edges', edge)
  for (const [id, { x, y }] of Object.entries(layout.positions)) draft.put('positions', { id, x, y })
  for (const note of notes) draft.put('notes', note)
  draft.put('meta', { id: 'title', text: title })
  draft.put('meta', { id: 'envelope', version, lab, rest, model: modelRest })
  placeOnGrid(store, draft)
}

function placeOnGrid(store: RecordStore, draft: Draft): void {
  const placed = store.all('positions').map((at) => Number(at.y))
  const top = placed.length === 0 ? GRID.margin : placed.reduce((a, b) => Math.max(a, b)) + GRID.step
  let index = 0
  for (const node of store.all('nodes')) {
    if (draft.get('positions', node.id) !== undefined) continue
    const column = index % GRID.columns
    const row = Math.floor(index / GRID.columns)
    draft.put('positions', { id: node.id, x: GRID.margin + column * GRID.step, y: top + row * GRID.step })
    index += 1
  }
}

// One copy for each record as long as it stays the same, so that whoever compares sees what has changed.
const copies = new WeakMap<Rec, Rec>()

function copyOf<T extends NodeRecord | EdgeRecord>(rec: Rec): T {
  const known = copies.get(rec) ?? { ...rec }
  copies.set(rec, known)
  return known as unknown as T
}

/** What a model holds beside its nodes and edges; the same object until it changes. */
export function modelRestOf(store: RecordStore): Readonly<Record<string, unknown>> {
  return (store.get('meta', 'envelope')?.['model'] ?? nothing) as Readonly<Record<string, unknown>>
}
const nothing = {}

/** The model as plain copies, sorted by id. */
export function modelOf(store: RecordStore): GraphModel {
  return {
    ...modelRestOf(store),
    nodes: store.all('nodes').map((rec) => copyOf<NodeRecord>(rec)),
    edges: store.all('edges').map((rec) => copyOf<EdgeRecord>(rec)),
  }
}

export function layoutOf(store: RecordStore): Layout {
  const places = store.all('positions')
  // fromEntries defines keys: an id such as __proto__ is an ordinary one.
  return { positions: Object.fromEntries(places.map(({ id, x, y }) => [id, { x: Number(x), y: Number(y) }])) }
}

/** All notes, those about the drawing as a whole and those on the canvas, sorted by id. */
export const notesOf = (store: RecordStore): Note[] => store.all('notes').map((rec) => ({ ...rec }) as unknown as Note)

/** The document as it is now, in the order of the document text, so that equal drawings give equal bytes. */
export function documentOf(store: RecordStore): DocumentEnvelope {
  const envelope = store.get('meta', 'envelope') ?? { id: 'envelope' }
  const rest = (envelope['rest'] ?? {}) as Record<string, unknown>
  const document: DocumentEnvelope = {
    format: DOCUMENT_FORMAT,
    version: Number(envelope['version'] ?? 1),
    lab: String(envelope['lab'] ?? ''),
    title: String(store.get('meta', 'title')?.['text'] ?? ''),
    model: { ...modelOf(store) },
    layout: layoutOf(store),
    notes: notesOf(store),
    ...rest,
  }
  return orderedDocument(document) as DocumentEnvelope
}
