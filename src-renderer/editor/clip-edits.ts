// Copy, cut, paste and duplicate. The clipboard itself is the page's: texts go out and come in.
// Knows neither the page nor what records mean.
import type { DocumentEnvelope } from '@contract/document.ts'
import type { Point } from '@contract/scene.ts'
import { editor as texts } from '../ui/texts/editor.ts'
import { clipText, drawingText, readClip } from './clipboard.ts'
import type { Drawing } from './drawing.ts'
import type { Edits } from './edits.ts'
import { boxOf, union } from './geometry.ts'
import type { Selection } from './selection.ts'
import type { Stage } from './stage.ts'

export interface ClipParts {
  drawing: Drawing
  selection: Selection
  stage: Stage
  edits: Edits
  say: (text: string) => void
  /** whether the drawing can be changed; ends a gesture that is under way */
  ready: () => boolean
}

/** Room beside what is there. */
const GAP = 48

export class ClipEdits {
  readonly #parts: ClipParts

  constructor(parts: ClipParts) {
    this.#parts = parts
  }

  /** The selection as text; empty when there is nothing to copy. */
  copy(): string {
    const { drawing, selection, say } = this.#parts
    const text = clipText(drawing, selection.ids)
    if (text !== '') say(texts.say.copied(texts.what(selection.list().map((id) => drawing.label(id)))))
    return text
  }

  cut(): string {
    const { drawing, selection, edits, ready } = this.#parts
    const text = clipText(drawing, selection.ids)
    if (text !== '' && ready()) edits.remove(selection.list(), texts.history.cut)
    return text
  }

  /** @returns whether the text held records that were put in, with the first at `at` when it is given */
  paste(text: string, at?: Point): boolean {
    return this.#parts.ready() && this.#insert(text, texts.history.paste, at)
  }

  duplicate(): void {
    const { drawing, selection, ready } = this.#parts
    const text = clipText(drawing, selection.ids)
    if (text !== '' && ready()) this.#insert(text, texts.history.duplicate)
  }

  /**
   * Puts a copy of another drawing of this lab into this one, as one entry.
   * @param at where its middle goes; omitted: to the right of what is there
   */
  put(template: DocumentEnvelope, at?: Point): boolean {
    const { drawing, stage, ready } = this.#parts
    if (!ready()) return false
    const picture = drawing.lab.picture(drawing.lab.schema.parse(template.model), template.layout, {})
    const size = union(picture.nodes.map((node) => boxOf(node)))
    const there = stage.bounds(drawing.nodes().map(({ id }) => id))
    const beside = { x: (there?.x ?? 0) + (there?.width ?? 0) + GAP + (size?.width ?? 0) / 2, y: there?.y ?? 0 }
    if (there !== null) beside.y += (size?.height ?? 0) / 2
    return this.#insert(drawingText(template), () => texts.history.template(template.title), at ?? beside)
  }

  #insert(text: string, label: (what: string) => string, at?: Point): boolean {
    const { drawing, selection, edits, stage, say } = this.#parts
    const clip = readClip(drawing, text, at)
    if (clip === null) {
      say(texts.say.notPasted)
      return false
    }
    edits.insert(label, clip)
    stage.reveal(selection.ids)
    return true
  }
}
