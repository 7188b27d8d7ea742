// Turns what happens to the canvas element into input for the tools. Wheel pans, Ctrl and wheel (or a pinch) zooms, the
// space bar turns the pointer into a hand. All listeners are ours; the view behind has none.
import type { Point } from '@contract/scene.ts'
import { zoomOf } from '../ui/zoom.ts'
import type { Toolbox } from './tools/toolbox.ts'
import type { PointerInput } from './tools/tool.ts'

const WHEEL_LINE = 16
const ZOOM_WHEEL = 0.002
const ZOOM_PINCH = 0.01

export interface Look {
  pan(dx: number, dy: number): void
  zoom(factor: number, around: Point): void
}

/** Listens until the returned function is called. */
export function listenTo(container: HTMLElement, toolbox: Toolbox, look: Look): () => void {
  const ended = new AbortController()
  const on = <K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (event: HTMLElementEventMap[K]) => void,
    passive = true,
  ): void => container.addEventListener(type, listener, { signal: ended.signal, passive })

  const place = (event: MouseEvent): Point => {
    const box = container.getBoundingClientRect()
    const zoom = zoomOf(container)
    return {
      x: (event.clientX - box.left) / zoom - container.clientLeft,
      y: (event.clientY - box.top) / zoom - container.clientTop,
    }
  }
  const input = (event: MouseEvent): PointerInput => ({
    at: place(event),
    button: Math.max(event.button, 0),
    shift: event.shiftKey,
    alt: event.altKey,
  })
  // A field in place keeps its own pointer and keys.
  const foreign = (event: Event): boolean =>
    event.target instanceof Element && event.target.closest('input, textarea') !== null

  on('pointerdown', (event) => {
    if (foreign(event)) return
    // Focus first: it ends a name that is being written, before the press means anything.
    container.focus({ preventScroll: true })
    if (event.isPrimary) container.setPointerCapture(event.pointerId)
    toolbox.down(input(event))
  })
  on('pointermove', (event) => {
    if (event.isPrimary && !foreign(event)) toolbox.move(input(event))
  })
  on('pointerup', (event) => {
    if (event.isPrimary && !foreign(event)) toolbox.up(input(event))
  })
  on('pointercancel', () => toolbox.settle())
  on('pointerleave', () => toolbox.out())
  on('dblclick', (event) => {
    if (!foreign(event)) toolbox.double(input(event))
  })
  // The middle button would begin the browser's own scrolling.
  on('mousedown', (event) => event.button === 1 && event.preventDefault(), false)

  on(
    'wheel',
    (event) => {
      event.preventDefault()
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? WHEEL_LINE : 1
      const [dx, dy] = [(event.deltaX * unit) / zoomOf(container), (event.deltaY * unit) / zoomOf(container)]
      if (event.ctrlKey || event.metaKey) {
        // A pinch comes as many small steps, a wheel as few large ones.
        const speed = Math.abs(event.deltaY * unit) < 20 ? ZOOM_PINCH : ZOOM_WHEEL
        look.zoom(Math.exp(-Math.max(-100, Math.min(100, event.deltaY * unit)) * speed), place(event))
      } else if (event.shiftKey && dx === 0) look.pan(-dy, 0)
      else look.pan(-dx, -dy)
    },
    false,
  )

  on(
    'keydown',
    (event) => {
      if (foreign(event) || event.isComposing) return
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey
      const used =
        (event.key === 'Escape' && toolbox.cancel()) ||
        (plain && toolbox.key({ key: event.key, shift: event.shiftKey })) ||
        (event.key === ' ' && plain && event.target === container)
      if (!used) return
      if (event.key === ' ' && toolbox.state.path.endsWith('.idle')) toolbox.panning = true
      event.preventDefault()
      event.stopPropagation()
    },
    false,
  )
  on('keyup', (event) => {
    if (event.key === ' ') toolbox.panning = false
  })
  on('blur', () => {
    toolbox.panning = false
  })
  return () => {
    ended.abort()
    toolbox.panning = false
    toolbox.settle()
  }
}
