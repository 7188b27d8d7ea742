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

  /**
   * Paints anew in canvas units. `visible` is the part of the drawing that is to be painted.
   * @param changed the only part that changed since the last picture; null to paint everything
   */
  paint(look: Look, changed: Rect | null, body: (context: CanvasRenderingContext2D, visible: Rect) => void): void {
    const { zoom, pan } = look
    const { width, height } = this.#size
    const part = this.#empty || !sameLook(look, this.#painted) ? null : changed
    const whole = { x: -pan.x / zoom, y: -pan.y / zoom, width: width / zoom, height: height / zoom }
    const context = this.#context
    const scale = this.#ratio * zoom
    context.save()
    context.setTransform(1, 0, 0, 1, 0, 0)
    if (part === null) context.clearRect(0, 0, this.#element.width, this.#element.height)
    else {
      // Whole screen pixels, so that no seam is left where the part ends.
      const left = Math.floor(this.#ratio * (part.x * zoom + pan.x))
      const top = Math.floor(this.#ratio * (part.y * zoom + pan.y))
      const [wide, high] = [Math.ceil(part.width * scale) + 1, Math.ceil(part.height * scale) + 1]
      context.beginPath()
      context.rect(left, top, wide, high)
      context.clip()
      context.clearRect(left, top, wide, high)
    }
    context.setTransform(scale, 0, 0, scale, this.#ratio * pan.x, this.#ratio * pan.y)
    body(context, part ?? whole)
    context.restore()
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

const sameLook = (a: Look, b: Look): boolean => a.zoom === b.zoom && a.pan.x === b.pan.x && a.pan.y === b.pan.y
