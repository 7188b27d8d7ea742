// What is on the stage: the scene made from the drawing (or from a state of a run), its marks, and what is highlighted.
// Answers what lies under a point. Knows no tool; hands the view a picture once per task, not once per change.
import type { GraphModel } from '@contract/document.ts'
import type { Point, Scene, SceneEdge, SceneNode, SceneNote } from '@contract/scene.ts'
import type { Mark } from '@contract/verdict.ts'
import type { Drawing } from './drawing.ts'
import {
  type EdgePath,
  type Rect,
  boxOf,
  covers,
  distanceToPath,
  edgePath,
  inside,
  overlap,
  union,
} from './geometry.ts'
import { runPlaces } from './nesting/run-places.ts'
import type { Camera } from './view/camera.ts'
import { type CanvasTheme, type GraphView, type Highlights, lightTheme } from './view/view.ts'

export interface Presented {
  model: GraphModel
  marks: Record<string, Mark>
}

const EDGE_REACH = 12
/** how long nodes go from where they were put to their place in a shape, in milliseconds */
const GLIDE_MS = 150
/** more nodes than this stand at their place at once */
const MOST_GLIDING = 300

export class Stage {
  readonly #drawing: Drawing
  readonly #camera: Camera
  #scene: Scene | null = null
  #nodes: ReadonlyMap<string, SceneNode> | null = null
  #marks: Readonly<Record<string, Mark>> = {}
  #presented: Presented | null = null
  #highlights: Highlights = { selected: new Set(), lit: new Set(), targets: null, over: null }
  #theme: CanvasTheme = lightTheme
  #view: GraphView | null = null
  #shown: Scene | null = null
  /** nodes on their way from where they were to where they are; only the view sees it */
  #glide: { from: ReadonlyMap<string, Point>; began: number } | null = null
  #due = false
  /** boxes that keep their size while something is dragged out of them or over them */
  #frozen: ReadonlyMap<string, SceneNode> | null = null

