// The state of a presentation: whether it is on, whether the screen is blank, which keys are shown. Knows no drawing.
import type { Point } from '@contract/scene.ts'
import { forceTheme } from '../theme.ts'
import type { StageTool } from './keys.ts'

interface Stage {
  readonly active: object | null
}

export class Presenting {
  on = $state(false)
  blank = $state(false)
  /** pressed keys are shown at the lower edge, for those who watch */
  captions = $state(false)
  tool: StageTool = $state('pointer')
  /** what was drawn on top of the drawing, in its units; it is never part of the drawing */
  strokes: readonly (readonly Point[])[] = $state.raw([])
  readonly #bench: Stage

  constructor(bench: Stage) {
    this.#bench = bench
  }

  toggle(): void {
    if (this.on) this.leave()
    else this.enter()
  }

  enter(): void {
    if (this.on || this.#bench.active === null) return
    this.on = true
    this.blank = false
    this.tool = 'pointer'
    this.strokes = []
    forceTheme('projector')
    // A browser may refuse, as without a gesture of the person: the presentation then fills the window.
    void document.documentElement.requestFullscreen?.().catch(() => undefined)
  }

  leave(): void {
    if (!this.on) return
    this.on = false
    this.blank = false
    forceTheme(null)
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined)
  }
}
