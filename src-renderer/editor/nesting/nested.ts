// What panels and commands ask of a nested drawing and do to it without a pointer.
import type { NodeRecord } from '@contract/document.ts'
import type { Point } from '@contract/scene.ts'
import type { Drawing } from '../drawing.ts'
import type { Edits } from '../edits.ts'
import type { Selection } from '../selection.ts'
import type { Stage } from '../stage.ts'
import { NODE_ROOM } from '../geometry.ts'
import { boxAt, parentOf, withInner } from './nest.ts'
import { placeIn } from './place.ts'

export interface NestedParts {
  drawing: Drawing
  stage: Stage
  selection: Selection
  edits: Edits
  /** whether an edit may begin now; ends the gesture that is under way */
  ready: () => boolean
}

const USUAL = { width: NODE_ROOM, height: NODE_ROOM }

export class Nested {
  readonly #parts: NestedParts

  constructor(parts: NestedParts) {
    this.#parts = parts
  }

  /** Whether nodes can lie in each other at all. */
  get is(): boolean {
    return this.#parts.drawing.lab.nesting !== undefined
  }

  boxOf(id: string): string | null {
    return parentOf(this.#parts.drawing.node(id))
  }

  /** The selected box, when one box and nothing else is selected. */
  #chosenBox(): string | null {
    const { drawing, selection } = this.#parts
    const [only, ...others] = selection.list()
    const node = only === undefined || others.length > 0 ? undefined : drawing.node(only)
    return node !== undefined && drawing.lab.nesting?.holds(node.kind) === true ? node.id : null
  }

  /** Where a new node goes, and into which box: where it was put, else into the selected box, else where it is free. */
  placeFor(kind: string, at: Point | undefined, free: () => Point): { place: Point; box: string | null } {
    const { drawing, stage } = this.#parts
    if (at !== undefined) return { place: at, box: boxAt(drawing, stage.scene().nodes, at) }
    const box = this.#chosenBox()
    if (box === null) return { place: free(), box }
    return { place: placeIn(drawing, stage, box, drawing.shapeOf(kind) ?? USUAL), box }
  }

  /** Boxes that a node can be put into, those first in which it is at home; it does not fit into itself. */
  boxesFor(id: string): { node: NodeRecord; athome: boolean }[] {
    const { drawing } = this.#parts
    const { nesting } = drawing.lab
    const own = drawing.node(id)
    if (nesting === undefined || own === undefined) return []
    const inner = withInner(drawing, [id])
    return drawing
      .nodes()
      .filter((node) => !inner.has(node.id) && nesting.holds(node.kind))
      .map((node) => ({ node, athome: nesting.athome(node, own.kind) }))
      .sort((a, b) => Number(b.athome) - Number(a.athome))
  }

  moveInto(ids: Iterable<string>, box: string | null): void {
    if (this.#parts.ready()) this.#parts.edits.moveInto(ids, box)
  }
}
