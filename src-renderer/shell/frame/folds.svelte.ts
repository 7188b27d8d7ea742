// Which panels are open. Where there is room the choice is kept between starts; in a small window side panel and timeline
// begin closed, and opening one there is no choice for larger ones. Knows no panel's content.
import type { Settings } from '@contract/api.ts'
import { pageSize } from './page-size.svelte.ts'

interface Keeper {
  readonly settings: Settings
  setSettings(change: Partial<Settings>): void
}

export class Folds {
  readonly #keeper: Keeper
  #narrowSide = $state(false)
  #lowTimeline = $state(false)

  constructor(keeper: Keeper) {
    this.#keeper = keeper
  }

  get side(): boolean {
    return pageSize.narrow ? this.#narrowSide : this.#kept('sideOpen')
  }

  set side(open: boolean) {
    if (pageSize.narrow) this.#narrowSide = open
    else this.#keep('sideOpen', open)
  }

  get timeline(): boolean {
    return pageSize.low ? this.#lowTimeline : this.#kept('timelineOpen')
  }

  set timeline(open: boolean) {
    if (pageSize.low) this.#lowTimeline = open
    else this.#keep('timelineOpen', open)
  }

  #kept(panel: string): boolean {
    return this.#keeper.settings.panels[panel] !== 0
  }

  #keep(panel: string, open: boolean): void {
    this.#keeper.setSettings({ panels: { ...this.#keeper.settings.panels, [panel]: open ? 1 : 0 } })
  }
}
