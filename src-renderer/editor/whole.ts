// Edits of the drawing as a whole: many records changed as data, or the drawing made equal to a model from elsewhere (a
// text, a table). Each is one entry in history. Knows no lab by name and no view; texts are only kept here, never read.
import type { EdgeRecord, GraphModel, NodeRecord } from '@contract/document.ts'
import type { Point } from '@contract/scene.ts'
import type { RecordEdit } from '@contract/verdict.ts'
import { addNode, changeBox, withNewIds } from './nesting/record-edits.ts'
import type { Drawing } from './drawing.ts'
import type { Entry, History } from './history/history.ts'
import { matchNodes } from './match.ts'
import { type Rec, sameValue } from './records/diff.ts'
import type { Draft } from './records/store.ts'
import type { Stage } from './stage.ts'
import { placesForNew } from './settle-new.ts'

export interface WholeParts {
  drawing: Drawing
  stage: Stage
  history: History
  /** forgets what is selected and no longer there */
  keep: () => void
  edited: () => void
  together: <T>(body: () => T) => T
  /** whether the drawing can be changed; ends a gesture that is under way */
  ready: () => boolean
}

export interface ReconcileOptions {
  /** edits with the same key, one soon after the other, become one entry */
  join?: string
  /** the texts the drawing is written as, by format; null where what is written says no more than the drawing */
  sources?: Readonly<Record<string, string | null>>
}

/** How long after an edit another one with the same key joins it, in milliseconds. */
const JOIN_MS = 1_500

export class WholeEdits {
  readonly #parts: WholeParts
  readonly #now: () => number
  #last: { join: string; at: number; entry: Entry } | null = null

  constructor(parts: WholeParts, now: () => number = () => performance.now()) {
    this.#parts = parts
    this.#now = now
  }

