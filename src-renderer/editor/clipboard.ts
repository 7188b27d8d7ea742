// Records as clipboard text and back: a small JSON object that another window, or an editor for text, can hold as well.
// Pasting gives new ids and keeps the edges between what was copied. Text that fits nothing is refused, never half used.
import { type DocumentEnvelope, type EdgeRecord, type NodeRecord, Note } from '@contract/document.ts'
import { MAX_DOCUMENT_RECORDS } from '@contract/limits.ts'
import type { Point } from '@contract/scene.ts'
import type { Drawing } from './drawing.ts'
import { GRID, snap } from './geometry.ts'
import { outOfBox, parentOf, withInner } from './nesting/nest.ts'
import type { PlacedNote } from './note-edits.ts'
import { copyName, freeName } from './records/names.ts'

const FORMAT = 'interlock-clipboard'

export interface Clip {
  nodes: NodeRecord[]
  edges: EdgeRecord[]
  notes: PlacedNote[]
  at: Map<string, Point>
}

/** The text for these records: notes, and nodes with the edges among them; empty when neither is among them. */
export function clipText(drawing: Drawing, ids: Iterable<string>): string {
  const chosen = withInner(drawing, ids)
  const copied = drawing.nodes().filter((node) => chosen.has(node.id))
  // A box that is not copied along is named apart, since the records have to make sense by themselves.
  const [nodes, boxes]: [NodeRecord[], Record<string, string>] = [[], {}]
  for (const node of copied) {
    const box = parentOf(node)
    if (box !== null && !chosen.has(box)) {
      nodes.push(outOfBox(node))
      boxes[node.id] = box
    } else nodes.push(node)
  }
  const notes = drawing.document().notes.filter(({ id, place }) => place !== undefined && chosen.has(id))
  if (nodes.length + notes.length === 0) return ''
  const edges = drawing.edges().filter((edge) => chosen.has(edge.from) && chosen.has(edge.to))
  const positions = nodes.map(({ id }) => ({ id, ...(drawing.position(id) ?? { x: 0, y: 0 }) }))
  return JSON.stringify({ format: FORMAT, lab: drawing.lab.id, nodes, edges, positions, notes, boxes }, null, 1)
}

/** A whole drawing as clipboard text, so that it can be put into another one of its lab. */
export function drawingText({ lab, model, layout, notes }: DocumentEnvelope): string {
  const positions = Object.entries(layout.positions).map(([id, { x, y }]) => ({ id, x, y }))
  const { nodes, edges } = model
  const placed = notes.filter(({ place }) => place !== undefined)
  return JSON.stringify({ format: FORMAT, lab, nodes, edges, positions, notes: placed, boxes: {}, named: true })
}

/**
 * Reads clipboard text for this drawing.
 * @param at where the middle of what is pasted goes; omitted: a step beside where it was copied
 * @returns records with free ids and names, or null when the text is something else
 */
