// How a space-time diagram is looked at: which way time runs, how far it is stretched, how far it is scrolled. In screen
// pixels; knows no events.
import type { Place } from './place.ts'

const LEAST_ZOOM = 0.02
const MOST_ZOOM = 6
/** room for names of lanes on the left, and for them above when time runs down */
const HEAD_ACROSS = 64
const HEAD_DOWN = 28
/** room behind the end of the axis */
const END = 40
const LEAST_LANE = 26
const MOST_LANE = 110

export class Camera {
  across = $state(true)
  zoom = $state(1)
  along = $state(0)
  side = $state(0)
  width = $state(0)
  height = $state(0)
  lanes = $state(1)

  get head(): number {
    return this.across ? HEAD_ACROSS : HEAD_DOWN
  }

  /** Lanes share the room there is, within bounds; many are scrolled. */
  get lane(): number {
    const room = (this.across ? this.height : this.width) - this.#sideHead
    return Math.max(LEAST_LANE, Math.min(MOST_LANE, Math.floor(room / Math.max(1, this.lanes))))
  }

  /** room beside the first lane */
  get #sideHead(): number {
    return this.across ? 20 : 0
  }

  get place(): Place {
    const { across, width, height, along, side, zoom, lane, head } = this
    // The same head is kept on both axes, so the first lane has room for times above it.
    return { across, width, height, along, side: side + head - this.#sideHead, zoom, lane, head }
  }

  turn(): void {
    this.across = !this.across
    this.side = 0
  }

  zoomBy(factor: number, at?: number): void {
    const length = this.across ? this.width : this.height
    const fixed = (at ?? length / 2) - this.head
    const zoom = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, this.zoom * factor))
    this.along = ((this.along + fixed) * zoom) / this.zoom - fixed
    this.zoom = zoom
  }

  fit(length: number): void {
    const room = (this.across ? this.width : this.height) - this.head - END
    this.zoom = Math.min(1.5, Math.max(LEAST_ZOOM, room / Math.max(1, length)))
    this.along = 0
  }

  /** Scrolls within what there is of the diagram. */
  scroll(along: number, side: number, length: number): void {
    const room = (this.across ? this.width : this.height) - this.head
    const wide = (this.across ? this.height : this.width) - this.#sideHead
    this.along = Math.max(0, Math.min(Math.max(0, length * this.zoom - room + END), this.along + along))
    this.side = Math.max(0, Math.min(Math.max(0, this.lanes * this.lane - wide), this.side + side))
  }

  /** Scrolls just so far that a place on the axis is seen. */
  show(place: number, length: number): void {
    const room = (this.across ? this.width : this.height) - this.head
    const at = place * this.zoom - this.along
    if (at < 30) this.scroll(at - 30, 0, length)
    else if (at > room - 50) this.scroll(at - room + 50, 0, length)
  }
}
