// The drawing as tools and panels read it: nodes, edges, model, layout, with what is costly kept until a record changes.
// Reads only; changes are in edits.ts.
import type { DocumentEnvelope, EdgeRecord, GraphModel, Layout, NodeRecord, Note } from '@contract/document.ts'
import type { LabModel } from '@contract/lab.ts'
import { sceneNotes } from '@contract/note-text.ts'
import type { Point, SceneNode, SceneNote } from '@contract/scene.ts'
import { arrange } from '../ui/texts/arrange.ts'
import { childrenById } from './nesting/nest.ts'
import { type RecordDiff, touched } from './records/diff.ts'
import { documentOf, layoutOf, modelOf, modelRestOf, notesOf } from './records/document.ts'
import { RecordStore } from './records/store.ts'

export class Drawing {
  readonly lab: LabModel
  readonly store = new RecordStore()
  #model: GraphModel | null = null
  /** what the model holds beside nodes and edges, as it was when the model was made */
  #rest: unknown = null
  #layout: Layout | null = null
  #notes: SceneNote[] | null = null
  #byNode: ReadonlyMap<string, readonly EdgeRecord[]> | null = null
  #children: ReadonlyMap<string, readonly string[]> | null = null

  constructor(lab: LabModel) {
    this.lab = lab
    this.store.listen((diff) => this.#forget(diff))
  }

  #forget(diff: RecordDiff): void {
    if (touched(diff, ['nodes', 'edges'])) {
      this.#model = null
      this.#byNode = null
      this.#children = null
    }
    // Titles and scripts are kept in the same collection, and change no model.
    if (touched(diff, ['meta']) && this.#rest !== modelRestOf(this.store)) this.#model = null
    if (touched(diff, ['positions'])) this.#layout = null
    if (touched(diff, ['notes'])) this.#notes = null
  }

  document(): DocumentEnvelope {
    return documentOf(this.store)
  }

  /** The same object until a node, an edge or a field of the model changes; moving a node leaves it as it is. */
  model(): GraphModel {
    if (this.#model === null) {
      this.#model = modelOf(this.store)
      this.#rest = modelRestOf(this.store)
    }
    return this.#model
  }

  layout(): Layout {
    return (this.#layout ??= layoutOf(this.store))
  }

  node(id: string): NodeRecord | undefined {
    return this.store.get('nodes', id) as NodeRecord | undefined
  }

  edge(id: string): EdgeRecord | undefined {
    return this.store.get('edges', id) as EdgeRecord | undefined
  }

  has(id: string): boolean {
    return this.node(id) !== undefined || this.edge(id) !== undefined || this.noteAt(id) !== undefined
  }

  nodes(): NodeRecord[] {
    return this.store.all('nodes') as NodeRecord[]
  }

  edges(): EdgeRecord[] {
    return this.store.all('edges') as EdgeRecord[]
  }

  /** Edges that begin or end at a node, sorted by id. */
  edgesAt(id: string): readonly EdgeRecord[] {
    if (this.#byNode === null) {
      const byNode = new Map<string, EdgeRecord[]>()
      for (const edge of this.edges()) {
        for (const end of new Set([edge.from, edge.to])) {
          const list = byNode.get(end)
          if (list === undefined) byNode.set(end, [edge])
          else list.push(edge)
        }
      }
      this.#byNode = byNode
    }
    return this.#byNode.get(id) ?? []
  }

  /** Nodes that lie directly in the box of this one, by id. */
  childrenOf(id: string): readonly string[] {
    return (this.#children ??= childrenById(this.nodes())).get(id) ?? []
  }

  position(id: string): { x: number; y: number } | undefined {
    const at = this.store.get('positions', id)
    return at === undefined ? undefined : { x: Number(at['x']), y: Number(at['y']) }
  }

  /** Where a node (its centre) or a note (its upper left corner) stands; undefined for what has no place of its own. */
  placeOf(id: string): Point | undefined {
    if (this.node(id) !== undefined) return this.position(id)
    const note = this.noteAt(id)
    return note === undefined ? undefined : { x: note.x, y: note.y }
  }

  /** The shape a new node of this kind will have, at the origin; null when the lab has no such kind. */
  shapeOf(kind: string): SceneNode | null {
    const definition = this.lab.nodeKinds.find((candidate) => candidate.kind === kind)
    if (definition === undefined) return null
    const node = { ...definition.defaults, id: 'new', kind, name: '' }
    const scene = this.lab.picture({ nodes: [node], edges: [] }, { positions: { new: { x: 0, y: 0 } } }, {})
    return scene.nodes[0] ?? null
  }

  /** How a record is called in a sentence: the node's name, "P1 → R2", or the first words of a note. */
  label(id: string): string {
    const node = this.node(id)
    if (node !== undefined) return node.name
    const edge = this.edge(id)
    const note = edge === undefined ? this.noteAt(id) : undefined
    if (note !== undefined) return arrange.note.called(note.text)
    if (edge === undefined) return id
    const undirected = this.lab.edgeKinds.find(({ kind }) => kind === edge.kind)?.undirected === true
    return [this.node(edge.from)?.name ?? edge.from, this.node(edge.to)?.name ?? edge.to].join(
      undirected ? ' – ' : ' → ',
    )
  }

  title(): string {
    return String(this.store.get('meta', 'title')?.['text'] ?? '')
  }

  /** The first note without a place: what the writer says about the drawing as a whole. */
  aboutNote(): Note | undefined {
    return notesOf(this.store).find(({ place }) => place === undefined)
  }

  /** The notes on the canvas; the same list until one of them changes. */
  notes(): SceneNote[] {
    return (this.#notes ??= sceneNotes(notesOf(this.store)))
  }

  /** A note on the canvas. */
  noteAt(id: string): SceneNote | undefined {
    const rec = this.store.get('notes', id) as Note | undefined
    return rec?.place === undefined ? undefined : { id, text: rec.text, ...rec.place }
  }
}