  /**
   * Changes records as the edits say, in their order, as one entry. A node that is removed takes its edges with it.
   * Edits of records that are not there have no effect.
   * @returns whether the drawing could be changed
   */
  applyEdits(label: string, edits: readonly RecordEdit[]): boolean {
    const { drawing, stage, ready } = this.#parts
    if (!ready()) return false
    this.#entry(label, undefined, (draft) => {
      const renamed = new Map<string, string>()
      for (const given of edits) {
        const edit = withNewIds(given, renamed)
        if (edit.do === 'add') {
          addNode(drawing, stage, draft, edit.node, renamed)
          continue
        }
        if (edit.do === 'set' && edit.field === 'parent') {
          changeBox(drawing, stage, draft, edit.id, typeof edit.value === 'string' ? edit.value : null)
          continue
        }
        const collection = draft.get('nodes', edit.id) === undefined ? 'edges' : 'nodes'
        const rec = draft.get(collection, edit.id)
        if (rec === undefined) continue
        if (edit.do === 'set') draft.put(collection, withField(rec, edit.field, edit.value))
        else if (collection === 'edges') draft.remove('edges', edit.id)
        else removeNode(draft, drawing.edges(), edit.id)
      }
    })
    return true
  }

  /**
   * Makes nodes and edges those of `model`, as one entry. Records that are the same thing (see match.ts) keep their
   * ids, places and the fields that `model` does not speak of.
   * @returns the drawing's id for each id of `model`, nodes and edges; null when the drawing cannot be changed
   */
  reconcile(label: string, model: GraphModel, options: ReconcileOptions = {}): ReadonlyMap<string, string> | null {
    const { drawing, ready } = this.#parts
    if (!ready()) return null
    const plan = planOf(drawing, model)
    this.#entry(label, options.join, (draft) => {
      for (const { id } of drawing.edges()) if (!plan.edges.has(id)) draft.remove('edges', id)
      for (const { id } of drawing.nodes()) {
        if (plan.nodes.has(id)) continue
        draft.remove('nodes', id)
        draft.remove('positions', id)
      }
      for (const node of plan.nodes.values()) if (node !== drawing.node(node.id)) draft.put('nodes', node)
      for (const edge of plan.edges.values()) if (!plan.kept.has(edge)) draft.put('edges', edge)
      for (const [id, { x, y }] of plan.places) draft.put('positions', { id, x, y })
      if (options.sources !== undefined) keepSources(draft, options.sources)
    })
    return plan.ids
  }

  /** A field of the model beside its nodes and edges; the same object until it changes. */
  field(key: string): unknown {
    return modelRest(this.#parts.drawing.store.get('meta', 'envelope'))[key]
  }

  /**
   * Keeps something with the drawing beside its nodes and edges, as one entry.
   * @param value undefined takes the field away
   * @returns whether the drawing could be changed
   */
  setField(label: string, key: string, value: unknown, join?: string): boolean {
    return this.setFields(label, { [key]: value }, join)
  }

  /** The same for several fields at once. */
  setFields(label: string, values: Readonly<Record<string, unknown>>, join?: string): boolean {
    if (!this.#parts.ready()) return false
    this.#entry(label, join, (draft) => {
      const envelope = draft.get('meta', 'envelope')
      if (envelope === undefined) return
      const others = Object.entries(modelRest(envelope)).filter(([key]) => !Object.hasOwn(values, key))
      const said = Object.entries(values).filter(([, value]) => value !== undefined)
      draft.put('meta', { ...envelope, model: Object.fromEntries([...others, ...said]) })
    })
    return true
  }

  /** A part of the document that the editor only passes on; the same object until it changes. */
  part(key: string): unknown {
    return restOf(this.#parts.drawing.store.get('meta', 'envelope'))[key]
  }

  /**
   * Replaces such a part, as one entry, also while a run is shown, since it leaves the drawing alone. Not to be called
   * while the document is open to look only.
   * @param value undefined takes the part away
   * @param join edits with the same key, one soon after the other, become one entry
   */
  setPart(label: string, key: string, value: unknown, join?: string): void {
    this.#entry(label, join, (draft) => {
      const envelope = draft.get('meta', 'envelope')
      if (envelope === undefined) return
      const rest = { ...restOf(envelope) }
      if (value === undefined) delete rest[key]
      else rest[key] = value
      draft.put('meta', { ...envelope, rest })
    })
  }

  /** The text that a person wrote for the drawing in this format; null when there is none. */
  source(format: string): string | null {
    const sources = sourcesOf(this.#parts.drawing.store.get('meta', 'envelope'))
    return Object.hasOwn(sources, format) ? (sources[format] ?? null) : null
  }

  #entry(label: string, join: string | undefined, edit: (draft: Draft) => void): void {
    const { drawing, history, edited, keep, together } = this.#parts
    const last = this.#last
    const joins =
      join !== undefined &&
      last !== null &&
      last.join === join &&
      this.#now() - last.at < JOIN_MS &&
      history.newest() === last.entry &&
      !history.canRedo()
    together(() => {
      if (joins) history.reopen()
      else history.mark(label)
      try {
        drawing.store.change('later', edit)
        keep()
      } finally {
        const made = history.commit()
        const entry = history.newest()
        this.#last = join === undefined || entry === null || !made ? null : { join, at: this.#now(), entry }
        // What was typed and taken back leaves no entry, yet it is a change.
        if (made || joins) edited()
      }
    })
  }
}

/** The record with a field set; without the field where the value is undefined. */
function withField(rec: Rec, field: string, value: unknown): Rec {
  if (value !== undefined) return { ...rec, [field]: value }
  return Object.fromEntries(Object.entries(rec).filter(([key]) => key !== field)) as Rec
}

const modelRest = (envelope: Rec | undefined): Record<string, unknown> =>
  (envelope?.['model'] ?? {}) as Record<string, unknown>

interface Plan {
  nodes: Map<string, NodeRecord>
  edges: Map<string, EdgeRecord>
  /** edges that stay exactly as they are; putting thousands of them again takes its time */
  kept: ReadonlySet<EdgeRecord>
  places: ReadonlyMap<string, Point>
  ids: Map<string, string>
}

