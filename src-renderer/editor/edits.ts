// Every change a person can make to a drawing. Each is one entry in history and leaves the selection on what it made.
// Knows kinds and connections only through the lab's model; knows no tool and no view.
import type { DocumentEnvelope } from '@contract/document.ts'
import type { NumberField } from '@contract/lab.ts'
import type { Point } from '@contract/scene.ts'
import { MAX_NAME_LENGTH, MAX_NOTE_LENGTH } from '@contract/limits.ts'
import { arrange } from '../ui/texts/arrange.ts'
import { editor as texts } from '../ui/texts/editor.ts'
import type { Clip } from './clipboard.ts'
import type { Drawing } from './drawing.ts'
import type { History } from './history/history.ts'
import { outermost, parentOf, putInto, withInner } from './nesting/nest.ts'
import { wayInto } from './nesting/place.ts'
import { type Rec, sameValue } from './records/diff.ts'
import { loadDocument } from './records/document.ts'
import { cleanName, freeName } from './records/names.ts'
import { shift } from './records/places.ts'
import { propertiesOf } from './properties.ts'
import { type Recorder, withEdge, withoutEdges } from './recording.ts'
import type { Draft } from './records/store.ts'
import type { Selection } from './selection.ts'
import type { Stage } from './stage.ts'

export interface EditParts {
  drawing: Drawing
  stage: Stage
  history: History
  selection: Selection
  /** says what happened to whoever cannot see it */
  say: (text: string) => void
  /** an entry was made */
  edited: () => void
  /** listeners hear of what happens inside once, at the end */
  together: <T>(body: () => T) => T
  /** who hears of gestures instead of the records; null while they change the drawing */
  recorder?: () => Recorder | null
}

export class Edits {
  readonly #parts: EditParts
  /** the kind of line a person has chosen, for directions that can mean several; null for the usual one */
  line: string | null = null

  constructor(parts: EditParts) {
    this.#parts = parts
  }

  /** Runs an edit as one entry: its changes and the selection it leaves. */
  entry(label: string, edit: (change: (body: (draft: Draft) => void) => void) => void): void {
    const { history, drawing, edited, together } = this.#parts
    together(() => {
      history.mark(label)
      try {
        edit((body) => void drawing.store.change('later', body))
      } catch (error) {
        history.bail()
        throw error
      }
      if (history.commit()) edited()
    })
  }

  /** @param parent the box it is put into; null for none */
  createNode(kind: string, at: Point, parent: string | null = null): string {
    const { drawing, selection, say } = this.#parts
    const definition = drawing.lab.nodeKinds.find((candidate) => candidate.kind === kind)
    if (definition === undefined) throw new Error(`no kind of node ${kind}`)
    const names = new Set(drawing.nodes().map((node) => node.name))
    const id = freeName(definition.prefix, (candidate) => drawing.has(candidate) || names.has(candidate))
    this.entry(texts.history.create(id), (change) => {
      change((draft) => {
        draft.put('nodes', { ...definition.defaults, id, kind, name: id, ...(parent !== null && { parent }) })
        draft.put('positions', { id, x: at.x, y: at.y })
      })
      selection.set([id])
    })
    say(texts.say.created(id, definition.label))
    return id
  }

  /** What connecting would mean, without doing it. */
  judge(from: string, to: string): { kind: string } | { refused: string } {
    const { drawing } = this.#parts
    const [start, end] = [drawing.node(from), drawing.node(to)]
    if (start === undefined || end === undefined) return { refused: texts.nothingThere }
    return drawing.lab.connect(start, end, this.line ?? undefined)
  }

