// Paints scenes on canvas elements. What moves while the rest stands still (a node that is dragged, with its lines) is
// lifted onto a sheet of its own, so that a frame costs as much as what moves and not as much as the drawing.
// Reads no gesture; knows shapes only, no records and no lab. Long, since what has to be painted when is decided here.
import type { Point, Scene, SceneEdge, SceneNode } from '@contract/scene.ts'
import { type EdgePath, type Rect, edgePath, overlap, union } from '../geometry.ts'
import { zoomOf } from '../../ui/zoom.ts'
import { changedIds } from './changed.ts'
import { Layer, type Look } from './layer.ts'
import { Lettering } from './lettering.ts'
import { DIMMED, type EdgeLook, SECOND_OUTLINE, edgeLook } from './looks.ts'
import { paintEdgeLabel, paintEdges } from './paint-edges.ts'
import { paintBody, paintNames } from './paint-nodes.ts'
import { paintNotes } from './paint-notes.ts'
import { paintRegions, paintTags } from './paint-tags.ts'
import { type CanvasTheme, type GraphView, type Highlights, lightTheme } from './view.ts'

/** changes that follow each other faster than this, in milliseconds, are a movement */
const MOVEMENT = 150
/** more elements than this lose their lines while they move */
const MANY = 2_000
/** a whole picture that takes longer than this, in milliseconds, is moved as a picture while panning and zooming */
const SLOW = 14
/** room around a shape for its name, badge and highlights */
const AROUND = 40

const nothing: Highlights = { selected: new Set(), lit: new Set(), targets: null, over: null }

export class CanvasView implements GraphView {
  readonly #container: HTMLElement
  /** regions and notes, below everything */
  readonly #paper: Layer
  readonly #still: Layer
  readonly #moving: Layer
  /** what is on its way, above everything */
  readonly #tags: Layer
  #lettering = new Lettering(lightTheme.font)
  #theme: CanvasTheme = lightTheme
  #edgeLooks = new Map<number, EdgeLook>()
  #scene: Scene = { nodes: [], edges: [] }
  #nodes = new Map<string, SceneNode>()
  #paths = new Map<string, EdgePath>()
  #highlights: Highlights = nothing
  #look: Look = { zoom: 1, pan: { x: 0, y: 0 } }
  #lifted = new Set<string>()
  #stale = { still: true, moving: true }
  #paperStale = true
  /** the part of the still sheet that changed; null for all of it */
  #part: Rect | null = null
  #frame: number | null = null
  #rest: ReturnType<typeof setTimeout> | null = null
  #changedAt = -Infinity
  /** milliseconds the last picture of the whole drawing took, and when it was made */
  #cost = 0
  #paintedAt = -Infinity

  constructor(container: HTMLElement) {
    this.#container = container
    this.#paper = new Layer(container)
    this.#still = new Layer(container)
    this.#moving = new Layer(container)
    this.#tags = new Layer(container)
    this.resize()
  }

