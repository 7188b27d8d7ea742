// Placing a node or a note: a ghost follows the pointer, a click puts it there. With Shift the tool stays for another.
import type { Point } from '@contract/scene.ts'
import { NOTE_USUAL } from '@contract/note-text.ts'
import type { Rect } from '../../geometry.ts'
import { SnapField } from '../../guides.ts'
import { boxAt, homesOf } from '../../nesting/nest.ts'
import { snapping } from '../../snapping.ts'
import { Writing } from '../select/writing.ts'
import { type Desk, NOTE_TOOL, type PointerInput, SNAP_REACH, type ToolState } from '../tool.ts'

export class PlaceIdle implements ToolState {
  readonly path = 'place.idle'
  readonly #desk: Desk
  readonly #kind: string
  #field: SnapField | null = null
  /** in a nested drawing: boxes in which the new node is at home */
  #homes: ReadonlySet<string> | null = null

  constructor(desk: Desk, kind: string) {
    this.#desk = desk
    this.#kind = kind
  }

  move({ at, alt }: PointerInput): void {
    const { guides, ...ghost } = this.#aim(at, alt)
    const { drawing, stage, show } = this.#desk
    show({ ghost: { kind: this.#kind, at: ghost }, guides })
    if (drawing.lab.nesting === undefined || this.#kind === NOTE_TOOL) return
    this.#homes ??= homesOf(drawing, [this.#kind], new Set())
    stage.highlight({ targets: this.#homes, over: boxAt(drawing, stage.scene().nodes, ghost) })
  }

  out(): void {
    this.leave()
  }

  /** Puts a node or a note at a screen point and returns its id. */
  place(input: Pick<PointerInput, 'at' | 'shift'> & { alt?: boolean }): string {
    const desk = this.#desk
    const { x, y } = this.#aim(input.at, input.alt ?? false)
    if (this.#kind === NOTE_TOOL) {
      const note = desk.notes.fresh({ x, y })
      desk.choose('select')
      desk.go(new Writing(desk, note))
      return note.id
    }
    if (!input.shift) desk.choose('select')
    else this.#field = null
    return desk.edits.createNode(this.#kind, { x, y }, boxAt(desk.drawing, desk.stage.scene().nodes, { x, y }))
  }

  up(input: PointerInput): void {
    if (input.button === 0 && this.#desk.editable()) this.place(input)
  }

  cancel(): boolean {
    this.#desk.choose('select')
    return true
  }

  leave(): void {
    this.#desk.show({ ghost: null, guides: [] })
    if (this.#homes !== null) this.#desk.stage.highlight({ targets: null, over: null })
    this.#homes = null
  }

  /** Where the middle of what is placed goes. */
  #aim(at: Point, free: boolean): Point & { guides: ReturnType<SnapField['snap']>['guides'] } {
    const { camera, drawing, stage } = this.#desk
    const p = camera.toCanvas(at)
    if (free || !snapping.on) return { x: Math.round(p.x), y: Math.round(p.y), guides: [] }
    const { width, height } = this.#kind === NOTE_TOOL ? NOTE_USUAL : (drawing.shapeOf(this.#kind) ?? NOTE_USUAL)
    const rect: Rect = { x: p.x - width / 2, y: p.y - height / 2, width, height }
    this.#field ??= new SnapField(stage.neighbours(() => false))
    // A note stands on the grid by its corner, a node by its middle.
    const anchor = this.#kind === NOTE_TOOL ? { x: rect.x, y: rect.y } : p
    const { dx, dy, guides } = this.#field.snap(rect, anchor, SNAP_REACH / camera.zoom)
    return { x: p.x + dx, y: p.y + dy, guides }
  }
}