  connect(from: string, to: string): { id: string } | { refused: string } {
    const { drawing, selection, say } = this.#parts
    const answer = this.judge(from, to)
    if ('refused' in answer) {
      say(texts.say.refused(answer.refused))
      return answer
    }
    const recorder = this.#parts.recorder?.() ?? null
    if (recorder !== null) {
      recorder.hand(withEdge(drawing.lab, recorder.model, answer.kind, from, to))
      return { id: '' }
    }
    const definition = drawing.lab.edgeKinds.find((candidate) => candidate.kind === answer.kind)
    const either = definition?.undirected === true
    const existing = drawing
      .edgesAt(from)
      .find(
        (edge) =>
          edge.kind === answer.kind &&
          ((edge.from === from && edge.to === to) || (either && edge.from === to && edge.to === from)),
      )
    const id = existing?.id ?? freeName('e', (candidate) => drawing.has(candidate))
    const edge =
      existing === undefined
        ? { ...definition?.defaults, id, kind: answer.kind, from, to }
        : { ...drawing.lab.merge({ ...existing }), id }
    const label = `${drawing.label(from)} → ${drawing.label(to)}`
    this.entry(texts.history.connect(label), (change) => {
      change((draft) => draft.put('edges', edge))
      selection.set([id])
    })
    const kind = definition?.label ?? answer.kind
    const field = definition?.fields.find(({ usual }) => usual === undefined)
    if (existing !== undefined && sameValue(existing, edge)) say(texts.say.already(label, kind))
    else if (existing === undefined || field === undefined) say(texts.say.connected(label, kind))
    else say(texts.say.merged(label, kind, (edge as Rec)[field.key]))
    return { id }
  }

  rename(id: string, text: string): void {
    const { drawing, say } = this.#parts
    const node = drawing.node(id)
    const name = cleanName(text)
    if (node === undefined || name === '' || name === node.name) return
    this.entry(texts.history.rename(name), (change) => change((draft) => draft.put('nodes', { ...node, name })))
    say(texts.say.renamed(node.name, name))
  }

  setField(id: string, key: string, value: unknown): void {
    const { drawing, say } = this.#parts
    const collection = drawing.node(id) === undefined ? 'edges' : 'nodes'
    const rec = drawing.store.get(collection, id)
    if (rec === undefined || sameValue(rec[key], value)) return
    const named = [...this.fieldsOf(id), ...propertiesOf(drawing.lab, String(rec['kind']))]
    const field = named.find((candidate) => candidate.key === key)?.label ?? key
    const label = drawing.label(id)
    this.entry(texts.history.set(label, field), (change) =>
      change((draft) => draft.put(collection, { ...rec, [key]: value })),
    )
    say(texts.say.changed(label, field, value))
  }

  fieldsOf(id: string): readonly NumberField[] {
    const { drawing } = this.#parts
    const node = drawing.node(id)
    if (node !== undefined) return drawing.lab.nodeKinds.find(({ kind }) => kind === node.kind)?.fields ?? []
    const edge = drawing.edge(id)
    return drawing.lab.edgeKinds.find(({ kind }) => kind === edge?.kind)?.fields ?? []
  }

  /** Adds to the first number of each of these records, within its bounds; one entry for all. */
  step(ids: Iterable<string>, by: number): void {
    const { drawing, say } = this.#parts
    const changes: { id: string; field: NumberField; value: number }[] = []
    for (const id of ids) {
      const field = this.fieldsOf(id).find(({ usual }) => usual === undefined)
      if (field === undefined) continue
      const now = Number((drawing.node(id) ?? drawing.edge(id))?.[field.key])
      const value = Math.min(field.max, Math.max(field.min, now + by))
      if (Number.isFinite(value) && value !== now) changes.push({ id, field, value })
    }
    const [first] = changes
    if (first === undefined) return
    if (changes.length === 1) return this.setField(first.id, first.field.key, first.value)
    this.entry(texts.history.setMany(changes.length), (change) =>
      change((draft) => {
        for (const { id, field, value } of changes) {
          const collection = drawing.node(id) === undefined ? 'edges' : 'nodes'
          const rec = draft.get(collection, id)
          if (rec !== undefined) draft.put(collection, { ...rec, [field.key]: value })
        }
      }),
    )
    say(texts.history.setMany(changes.length))
  }

  setTitle(text: string): void {
    const title = text.slice(0, MAX_NAME_LENGTH)
    this.entry(texts.history.title, (change) => change((draft) => draft.put('meta', { id: 'title', text: title })))
  }

  /** Changes the note about the drawing as a whole; an empty text removes it. */
  setNote(text: string): void {
    const { drawing } = this.#parts
    const free = (): string => (drawing.has('about') ? freeName('about', (id) => drawing.has(id)) : 'about')
    const id = drawing.aboutNote()?.id ?? free()
    this.entry(texts.history.note, (change) =>
      change((draft) => {
        if (text === '') draft.remove('notes', id)
        else draft.put('notes', { id, text: text.slice(0, MAX_NOTE_LENGTH) })
      }),
    )
  }

