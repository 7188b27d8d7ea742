// Where the view looks: zoom and pan, and the one place where screen and canvas coordinates are converted.
// Screen points are CSS pixels from the top left corner of the canvas. Knows neither records nor the DOM.
import type { Point } from '@contract/scene.ts'
import type { Rect } from '../geometry.ts'

export const MIN_ZOOM = 0.05
export const MAX_ZOOM = 4
const PADDING = 56

export class Camera {
  #zoom = 1
  #pan: Point = { x: 0, y: 0 }
  #size = { width: 0, height: 0 }
  readonly #changed: () => void

  constructor(changed: () => void) {
    this.#changed = changed
  }

  get zoom(): number {
    return this.#zoom
  }

  get pan(): Point {
    return this.#pan
  }

  get size(): { width: number; height: number } {
    return this.#size
  }

  setSize(width: number, height: number): void {
    if (width === this.#size.width && height === this.#size.height) return
    this.#size = { width, height }
    this.#changed()
  }

  toScreen(p: Point): Point {
    return { x: p.x * this.#zoom + this.#pan.x, y: p.y * this.#zoom + this.#pan.y }
  }

  toCanvas(p: Point): Point {
    return { x: (p.x - this.#pan.x) / this.#zoom, y: (p.y - this.#pan.y) / this.#zoom }
  }

  rectToScreen({ x, y, width, height }: Rect): Rect {
    return { ...this.toScreen({ x, y }), width: width * this.#zoom, height: height * this.#zoom }
  }

  /** The middle of what can be seen, in canvas units; the origin's neighbourhood while there is no view. */
  middle(): Point {
    return this.#size.width === 0
      ? { x: 320, y: 200 }
      : this.toCanvas({ x: this.#size.width / 2, y: this.#size.height / 2 })
  }

  panBy(dx: number, dy: number): void {
    this.#look(this.#zoom, { x: this.#pan.x + dx, y: this.#pan.y + dy })
  }

  /** Zooms so that the canvas point under `around` (screen; default the middle) stays where it is. */
  setZoom(level: number, around: Point = { x: this.#size.width / 2, y: this.#size.height / 2 }): void {
    const zoom = Math.max(MIN_ZOOM, Math.min(MAX_ZOOM, level))
    const fixed = this.toCanvas(around)
    this.#look(zoom, { x: around.x - fixed.x * zoom, y: around.y - fixed.y * zoom })
  }

  centre(p: Point): void {
    const { width, height } = this.#size
    this.#look(this.#zoom, { x: width / 2 - p.x * this.#zoom, y: height / 2 - p.y * this.#zoom })
  }

  /** Shows a whole rectangle, never larger than `largest`. */
  fit(rect: Rect, largest = 1): void {
    const { width, height } = this.#size
    if (width === 0 || height === 0) return
    // A small window has no room to give away.
    const room = (length: number): number => length - 2 * Math.min(PADDING, 0.07 * length)
    const zoom = Math.min(largest, room(width) / Math.max(rect.width, 1), room(height) / Math.max(rect.height, 1))
    this.#zoom = Math.max(MIN_ZOOM, zoom)
    this.centre({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 })
  }

  // Whole pixels keep lines and text as sharp as they can be.
  #look(zoom: number, pan: Point): void {
    this.#zoom = zoom
    this.#pan = { x: Math.round(pan.x), y: Math.round(pan.y) }
    this.#changed()
  }
}
