// The select tool at rest: says what is under the pointer and turns a press into a gesture.
import { snap } from '../../geometry.ts'
import { boxAt } from '../../nesting/nest.ts'
import { PanDragging } from '../pan/dragging.ts'
import { hit } from '../targets.ts'
import type { Desk, PointerInput, ToolState } from '../tool.ts'
import { Connecting } from './connecting.ts'
import { Naming } from './naming.ts'
import { Pointing } from './pointing.ts'
import { Resizing } from './resizing.ts'
import { Writing } from './writing.ts'

export class SelectIdle implements ToolState {
  readonly path = 'select.idle'
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  move({ at }: PointerInput): void {
    const under = hit(this.#desk, at)
    this.#desk.show({ hover: under.on === 'canvas' ? null : under.id, pull: under.on === 'rim' ? under.handle : null })
  }

  out(): void {
    this.#desk.show({ hover: null, pull: null })
  }

  down(input: PointerInput): void {
    const desk = this.#desk
    const under = hit(desk, input.at)
    if (input.button === 1) desk.go(new PanDragging(desk, input))
    else if (under.on === 'handle' && input.button === 0) desk.go(new Connecting(desk, under.id, input))
    else if (under.on === 'rim' && input.button === 0) desk.go(new Resizing(desk, under.id, under.handle, input))
    else if (input.button === 0) desk.go(new Pointing(desk, under.on === 'canvas' ? null : under.id, input))
    else if (under.on !== 'canvas' && !desk.selection.ids.has(under.id)) desk.selection.set([under.id])
  }

  double({ at }: PointerInput): void {
    const desk = this.#desk
    if (!desk.editable()) return
    const under = hit(desk, at)
    const [kind] = desk.drawing.lab.nodeKinds
    if (under.on === 'node') desk.go(new Naming(desk, under.id))
    else if (under.on === 'note' || under.on === 'rim') desk.go(new Writing(desk, under.id))
    else if (under.on === 'canvas' && kind !== undefined) {
      const p = desk.camera.toCanvas(at)
      const place = { x: snap(p.x), y: snap(p.y) }
      desk.edits.createNode(kind.kind, place, boxAt(desk.drawing, desk.stage.scene().nodes, place))
    }
  }

  cancel(): boolean {
    if (this.#desk.selection.ids.size === 0) return false
    this.#desk.selection.set([])
    return true
  }
}