  constructor(drawing: Drawing, camera: Camera) {
    this.#drawing = drawing
    this.#camera = camera
    drawing.store.listen(() => this.#redraw())
  }

  // ---- the scene

  scene(): Scene {
    return (this.#scene ??= this.#picture())
  }

  #picture(): Scene {
    const { lab } = this.#drawing
    const [drawn, layout, presented] = [this.#drawing.model(), this.#drawing.layout(), this.#presented]
    const picture =
      presented === null
        ? lab.picture(drawn, layout, this.#marks)
        : lab.picture(presented.model, runPlaces(lab, drawn, layout, presented.model), presented.marks)
    const frozen = this.#frozen
    const nodes = frozen === null ? picture.nodes : picture.nodes.map((node) => sized(node, frozen.get(node.id)))
    const notes = this.#drawing.notes()
    return notes.length === 0 && frozen === null ? picture : { ...picture, nodes, ...(notes.length > 0 && { notes }) }
  }

  /** Lets boxes keep the size and place they have now, whatever moves in them, but for some; null ends that. */
  freeze(without: ReadonlySet<string> | null): void {
    this.#frozen = null
    if (without !== null) {
      const boxes = this.scene().nodes.filter(({ id, container }) => container === true && !without.has(id))
      this.#frozen = new Map(boxes.map((node) => [node.id, node]))
    }
    this.#redraw()
  }

  node(id: string): SceneNode | undefined {
    this.#nodes ??= new Map(this.scene().nodes.map((node) => [node.id, node]))
    return this.#nodes.get(id)
  }

  path(edge: SceneEdge): EdgePath | null {
    const [from, to] = [this.node(edge.from), this.node(edge.to)]
    return from === undefined || to === undefined ? null : edgePath(edge, from, to)
  }

  setMarks(marks: Readonly<Record<string, Mark>>): void {
    // Most edits change no mark, and painting a large drawing costs more than judging it.
    if (sameMarks(this.#marks, marks)) return
    this.#marks = marks
    this.#redraw()
  }

  present(state: Presented | null): void {
    this.#presented = state
    this.#redraw()
  }

  get presented(): boolean {
    return this.#presented !== null
  }

  // ---- what lies where (canvas units)

  /** The topmost node at a point. */
  nodeAt(p: Point, margin = 0): SceneNode | null {
    return this.scene().nodes.findLast((node) => covers(node, p, margin)) ?? null
  }

  /** The note at a point that was put there last. */
  noteAt(p: Point, margin = 0): SceneNote | null {
    const room = { x: p.x - margin, y: p.y - margin, width: 2 * margin || 1e-6, height: 2 * margin || 1e-6 }
    return this.#drawing.notes().findLast((note) => overlap(note, room)) ?? null
  }

  /** The rectangle of a node or a note; null for anything else. */
  rectOf(id: string): Rect | null {
    const node = this.node(id)
    if (node !== undefined) return boxOf(node)
    const note = this.#drawing.noteAt(id)
    return note === undefined ? null : { x: note.x, y: note.y, width: note.width, height: note.height }
  }

  /** Rectangles of all nodes and notes. */
  rects(): Rect[] {
    return [...this.scene().nodes.map(boxOf), ...this.#drawing.notes()]
  }

  /** Rectangles of the nodes and notes that can be seen, without some. */
  neighbours(without: (id: string) => boolean): Rect[] {
    const { width, height } = this.#camera.size
    const seen = width === 0 ? null : { ...this.#camera.toCanvas({ x: 0, y: 0 }), width: 0, height: 0 }
    if (seen !== null) [seen.width, seen.height] = [width / this.#camera.zoom, height / this.#camera.zoom]
    const rects: Rect[] = []
    for (const node of this.scene().nodes) if (!without(node.id)) rects.push(boxOf(node))
    for (const note of this.#drawing.notes()) if (!without(note.id)) rects.push(note)
    return seen === null ? rects : rects.filter((rect) => overlap(rect, seen))
  }

  edgeAt(p: Point): SceneEdge | null {
    let nearest: SceneEdge | null = null
    let best = EDGE_REACH / this.#camera.zoom
    for (const edge of this.scene().edges) {
      const path = this.path(edge)
      const distance = path === null ? Infinity : distanceToPath(path, p)
      if (distance <= best) [nearest, best] = [edge, distance]
    }
    return nearest
  }

  /** Nodes and notes that a rectangle touches, boxes with others in them that lie in it whole, and edges with both ends among them. */
  within(rect: Rect): string[] {
    const nodes = new Set(
      this.scene()
        .nodes.filter((node) => (node.container === true ? inside(boxOf(node), rect) : overlap(boxOf(node), rect)))
        .map((node) => node.id),
    )
    const edges = this.scene().edges.filter((edge) => nodes.has(edge.from) && nodes.has(edge.to))
    const notes = this.#drawing.notes().filter((note) => overlap(note, rect))
    return [...nodes, ...[...edges, ...notes].map(({ id }) => id)]
  }

  /** The rectangle around some records, or around everything; null when there is nothing. */
  bounds(ids?: Iterable<string>): Rect | null {
    const wanted = ids === undefined ? null : new Set(ids)
    const rects: Rect[] = []
    for (const node of this.scene().nodes) {
      // Room for the label above or below and the badge beside a node.
      const { x, y, width, height } = boxOf(node)
      if (wanted === null || wanted.has(node.id))
        rects.push({ x: x - 8, y: y - 28, width: width + 16, height: height + 56 })
    }
    for (const note of this.#drawing.notes()) if (wanted === null || wanted.has(note.id)) rects.push(note)
    for (const edge of this.scene().edges) {
      const path = wanted === null || wanted.has(edge.id) ? this.path(edge) : null
      for (const { x, y } of path === null ? [] : [path.start, path.end]) rects.push({ x, y, width: 1, height: 1 })
    }
    if (wanted === null) rects.push(...(this.scene().regions ?? []))
    return union(rects)
  }

  /** Whether a record can be seen whole; so can all where there is no view, and what is not there. */
  inView(id: string): boolean {
    const { width, height } = this.#camera.size
    const node = this.node(id)
    const bounds = node === undefined ? this.bounds([id]) : boxOf(node)
    if (width === 0 || bounds === null) return true
    const box = this.#camera.rectToScreen(bounds)
    return box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height
  }

  /** Looks at these records when none of them can be seen. */
  reveal(ids: Iterable<string>): void {
    const bounds = this.bounds(ids)
    const { width, height } = this.#camera.size
    if (bounds === null || width === 0) return
    if (overlap(this.#camera.rectToScreen(bounds), { x: 0, y: 0, width, height })) return
    this.#camera.centre({ x: bounds.x + bounds.width / 2, y: bounds.y + bounds.height / 2 })
  }

  // ---- the view

  /** Lets the view show how nodes go from these places to where they stand now. */
  glide(from: ReadonlyMap<string, Point>): void {
    if (this.#view === null || from.size > MOST_GLIDING || matchMedia('(prefers-reduced-motion: reduce)').matches)
      return
    this.#glide = { from, began: performance.now() }
    this.#schedule()
  }

  /** The scene with nodes that are still on their way; the scene itself when none is. */
  #onTheWay(scene: Scene): Scene {
    if (this.#glide === null) return scene
    const { from, began } = this.#glide
    const past = (performance.now() - began) / GLIDE_MS
    if (past >= 1) {
      this.#glide = null
      return scene
    }
    // Fast first, slow at the end; a share of the way is left.
    const left = (1 - past) ** 3
    requestAnimationFrame(() => this.#schedule())
    return {
      ...scene,
      nodes: scene.nodes.map((node) => {
        const start = from.get(node.id)
        if (start === undefined) return node
        return { ...node, x: node.x + (start.x - node.x) * left, y: node.y + (start.y - node.y) * left }
      }),
    }
  }

  get highlights(): Highlights {
    return this.#highlights
  }

  highlight(part: Partial<Highlights>): void {
    this.#highlights = { ...this.#highlights, ...part }
    this.#schedule()
  }

  setTheme(theme: CanvasTheme): void {
    this.#theme = theme
    this.#view?.setTheme(theme)
  }

  setView(view: GraphView | null): void {
    this.#view?.destroy()
    this.#view = view
    this.#shown = null
    if (view === null) return
    view.setTheme(this.#theme)
    this.look()
    this.#flush()
  }

  look(): void {
    this.#view?.look(this.#camera.zoom, this.#camera.pan)
  }

  resize(): void {
    this.#view?.resize()
  }

  #redraw(): void {
    this.#scene = null
    this.#nodes = null
    this.#schedule()
  }

  // A microtask: changes of one task are painted together, and still before the next frame.
  #schedule(): void {
    if (this.#due || this.#view === null) return
    this.#due = true
    queueMicrotask(() => {
      this.#due = false
      this.#flush()
    })
  }

  #flush(): void {
    const scene = this.scene()
    const seen = this.#onTheWay(scene)
    if (seen !== this.#shown) this.#view?.show(seen)
    this.#shown = seen
    this.#view?.highlight(this.#highlights)
  }
}

const sized = (node: SceneNode, box: SceneNode | undefined): SceneNode =>
  box === undefined ? node : { ...node, x: box.x, y: box.y, width: box.width, height: box.height }

function sameMarks(a: Readonly<Record<string, Mark>>, b: Readonly<Record<string, Mark>>): boolean {
  const ids = Object.keys(a)
  return ids.length === Object.keys(b).length && ids.every((id) => a[id] === b[id])
}