function planOf(drawing: Drawing, model: GraphModel): Plan {
  const before = drawing.model()
  const ids = matchNodes(before, model)
  const nodes = new Map<string, NodeRecord>()
  const edges = new Map<string, EdgeRecord>()
  const taken = new Set([...before.nodes, ...before.edges].map(({ id }) => id))
  const newId = naming(taken)
  for (const node of model.nodes) {
    const prefix = drawing.lab.nodeKinds.find(({ kind }) => kind === node.kind)?.prefix ?? 'n'
    const id = ids.get(node.id) ?? newId(node.id, prefix)
    ids.set(node.id, id)
    const ours = drawing.node(id)
    nodes.set(id, ours !== undefined && says(ours, node, ['id']) ? ours : { ...ours, ...node, id })
  }
  const known = new Map(before.edges.map((edge) => [edgeKey(edge), edge]))
  for (const edge of model.edges) {
    const [from, to] = [ids.get(edge.from), ids.get(edge.to)]
    if (from === undefined || to === undefined) continue
    const ours = known.get(edgeKey({ kind: edge.kind, from, to }))
    const id = ours?.id ?? newId('', 'e')
    ids.set(edge.id, id)
    edges.set(
      id,
      ours !== undefined && says(ours, edge, ['id', 'from', 'to']) ? ours : { ...ours, ...edge, id, from, to },
    )
  }
  const places = new Map<string, Point>()
  for (const id of nodes.keys()) {
    const at = drawing.position(id)
    if (at !== undefined) places.set(id, at)
  }
  const after = { nodes: [...nodes.values()], edges: [...edges.values()] }
  return { nodes, edges, kept: new Set(before.edges), ids, places: placesForNew(drawing.lab, after, places) }
}

/** Whether a record has all that the other one says, but for these fields. */
function says(ours: NodeRecord | EdgeRecord, other: NodeRecord | EdgeRecord, but: readonly string[]): boolean {
  return Object.keys(other).every((key) => but.includes(key) || sameValue(ours[key], other[key]))
}

const edgeKey = ({ kind, from, to }: Pick<EdgeRecord, 'kind' | 'from' | 'to'>): string => `${kind} ${from} ${to}`

/** Free ids: the wanted one, or the lowest free number after a prefix. */
function naming(taken: Set<string>): (wanted: string, prefix: string) => string {
  const tried = new Map<string, number>()
  return (wanted, prefix) => {
    let id = wanted
    if (id === '' || taken.has(id)) {
      let number = tried.get(prefix) ?? 1
      while (taken.has(`${prefix}${number}`)) number += 1
      tried.set(prefix, number)
      id = `${prefix}${number}`
    }
    taken.add(id)
    return id
  }
}

function removeNode(draft: Draft, edges: readonly EdgeRecord[], id: string): void {
  for (const edge of edges) if (edge.from === id || edge.to === id) draft.remove('edges', edge.id)
  draft.remove('nodes', id)
  draft.remove('positions', id)
}

const restOf = (envelope: Rec | undefined): Record<string, unknown> =>
  (envelope?.['rest'] ?? {}) as Record<string, unknown>

function sourcesOf(envelope: Rec | undefined): Record<string, string> {
  return (restOf(envelope)['sources'] ?? {}) as Record<string, string>
}

function keepSources(draft: Draft, wanted: Readonly<Record<string, string | null>>): void {
  const envelope = draft.get('meta', 'envelope')
  if (envelope === undefined) return
  const rest = { ...(envelope['rest'] as Record<string, unknown> | undefined) }
  const entries = new Map(Object.entries(sourcesOf(envelope)))
  for (const [format, text] of Object.entries(wanted)) {
    if (text === null) entries.delete(format)
    else entries.set(format, text)
  }
  if (entries.size === 0) delete rest['sources']
  else rest['sources'] = Object.fromEntries(entries)
  draft.put('meta', { ...envelope, rest })
}