export function readClip(drawing: Drawing, text: string, at?: Point): Clip | null {
  const clip = parse(text)
  if (clip === null || clip['format'] !== FORMAT || clip['lab'] !== drawing.lab.id) return null
  const parsed = drawing.lab.schema.safeParse({ nodes: clip['nodes'], edges: clip['edges'] })
  const notes = notesIn(clip)
  if (!parsed.success || notes === null || parsed.data.nodes.length + notes.length === 0) return null
  const { nodes, edges } = parsed.data
  const total = nodes.length + edges.length + drawing.store.count('nodes') + drawing.store.count('edges')
  const allNotes = notes.length + drawing.store.count('notes')
  if (Math.max(total, allNotes) > MAX_DOCUMENT_RECORDS || drawing.lab.faults(parsed.data).length > 0) return null

  const ids = new Map<string, string>()
  const names = new Set(drawing.nodes().map((node) => node.name))
  const usedIds = new Set<string>()
  const freeId = (prefix: string, alsoNot: ReadonlySet<string>): string => {
    const id = freeName(
      prefix,
      (candidate) =>
        drawing.has(candidate) ||
        drawing.store.get('notes', candidate) !== undefined ||
        usedIds.has(candidate) ||
        alsoNot.has(candidate),
    )
    usedIds.add(id)
    return id
  }
  const newNodes = nodes.map((node) => {
    const prefix = drawing.lab.nodeKinds.find(({ kind }) => kind === node.kind)?.prefix ?? 'N'
    const id = freeId(prefix, names)
    ids.set(node.id, id)
    // A name that was given automatically is given anew; a name of somebody's own is kept as far as it is free.
    const name =
      node.name === node.id && clip['named'] !== true ? id : copyName(node.name, (candidate) => names.has(candidate))
    names.add(name)
    return { ...node, id, name }
  })
  const boxes = (clip['boxes'] ?? {}) as Record<string, unknown>
  const laid = newNodes.map((node, index) => {
    const inside = ids.get(parentOf(node) ?? '')
    if (inside !== undefined) return { ...node, parent: inside }
    // Beside what it was copied from, if that box is still there.
    const before = String(boxes[nodes[index]?.id ?? ''] ?? '')
    return drawing.lab.nesting?.holds(drawing.node(before)?.kind ?? '') === true ? { ...node, parent: before } : node
  })
  const newEdges = edges.map((edge) => ({
    ...edge,
    id: freeId('e', new Set()),
    from: ids.get(edge.from) ?? edge.from,
    to: ids.get(edge.to) ?? edge.to,
  }))
  const places = positionsOf(clip, ids)
  const sized = notes.map((note) => ({ ...note, id: freeId('note', new Set()) }))
  for (const { id, place } of sized) places.set(id, { x: within(place.x), y: within(place.y) })
  const placed = placeClip(drawing, places, at)
  const newNotes = sized.map((note) => ({ ...note, place: { ...note.place, ...placed.get(note.id) } }))
  return { nodes: laid, edges: newEdges, notes: newNotes, at: placed }
}

/** Notes of a clip; none when it has no list of them, null when something in the list is no note with a place. */
function notesIn(clip: Record<string, unknown>): PlacedNote[] | null {
  const parsed = Note.array().safeParse(clip['notes'] ?? [])
  if (!parsed.success) return null
  const notes = parsed.data.flatMap(({ place, ...note }) => (place === undefined ? [] : [{ ...note, place }]))
  return notes.length === parsed.data.length ? notes : null
}

function positionsOf(clip: Record<string, unknown>, ids: ReadonlyMap<string, string>): Map<string, Point> {
  const places = new Map<string, Point>([...ids.values()].map((id) => [id, { x: 0, y: 0 }]))
  for (const entry of Array.isArray(clip['positions']) ? clip['positions'] : []) {
    const { id, x, y } = (entry ?? {}) as Record<string, unknown>
    const renamed = ids.get(String(id))
    if (renamed !== undefined && Number.isFinite(x) && Number.isFinite(y)) {
      places.set(renamed, { x: within(Number(x)), y: within(Number(y)) })
    }
  }
  return places
}

function placeClip(drawing: Drawing, places: Map<string, Point>, at: Point | undefined): Map<string, Point> {
  const all = [...places.values()]
  const middle = (values: number[]): number => (Math.min(...values) + Math.max(...values)) / 2
  let [dx, dy] = [GRID * 4, GRID * 4]
  if (at !== undefined) {
    dx = snap(at.x - middle(all.map((p) => p.x)))
    dy = snap(at.y - middle(all.map((p) => p.y)))
  }
  const there = [...drawing.nodes().map(({ id }) => drawing.position(id) ?? { x: NaN, y: NaN }), ...drawing.notes()]
  const occupied = new Set(there.map(keyOf))
  while (all.some((p) => occupied.has(keyOf({ x: p.x + dx, y: p.y + dy })))) {
    dx += GRID * 4
    dy += GRID * 4
  }
  return new Map([...places].map(([id, p]) => [id, { x: p.x + dx, y: p.y + dy }]))
}

/** Keeps foreign coordinates where adding a step still changes them. */
const within = (value: number): number => Math.max(-1e6, Math.min(1e6, value))
const keyOf = (p: Point): string => `${p.x} ${p.y}`

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null // any text may be on a clipboard; what is not ours is refused by the caller
  }
}