  show(scene: Scene): void {
    if (scene === this.#scene) return
    const before = this.#scene
    const changed = changedIds(before, scene)
    const old = this.#around(changed)
    this.#scene = scene
    this.#nodes = new Map(scene.nodes.map((node) => [node.id, node]))
    this.#trace(changed)
    if (before.notes !== scene.notes || before.regions !== scene.regions || before.tags !== scene.tags) {
      this.#paintPaperSoon()
    }
    const now = performance.now()
    const same = sameSize(before, scene)
    const moves = now - this.#changedAt < MOVEMENT && same
    this.#changedAt = now
    if (moves) {
      const size = this.#lifted.size
      for (const id of changed) this.#lifted.add(id)
      this.#paintSoon({ still: this.#lifted.size > size, moving: true })
      this.#restSoon()
    } else if (same && this.#lifted.size === 0 && !this.#stale.still) {
      const part = union([old, this.#around(changed)].filter((rect) => rect !== null))
      if (part !== null) this.#paintSoon({ still: true, moving: false }, part)
    } else {
      this.#lifted.clear()
      this.#paintSoon({ still: true, moving: true })
    }
  }

  /** The rectangle around some shapes as they are painted now, with their names; null when there are none. */
  #around(ids: ReadonlySet<string>): Rect | null {
    const rects: Rect[] = []
    for (const id of ids) {
      const node = this.#nodes.get(id)
      const path = this.#paths.get(id)
      if (node !== undefined) rects.push(roomOf(node))
      if (path !== undefined) rects.push(roomAlong(path))
    }
    return union(rects)
  }

  /** Works out the lines that changed, and forgets those that are gone. */
  #trace(changed: ReadonlySet<string>): void {
    const paths = new Map<string, EdgePath>()
    for (const edge of this.#scene.edges) {
      const known = changed.has(edge.id) ? undefined : this.#paths.get(edge.id)
      const [from, to] = [this.#nodes.get(edge.from), this.#nodes.get(edge.to)]
      if (known !== undefined) paths.set(edge.id, known)
      else if (from !== undefined && to !== undefined) {
        paths.set(edge.id, edgePath(edge, withOutlines(from), withOutlines(to)))
      }
    }
    this.#paths = paths
  }

  highlight(highlights: Highlights): void {
    if (sameHighlights(this.#highlights, highlights)) return
    this.#highlights = highlights
    this.#paintPaperSoon()
    this.#paintSoon({ still: true, moving: true })
  }

  look(zoom: number, pan: Point): void {
    this.#look = { zoom, pan: { ...pan } }
    this.#paintPaperSoon()
    if (this.#cost > SLOW && performance.now() - this.#paintedAt < 12 * this.#cost) {
      this.#still.shift(this.#look)
      this.#moving.shift(this.#look)
      this.#restSoon()
    } else this.#paintSoon({ still: true, moving: true })
  }

  setTheme(theme: CanvasTheme): void {
    this.#theme = theme
    this.#lettering = new Lettering(theme.font)
    this.#edgeLooks.clear()
    this.#paintPaperSoon()
    this.#paintSoon({ still: true, moving: true })
  }

  /** Paints at once: a canvas is empty after it changed its size. */
  resize(): void {
    this.#paper.resize(this.#container)
    this.#still.resize(this.#container)
    this.#moving.resize(this.#container)
    this.#tags.resize(this.#container)
    this.#stale = { still: true, moving: true }
    this.#paperStale = true
    this.#paint()
  }

  destroy(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame)
    if (this.#rest !== null) clearTimeout(this.#rest)
    this.#container.replaceChildren()
  }

  /** When nothing moves any more, everything goes back to its place and the picture is made in full. */
  #restSoon(): void {
    if (this.#rest !== null) clearTimeout(this.#rest)
    this.#rest = setTimeout(() => {
      this.#rest = null
      this.#lifted.clear()
      this.#paintSoon({ still: true, moving: true })
    }, MOVEMENT)
  }

  /** @param part what of the still sheet changed, when nothing else of it did */
  #paintSoon(stale: { still: boolean; moving: boolean }, part: Rect | null = null): void {
    if (stale.still) this.#part = part
    this.#stale = { still: this.#stale.still || stale.still, moving: this.#stale.moving || stale.moving }
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null
      this.#paint()
    })
  }

  #paintPaperSoon(): void {
    this.#paperStale = true
    this.#paintSoon({ still: false, moving: false })
  }

  #paintPaper(): void {
    this.#paperStale = false
    const { notes = [], regions = [], tags = [] } = this.#scene
    const { selected, lit } = this.#highlights
    const parts = { theme: this.#theme, lettering: this.#lettering, zoom: this.#seen() }
    if (notes.length + regions.length === 0) this.#paper.clear()
    else {
      this.#paper.paint(this.#look, null, (context, visible) => {
        paintRegions(context, regions, visible, parts)
        paintNotes(context, notes, visible, parts, selected)
      })
    }
    if (tags.length === 0) this.#tags.clear()
    else this.#tags.paint(this.#look, null, (context, visible) => paintTags(context, tags, visible, parts, lit))
  }

  #paint(): void {
    if (this.#paperStale) this.#paintPaper()
    const { still, moving } = this.#stale
    this.#stale = { still: false, moving: false }
    if (still) {
      const start = performance.now()
      this.#still.paint(this.#look, this.#part, (context, visible) => this.#paintSheet(context, visible, false))
      this.#paintedAt = performance.now()
      if (this.#lifted.size === 0 && this.#part === null) this.#cost = this.#paintedAt - start
      this.#part = null
    }
    if (!moving) return
    if (this.#lifted.size === 0) this.#moving.clear()
    else this.#moving.paint(this.#look, null, (context, visible) => this.#paintSheet(context, visible, true))
  }

  /** How large a canvas unit is on the screen: the page may be zoomed as well. */
  #seen(): number {
    return this.#look.zoom * zoomOf(this.#container)
  }

  // Lines lie above the shapes, since assignments start at a dot inside their box; names and badges above the lines.
  #paintSheet(context: CanvasRenderingContext2D, visible: Rect, lifted: boolean): void {
    const { lit } = this.#highlights
    const zoom = this.#seen()
    const nodes = this.#scene.nodes.filter(
      (node) => this.#lifted.has(node.id) === lifted && overlap(roomOf(node), visible),
    )
    const dim = (id: string): number => (lit.size > 0 && !lit.has(id) ? DIMMED : 1)
    for (const node of nodes) {
      context.globalAlpha = dim(node.id)
      paintBody(context, node, this.#theme, this.#over(node.id))
    }
    context.globalAlpha = 1
    if (!lifted || this.#lifted.size <= MANY) this.#paintLines(context, visible, lifted)
    for (const node of nodes) {
      context.globalAlpha = dim(node.id)
      paintNames(context, node, this.#theme, this.#lettering, zoom)
    }
    context.globalAlpha = 1
  }

  #paintLines(context: CanvasRenderingContext2D, visible: Rect, lifted: boolean): void {
    const batches = new Map<EdgeLook, EdgePath[]>()
    const labelled: SceneEdge[] = []
    for (const edge of this.#scene.edges) {
      const path = this.#paths.get(edge.id)
      if (path === undefined || this.#lifted.has(edge.id) !== lifted || !overlap(roomAlong(path), visible)) continue
      const look = this.#lookOf(edge)
      const batch = batches.get(look)
      if (batch === undefined) batches.set(look, [path])
      else batch.push(path)
      if (edge.label !== '' || edge.mark === 'impossible') labelled.push(edge)
    }
    for (const [look, paths] of batches) paintEdges(context, look, paths, this.#theme)
    for (const edge of labelled) {
      const path = this.#paths.get(edge.id)
      if (path !== undefined) paintEdgeLabel(context, edge, path, this.#theme, this.#lettering, this.#seen())
    }
  }

  #over(id: string): Parameters<typeof paintBody>[3] {
    const { selected, lit, targets, over } = this.#highlights
    const target = targets?.has(id) === true ? (id === over ? 'over' : 'possible') : null
    return { selected: selected.has(id), lit: lit.has(id), target }
  }

  /** One look for all edges in the same state, so that they are painted together. */
  #lookOf({ id, mark, line, arrow }: SceneEdge): EdgeLook {
    const { selected, lit } = this.#highlights
    const state = { mark, line, arrow, selected: selected.has(id), lit: lit.has(id), dim: lit.size > 0 && !lit.has(id) }
    const code =
      ((mark === null ? 0 : marks.indexOf(mark) + 1) * 3 + arrows.indexOf(arrow)) * 16 +
      (line === 'dashed' ? 8 : 0) +
      (state.selected ? 4 : 0) +
      (state.lit ? 2 : 0) +
      (state.dim ? 1 : 0)
    const known = this.#edgeLooks.get(code)
    if (known !== undefined) return known
    const look = edgeLook(state, this.#theme)
    this.#edgeLooks.set(code, look)
    return look
  }
}

const arrows = ['open', 'filled', 'none']
const marks = ['free', 'ring', 'behind', 'unsafe', 'impossible']

/** Lines end at the outer one of two outlines. */
function withOutlines(node: SceneNode): SceneNode {
  if (node.mark !== 'ring') return node
  return { ...node, width: node.width + 2 * SECOND_OUTLINE, height: node.height + 2 * SECOND_OUTLINE }
}

const sameSize = (a: Scene, b: Scene): boolean => a.nodes.length === b.nodes.length && a.edges.length === b.edges.length

/** The room that a node takes with its name, badge and highlights. */
function roomOf({ x, y, width, height, labelPlace }: SceneNode): Rect {
  // A name beside a shape may be long.
  const aside = width / 2 + AROUND + (labelPlace === 'inside' ? 0 : 220)
  const above = height / 2 + AROUND
  return { x: x - aside, y: y - above, width: 2 * aside, height: 2 * above }
}

function roomAlong({ start, end, control }: EdgePath): Rect {
  const bow = control ?? start
  const [left, top] = [Math.min(start.x, end.x, bow.x), Math.min(start.y, end.y, bow.y)]
  const [right, bottom] = [Math.max(start.x, end.x, bow.x), Math.max(start.y, end.y, bow.y)]
  return { x: left - AROUND, y: top - AROUND, width: right - left + 2 * AROUND, height: bottom - top + 2 * AROUND }
}

const sameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a === b || (a.size === b.size && [...a].every((id) => b.has(id)))

function sameHighlights(a: Highlights, b: Highlights): boolean {
  if (a === b) return true
  const targets = a.targets === b.targets || (a.targets !== null && b.targets !== null && sameSet(a.targets, b.targets))
  return targets && a.over === b.over && sameSet(a.selected, b.selected) && sameSet(a.lit, b.lit)
}
