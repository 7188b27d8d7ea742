// A connection is drawn from a node to the pointer. Legal targets light up, an illegal one says why;
// letting go over nothing makes nothing and says nothing.
import type { Point } from '@contract/scene.ts'
import { type Desk, type PointerInput, type ToolState, far } from '../tool.ts'
import { Aiming } from './aiming.ts'

/** How near to a node, in screen pixels, the pointer counts as on it. */
const TARGET_REACH = 8

export class Connecting implements ToolState {
  readonly path = 'select.connecting'
  readonly #desk: Desk
  readonly #from: string
  readonly #start: Point
  #moved = false

  constructor(desk: Desk, from: string, start: PointerInput) {
    this.#desk = desk
    this.#from = from
    this.#start = start.at
  }

  enter(): void {
    const { stage, drawing, edits, show } = this.#desk
    const legal = drawing.nodes().filter(({ id }) => 'kind' in edits.judge(this.#from, id))
    stage.highlight({ targets: new Set(legal.map(({ id }) => id)), over: null })
    show({ hover: null })
  }

  move({ at }: PointerInput): void {
    const { camera, stage, edits, show } = this.#desk
    this.#moved ||= far(at, this.#start)
    const p = camera.toCanvas(at)
    const target = stage.nodeAt(p, TARGET_REACH / camera.zoom)?.id ?? null
    // Back over its own start is not yet an attempt to connect a node with itself.
    const tried = target === this.#from ? null : target
    const answer = tried === null ? null : edits.judge(this.#from, tried)
    const reason = answer !== null && 'refused' in answer ? answer.refused : null
    stage.highlight({ over: reason === null ? tried : null })
    show({ link: { from: this.#from, to: p, ok: answer !== null && reason === null, reason, target: tried } })
  }

  up(): void {
    const { edits, go } = this.#desk
    const target = this.#desk.shown().link?.target ?? null
    // A click on the handle without a drag goes on with the keyboard's way: choose a target, then confirm.
    if (!this.#moved) return go(new Aiming(this.#desk, this.#from))
    this.#desk.rest()
    if (target !== null) edits.connect(this.#from, target)
  }

  cancel(): boolean {
    this.#desk.rest()
    return true
  }

  leave(): void {
    this.#desk.show({ link: null })
    this.#desk.stage.highlight({ targets: null, over: null })
  }
}
