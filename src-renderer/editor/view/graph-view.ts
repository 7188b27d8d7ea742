// The one adapter on cytoscape. It is fed with copies of a scene's shapes, changes only the elements that differ, and
// never reads a gesture: all of cytoscape's own are off, the canvas listens by itself.
import cytoscape from 'cytoscape'
import type { Point, Scene, SceneNode } from '@contract/scene.ts'
import { type ElementShape, changedIds, edgeShape, nodeShape, sublabelId, sublabelShape } from './elements.ts'
import { faceOf } from './faces.ts'
import { Images } from './images.ts'
import { type CanvasRenderer, EdgeLooks, paintInBatches } from './paint.ts'
import { styleSheet } from './styles.ts'
import { type CanvasTheme, type GraphView, type Highlights, lightTheme } from './view.ts'

/** cytoscape keeps its renderer behind a door its types do not show. */
interface WithRenderer {
  renderer(): CanvasRenderer
}

const nothing: Highlights = { selected: new Set(), lit: new Set(), targets: null, over: null }

export class CytoscapeView implements GraphView {
  readonly #cy: cytoscape.Core
  readonly #renderer: CanvasRenderer
  readonly #images = new Images()
  #looks = new EdgeLooks(lightTheme)
  #theme: CanvasTheme = lightTheme
  #scene: Scene | null = null
  #wanted: Scene | null = null
  #faces = new Map<string, string | null>()
  #base = new Map<string, string>()
  #applied = new Map<string, string>()
  /** classes of edges with what the painter alone looks at */
  #edgeLooks = new Map<string, string>()
  #highlights: Highlights = nothing
  #destroyed = false

