// How much room the page has, in its own pixels: the window's size divided by the page's zoom. Says when the frame has to
// fold. Knows no panel.

/** Below this width the side panel begins closed, and palette and top bar fold. */
const NARROW = 900
/** Below this height the timeline begins folded. */
const LOW = 520

class PageSize {
  width = $state(1280)
  height = $state(720)
  zoom = $state(1)

  get narrow(): boolean {
    return this.width < NARROW
  }

  get low(): boolean {
    return this.height < LOW
  }

  /** @param width of the window in screen pixels, as `height` */
  measure(width: number, height: number, zoom: number): void {
    this.width = width / zoom
    this.height = height / zoom
    this.zoom = zoom
  }
}

export const pageSize = new PageSize()

/** The steps of the page's zoom, as browsers have them. */
export const ZOOM_STEPS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const

/** The next step up (1) or down (-1) from a zoom; the last one at either end. */
export function nextZoom(zoom: number, by: 1 | -1): number {
  // A zoom between two steps, from another version, goes to its neighbour.
  const steps = by === 1 ? ZOOM_STEPS : ZOOM_STEPS.toReversed()
  return steps.find((step) => (by === 1 ? step > zoom + 0.001 : step < zoom - 0.001)) ?? steps.at(-1) ?? 1
}