  moveBy(ids: Iterable<string>, dx: number, dy: number): void {
    const { drawing, say } = this.#parts
    const placed = [...ids].filter((id) => drawing.placeOf(id) !== undefined)
    const what = texts.what(placed.map((id) => drawing.label(id)))
    if (placed.length === 0 || (dx === 0 && dy === 0)) return
    this.entry(texts.history.move(what), (change) =>
      change((draft) => withInner(drawing, placed).forEach((id) => shift(draft, id, dx, dy))),
    )
    say(texts.say.moved(what))
  }

  /** Puts nodes into a box, or beside everything; what lies in them goes with them. */
  moveInto(ids: Iterable<string>, box: string | null): void {
    const { drawing, stage, say } = this.#parts
    const inner = withInner(drawing, ids)
    const moved = outermost(drawing, ids).filter((id) => {
      const node = drawing.node(id)
      return node !== undefined && parentOf(node) !== box
    })
    if (moved.length === 0 || (box !== null && inner.has(box))) return
    const what = texts.what(moved.map((id) => drawing.label(id)))
    this.entry(texts.history.move(what), (change) => {
      for (const id of moved) {
        const by = wayInto(drawing, stage, id, box)
        change((draft) => {
          putInto(draft, id, box)
          for (const each of withInner(drawing, [id])) shift(draft, each, by.x, by.y)
        })
      }
    })
    say(box === null ? texts.say.takenOut(what) : texts.say.putInto(what, drawing.label(box)))
  }

  /** Removes records; a node takes its edges and what lies in it with it. */
  remove(ids: Iterable<string>, label: (what: string) => string = texts.history.remove): void {
    const { drawing, selection, say } = this.#parts
    const recorder = this.#parts.recorder?.() ?? null
    if (recorder !== null) {
      const model = withoutEdges(recorder.model, ids)
      if (model === null) say(texts.onlyEdges)
      else recorder.hand(model)
      return
    }
    const named = [...withInner(drawing, ids)].filter((id) => drawing.has(id))
    if (named.length === 0) return
    const edges = new Set(named.filter((id) => drawing.edge(id) !== undefined))
    const nodes = named.filter((id) => drawing.node(id) !== undefined)
    for (const id of nodes) for (const edge of drawing.edgesAt(id)) edges.add(edge.id)
    const notes = named.filter((id) => drawing.noteAt(id) !== undefined)
    const shown = [...outermost(drawing, nodes), ...notes]
    const what = texts.what((shown.length > 0 ? shown : named).map((id) => drawing.label(id)))
    this.entry(label(what), (change) => {
      change((draft) => {
        for (const id of edges) draft.remove('edges', id)
        for (const id of notes) draft.remove('notes', id)
        for (const id of nodes) {
          draft.remove('nodes', id)
          draft.remove('positions', id)
        }
      })
      selection.keep((id) => drawing.has(id))
    })
    say(texts.say.removed(what))
  }

  /** Adds records as they are, selected, as one entry. */
  insert(label: (what: string) => string, { nodes, edges, notes, at }: Clip): void {
    const { selection, say } = this.#parts
    const what = texts.what([...nodes.map(({ name }) => name), ...notes.map(({ text }) => arrange.note.called(text))])
    this.entry(label(what), (change) => {
      change((draft) => {
        for (const node of nodes) {
          draft.put('nodes', node)
          const place = at.get(node.id)
          if (place !== undefined) draft.put('positions', { id: node.id, x: place.x, y: place.y })
        }
        for (const edge of edges) draft.put('edges', edge)
        for (const note of notes) draft.put('notes', note)
      })
      // What lies in a box goes with it.
      const ids = new Set(nodes.map(({ id }) => id))
      const outer = nodes.filter((node) => !ids.has(parentOf(node) ?? ''))
      const between = outer.length === nodes.length ? edges : []
      selection.set([...outer, ...between, ...notes].map(({ id }) => id))
    })
    say(texts.say.pasted(what))
  }

  replaceDocument(document: DocumentEnvelope): void {
    const { drawing, selection } = this.#parts
    this.entry(texts.history.replace, (change) => {
      change((draft) => loadDocument(drawing.store, draft, document))
      selection.keep((id) => drawing.has(id))
    })
  }
}
