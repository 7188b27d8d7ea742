// Puts the drawing into an element of the page and takes it out again: input, size, and the view itself.
// The only part of the kit besides input.ts and the view that touches the page.
import type { Stage } from '../stage.ts'
import type { Camera } from './camera.ts'
import { CanvasView } from './canvas-view.ts'

export class Mount {
  readonly #stage: Stage
  readonly #camera: Camera
  readonly #fit: () => void
  #container: HTMLElement | null = null
  #stop: (() => void) | null = null
  /** where it looked after the drawing was last shown whole, and how large the drawing was; null before the first time */
  #fitted: string | null = null

  /** @param fit shows the whole drawing; called once, when the element first has a size */
  constructor(stage: Stage, camera: Camera, fit: () => void) {
    this.#stage = stage
    this.#camera = camera
    this.#fit = fit
  }

  attach(container: HTMLElement, listen: (container: HTMLElement) => () => void): void {
    this.detach()
    this.#container = container
    const stop = listen(container)
    // The view paints into a layer of its own, below whatever the page lays over the drawing, and hears no pointer.
    const layer = document.createElement('div')
    layer.style.cssText = 'position: absolute; inset: 0; pointer-events: none'
    layer.setAttribute('aria-hidden', 'true')
    container.prepend(layer)
    this.#stop = () => {
      stop()
      layer.remove()
    }
    this.#measure()
    // Text is measured once, so the font has to be there; when it cannot be loaded the browser takes another one.
    const font = document.fonts.load(`500 14px ${getComputedStyle(container).fontFamily}`).catch(() => [])
    void font.then(() => {
      // The page may have taken the drawing out, or put it in again, while the font was loading.
      if (layer.isConnected) this.#stage.setView(new CanvasView(layer))
    })
  }

  detach(): void {
    this.#container = null
    this.#stage.setView(null)
    this.#stop?.()
    this.#stop = null
  }

  resize(): void {
    this.#measure()
    this.#stage.resize()
  }

  /** The whole drawing was shown: it stays so in a larger or smaller element. */
  seenWhole(): void {
    this.#fitted = this.#looking()
  }

  /** Who saw everything before a change still does afterwards. */
  keepWhole(change: () => void): void {
    const whole = this.#camera.size.width > 0 && this.#showsAll()
    change()
    if (whole && !this.#showsAll()) this.#fit()
  }

  focus(): void {
    this.#container?.focus({ preventScroll: true })
  }

  #measure(): void {
    const { clientWidth: width = 0, clientHeight: height = 0 } = this.#container ?? {}
    // Who has not moved the view since wants to see the whole drawing in a larger or smaller window as well.
    const untouched = this.#fitted === null || this.#fitted === this.#looking()
    const whole = this.#camera.size.width > 0 && this.#showsAll()
    this.#camera.setSize(width, height)
    if (width === 0 || height === 0) return
    // Who saw everything still does when a panel opens beside it.
    if (!untouched && (!whole || this.#showsAll())) return
    this.#fit()
    this.#fitted = this.#looking()
  }

  /** Whether the whole drawing can be seen. */
  #showsAll(): boolean {
    const bounds = this.#stage.bounds()
    if (bounds === null) return true
    const { width, height } = this.#camera.size
    const box = this.#camera.rectToScreen(bounds)
    return box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height
  }

  #looking(): string {
    return JSON.stringify([this.#camera.zoom, this.#camera.pan, this.#stage.bounds()])
  }
}
