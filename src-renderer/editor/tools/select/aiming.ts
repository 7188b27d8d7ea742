// Connecting without a drag: arrows or Tab go over the nodes, legal targets first, Enter connects, Escape leaves.
// A click on a node connects as well. The reason why a node is no target is said when it is reached.
import { editor as texts } from '../../../ui/texts/editor.ts'
import type { Desk, KeyInput, PointerInput, ToolState } from '../tool.ts'

const NEXT = ['ArrowRight', 'ArrowDown']
const PREVIOUS = ['ArrowLeft', 'ArrowUp']

export class Aiming implements ToolState {
  readonly path = 'select.connecting'
  readonly #desk: Desk
  readonly #from: string
  readonly #candidates: readonly string[]
  readonly #legal: number
  #index = -1

  constructor(desk: Desk, from: string) {
    this.#desk = desk
    this.#from = from
    const others = desk.drawing.nodes().map(({ id }) => id)
    const isLegal = (id: string): boolean => 'kind' in desk.edits.judge(from, id)
    const legal = others.filter(isLegal)
    this.#legal = legal.length
    this.#candidates = [...legal, ...others.filter((id) => id !== from && !isLegal(id))]
  }

  enter(): void {
    const { stage, drawing, say, show } = this.#desk
    stage.highlight({ targets: new Set(this.#candidates.slice(0, this.#legal)), over: null })
    show({ hover: null })
    const first = this.#candidates[0]
    say(texts.say.connecting(drawing.label(this.#from), first === undefined ? null : drawing.label(first)))
    this.#aim(0, false)
  }

  key({ key, shift }: KeyInput): boolean {
    const count = this.#candidates.length
    if (count === 0) return false
    if (NEXT.includes(key) || (key === 'Tab' && !shift)) this.#aim((this.#index + 1) % count)
    else if (PREVIOUS.includes(key) || key === 'Tab') this.#aim((this.#index - 1 + count) % count)
    else if (key === 'Enter' || key === ' ') this.#finish()
    else return false
    return true
  }

  move({ at }: PointerInput): void {
    const { stage, camera } = this.#desk
    const under = stage.nodeAt(camera.toCanvas(at))?.id
    const index = under === undefined ? -1 : this.#candidates.indexOf(under)
    if (index >= 0 && index !== this.#index) this.#aim(index)
  }

  up({ at, button }: PointerInput): void {
    const { stage, camera } = this.#desk
    if (button !== 0) return
    if (stage.nodeAt(camera.toCanvas(at)) === null) this.#desk.rest()
    else this.#finish()
  }

  #aim(index: number, aloud = true): void {
    const { drawing, edits, stage, say, show } = this.#desk
    const target = this.#candidates[index]
    const place = target === undefined ? undefined : stage.node(target)
    if (target === undefined || place === undefined) return
    this.#index = index
    const answer = edits.judge(this.#from, target)
    const reason = 'refused' in answer ? answer.refused : null
    stage.highlight({ over: reason === null ? target : null })
    show({ link: { from: this.#from, to: { x: place.x, y: place.y }, ok: reason === null, reason, target } })
    if (!aloud) return
    const kind = 'kind' in answer ? answer.kind : ''
    const label = drawing.lab.edgeKinds.find((candidate) => candidate.kind === kind)?.label ?? kind
    say(reason === null ? texts.say.target(drawing.label(target), label) : texts.say.refused(reason))
  }

  #finish(): void {
    const target = this.#candidates[this.#index]
    const { edits, say } = this.#desk
    if (target === undefined) return
    const answer = edits.judge(this.#from, target)
    if ('refused' in answer) return say(texts.say.refused(answer.refused))
    this.#desk.rest()
    edits.connect(this.#from, target)
  }

  cancel(): boolean {
    this.#desk.rest()
    this.#desk.say(texts.say.cancelled)
    return true
  }

  leave(): void {
    this.#desk.show({ link: null })
    this.#desk.stage.highlight({ targets: null, over: null })
  }
}