  constructor(container: HTMLElement) {
    this.#cy = cytoscape({
      container,
      headless: false,
      styleEnabled: true,
      style: styleSheet(this.#theme),
      layout: { name: 'preset', fit: false },
      userZoomingEnabled: false,
      userPanningEnabled: false,
      boxSelectionEnabled: false,
      autoungrabify: true,
      autounselectify: true,
      minZoom: 0.01,
      maxZoom: 10,
      textureOnViewport: false,
      hideEdgesOnViewport: false,
      pixelRatio: 'auto',
    })
    this.#renderer = (this.#cy as unknown as WithRenderer).renderer()
    paintInBatches(
      this.#renderer,
      (id) => {
        const look = this.#edgeLooks.get(id)
        return look === undefined ? undefined : this.#looks.of(look)
      },
      (id) => this.#highlights.lit.size > 0 && !this.#highlights.lit.has(id),
    )
  }

  show(scene: Scene): void {
    this.#wanted = scene
    const changed = changedIds(this.#scene, scene)
    for (const node of scene.nodes) if (changed.has(node.id)) this.#faces.set(node.id, faceOf(node, this.#theme))
    const urls = new Set([...changed].map((id) => this.#faces.get(id) ?? ''))
    urls.delete('')
    // The picture waits for its faces, a few milliseconds once for each new one; the old one stays until then.
    if (this.#images.request(urls, () => this.#again())) this.#apply(scene, changed, urls)
  }

  #again(): void {
    if (!this.#destroyed && this.#wanted !== null && this.#wanted !== this.#scene) this.show(this.#wanted)
  }

  #apply(scene: Scene, changed: ReadonlySet<string>, urls: ReadonlySet<string>): void {
    this.#offer(urls)
    const nodes = new Map(scene.nodes.map((node) => [node.id, node]))
    const before = this.#scene
    this.#scene = scene
    this.#cy.batch(() => {
      this.#removeMissing(before, scene)
      const fresh: cytoscape.ElementDefinition[] = []
      for (const node of scene.nodes) {
        if (!changed.has(node.id)) continue
        this.#put(nodeShape(node, this.#faces.get(node.id) ?? null), fresh)
        this.#putSublabel(node, fresh)
      }
      for (const edge of scene.edges) {
        const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)]
        if (from === undefined || to === undefined) continue
        const moved = edge.bend !== 0 && (changed.has(edge.from) || changed.has(edge.to))
        if (changed.has(edge.id) || moved) this.#put(edgeShape(edge, from, to), fresh)
      }
      if (fresh.length > 0) this.#cy.add(fresh)
      this.#classes()
    })
  }

  #removeMissing(before: Scene | null, after: Scene): void {
    if (before === null) return
    const kept = new Set([...after.nodes, ...after.edges].map(({ id }) => id))
    const ends = new Map(after.edges.map((edge) => [edge.id, `${edge.from} ${edge.to}`]))
    for (const edge of before.edges) {
      // cytoscape cannot move an end without making the edge anew; ours hardly ever do
      if (!kept.has(edge.id) || ends.get(edge.id) !== `${edge.from} ${edge.to}`) this.#drop(edge.id)
    }
    for (const { id } of before.nodes) {
      if (kept.has(id)) continue
      this.#drop(id)
      this.#drop(sublabelId(id))
      this.#faces.delete(id)
    }
  }

  #drop(id: string): void {
    this.#cy.getElementById(id).remove()
    this.#base.delete(id)
    this.#edgeLooks.delete(id)
    this.#applied.delete(id)
  }

  #put(shape: ElementShape, fresh: cytoscape.ElementDefinition[]): void {
    const id = String(shape.data['id'])
    this.#base.set(id, shape.classes)
    if (shape.group === 'edges' && !this.#edgeLooks.has(id)) this.#edgeLooks.set(id, shape.classes)
    const element = this.#cy.getElementById(id)
    if (element.empty()) {
      this.#applied.set(id, shape.classes)
      const data = { ...shape.data } as cytoscape.ElementDataDefinition
      const position = shape.position === null ? {} : { position: { ...shape.position } }
      fresh.push({ group: shape.group, data, classes: shape.classes, ...position } as cytoscape.ElementDefinition)
      return
    }
    const changes: Record<string, string | number | null> = {}
    for (const [key, value] of Object.entries(shape.data)) {
      if (key !== 'id' && key !== 'source' && key !== 'target' && element.data(key) !== value) changes[key] = value
    }
    if (Object.keys(changes).length > 0) element.data(changes)
    if (shape.position !== null) {
      const now = (element as cytoscape.NodeSingular).position()
      if (now.x !== shape.position.x || now.y !== shape.position.y) {
        ;(element as cytoscape.NodeSingular).position({ ...shape.position })
      }
    }
  }

  #putSublabel(node: SceneNode, fresh: cytoscape.ElementDefinition[]): void {
    const shape = sublabelShape(node)
    if (shape === null) this.#drop(sublabelId(node.id))
    else this.#put(shape, fresh)
  }

  highlight(highlights: Highlights): void {
    this.#highlights = highlights
    this.#cy.batch(() => this.#classes())
    // What stands back or is an edge is painted without a change of cytoscape's style, so nothing else asks for a frame.
    this.#cy.forceRender()
  }

  #classes(): void {
    const { selected, lit, targets, over } = this.#highlights
    for (const [id, base] of this.#base) {
      let classes = base
      if (selected.has(id)) classes += ' selected'
      if (lit.has(id)) classes += ' lit'
      if (this.#edgeLooks.has(id)) {
        this.#edgeLooks.set(id, lit.size > 0 && !lit.has(id) ? `${classes} dim` : classes)
        classes = base
      } else if (targets?.has(id) === true) classes += id === over ? ' target over' : ' target'
      if (this.#applied.get(id) === classes) continue
      this.#applied.set(id, classes)
      this.#cy.getElementById(id).classes(classes)
    }
  }

  /** Hands decoded images to cytoscape, which would otherwise load each address again and paint a frame without it. */
  #offer(urls: ReadonlySet<string>): void {
    const cache = (this.#renderer.imageCache ??= {})
    for (const url of urls) {
      const image = this.#images.get(url)
      if (image !== undefined && cache[url] === undefined) cache[url] = { image }
    }
  }

  look(zoom: number, pan: Point): void {
    this.#cy.viewport({ zoom, pan: { ...pan } })
  }

  setTheme(theme: CanvasTheme): void {
    this.#theme = theme
    this.#looks = new EdgeLooks(theme)
    this.#cy.style().fromJson(styleSheet(theme)).update()
    const scene = this.#wanted
    if (scene === null) return
    // Faces carry colours: all are made anew, as for a scene never shown.
    for (const node of scene.nodes) this.#faces.set(node.id, faceOf(node, theme))
    const urls = new Set([...this.#faces.values()].filter((url) => url !== null))
    const all = new Set(scene.nodes.map(({ id }) => id))
    const paint = (): void => {
      if (!this.#destroyed && this.#wanted === scene) this.#apply(scene, all, urls)
    }
    if (this.#images.request(urls, paint)) paint()
  }

  resize(): void {
    this.#cy.resize()
  }

  destroy(): void {
    this.#destroyed = true
    this.#cy.destroy()
  }
}
