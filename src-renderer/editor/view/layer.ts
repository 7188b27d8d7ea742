// One sheet of the drawing: a canvas element as sharp as the screen, and where it was looking when it was painted.
// Knows nothing of what is painted on it.
import type { Point } from '@contract/scene.ts'
import type { Rect } from '../geometry.ts'

export interface Look {
  zoom: number
  pan: Point
}

export class Layer {
  readonly #element = document.createElement('canvas')
  readonly #context: CanvasRenderingContext2D
  #ratio = 1
  #size = { width: 0, height: 0 }
  #painted: Look = { zoom: 1, pan: { x: 0, y: 0 } }
  #empty = true

  constructor(container: HTMLElement) {
    this.#element.style.cssText = 'position: absolute; top: 0; left: 0; transform-origin: 0 0'
    container.append(this.#element)
    const context = this.#element.getContext('2d')
    if (context === null) throw new Error('this browser has no canvas')
    this.#context = context
  }

  /** Takes the container's size. What was painted is gone afterwards. */
  resize(container: HTMLElement): void {
    const { clientWidth: width, clientHeight: height } = container
    // A page that is zoomed by its style sheet has more screen pixels for each of its own.
    this.#ratio = devicePixelRatio * ((container as { currentCSSZoom?: number }).currentCSSZoom ?? 1)
    this.#size = { width, height }
    this.#element.width = Math.max(1, Math.round(width * this.#ratio))
    this.#element.height = Math.max(1, Math.round(height * this.#ratio))
    this.#element.style.width = `${width}px`
    this.#element.style.height = `${height}px`
    this.#empty = true
  }

  /** Paints anew in canvas units. `visible` is the part of the drawing that can be seen. */
  paint(look: Look, body: (context: CanvasRenderingContext2D, visible: Rect) => void): void {
    const { zoom, pan } = look
    this.clear()
    const scale = this.#ratio * zoom
    this.#context.setTransform(scale, 0, 0, scale, this.#ratio * pan.x, this.#ratio * pan.y)
    const { width, height } = this.#size
    body(this.#context, { x: -pan.x / zoom, y: -pan.y / zoom, width: width / zoom, height: height / zoom })
    this.#painted = look
    this.#empty = false
    this.#element.style.transform = ''
  }

  clear(): void {
    if (this.#empty) return
    this.#context.setTransform(1, 0, 0, 1, 0, 0)
    this.#context.clearRect(0, 0, this.#element.width, this.#element.height)
    this.#empty = true
  }

  /** Moves and scales what was painted to where it would be, which costs nothing; what comes into sight is still missing. */
  shift({ zoom, pan }: Look): void {
    const factor = zoom / this.#painted.zoom
    const [x, y] = [pan.x - this.#painted.pan.x * factor, pan.y - this.#painted.pan.y * factor]
    this.#element.style.transform = `translate(${x}px, ${y}px) scale(${factor})`
  }
}
