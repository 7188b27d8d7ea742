// The terminals that this page shows: opened, found again after a reload, closed. Views come from a pool.
// Knows the frame only as what it needs of it.
import type { CallName, EventPayload, Input, Output, PageEventName } from '@contract/api.ts'
import { InterlockError } from '@contract/errors.ts'
import { MAX_TERMINAL_INPUT, MAX_TERMINAL_INPUT_RATE, TERMINAL_ACKNOWLEDGE } from '@contract/limits.ts'
import type { TerminalProfile, TerminalShown, TerminalSize, TerminalState } from '@contract/terminal.ts'
import { texts } from '../ui/texts/index.ts'
import { keepTerminals, keptTerminals } from './memory.ts'
import { pieces } from './paste.ts'
import type { TerminalView } from './view.ts'

/** What terminals need of the page they are in. */
export interface TerminalFrame {
  call<K extends CallName>(name: K, input: Input<K>): Promise<Output<K>>
  /** numbers that are kept between starts */
  kept(name: string): number | undefined
  keep(name: string, value: number): void
  remark(text: string): void
  guard(work: () => Promise<void>): Promise<void>
}

export interface EventSource {
  on<E extends PageEventName>(name: E, listener: (payload: EventPayload<E>) => void): () => void
}

/** A paste that waits for a person's word. */
export interface PendingPaste {
  text: string
  paste(): void
}

const FIRST_SIZE: TerminalSize = { columns: 100, rows: 12 }

export class TerminalTab {
  readonly id: string
  readonly number: number
  readonly view: TerminalView
  state: TerminalState = $state.raw() as TerminalState
  /** the host does not know it any more */
  lost = $state(false)
  /** shown, and not yet told */
  unsaid = 0

  constructor(number: number, view: TerminalView, state: TerminalState) {
    this.id = state.id
    this.number = number
    this.view = view
    this.state = state
  }

  get label(): string {
    return texts.terminal.label(this.number, this.state.title === '' ? this.state.program : this.state.title)
  }

  get running(): boolean {
    return !this.lost && this.state.exit === null
  }
}

export class Terminals {
  tabs: readonly TerminalTab[] = $state.raw([])
  active: TerminalTab | null = $state.raw(null)
  shown = $state(false)
  /** the host can have terminals */
  possible = $state(false)
  finding = $state(false)
  pasting: PendingPaste | null = $state.raw(null)
  readonly #frame: TerminalFrame
  readonly #pool: TerminalView[] = []
  #restored = false

  constructor(frame: TerminalFrame) {
    this.#frame = frame
  }

  get reader(): boolean {
    return this.#frame.kept('terminalReader') === 1
  }

  set reader(on: boolean) {
    this.#frame.keep('terminalReader', on ? 1 : 0)
  }

  /** The first-use sentence was read. */
  get told(): boolean {
    return this.#frame.kept('terminalTold') === 1
  }

  set told(read: boolean) {
    this.#frame.keep('terminalTold', read ? 1 : 0)
  }

  /** After every hello: what can be done here, and the terminals that were open. */
  async connected(events: EventSource): Promise<void> {
    events.on('terminal-output', ({ id, text }) => this.#output(id, text))
    events.on('terminal-state', (state) => this.#told(state))
    this.possible = (await this.#frame.call('terminals.about', {})).why === null
    if (this.#restored) await Promise.all(this.tabs.map((tab) => this.#again(tab)))
    else await this.#restore()
  }

  async open(profile: TerminalProfile): Promise<void> {
    await this.begin(profile)
  }

  /** Opens one and shows it. */
  async begin(profile: TerminalProfile): Promise<TerminalTab> {
    const view = await this.#view()
    try {
      const number = Math.max(0, ...this.tabs.map((tab) => tab.number)) + 1
      const size = this.active?.view.size ?? FIRST_SIZE
      const opened = await this.#frame.call('terminals.open', { profile, folder: '', size })
      const tab = this.#take(number, view, opened)
      this.active = tab
      this.shown = true
      this.#keep()
      return tab
    } catch (error) {
      this.#release(view)
      throw error
    }
  }

  async close(tab: TerminalTab): Promise<void> {
    const index = this.tabs.indexOf(tab)
    if (index < 0) return
    this.tabs = this.tabs.filter((other) => other !== tab)
    if (this.active === tab) this.active = this.tabs[Math.min(index, this.tabs.length - 1)] ?? null
    if (this.tabs.length === 0) this.shown = false
    this.#release(tab.view)
    this.#keep()
    if (tab.lost) return
    const { left } = await this.#frame.call('terminals.close', { id: tab.id })
    if (left > 0) this.#frame.remark(texts.terminal.left(left))
  }

  choose(tab: TerminalTab): void {
    this.active = tab
    this.#keep()
  }

  show(shown: boolean): void {
    this.shown = shown && this.tabs.length > 0
    this.#keep()
  }

  /** Hides them, or shows them; where there is none, one is opened. */
  async toggle(): Promise<void> {
    if (this.tabs.length === 0) await this.open('lab')
    else this.show(!this.shown)
  }

  async #restore(): Promise<void> {
    this.#restored = true
    const { terminals, active, shown } = keptTerminals()
    for (const { id, number } of terminals) {
      const view = await this.#view()
      try {
        const tab = this.#take(number, view, await this.#frame.call('terminals.attach', { id }))
        if (id === active) this.active = tab
      } catch (error) {
        this.#release(view)
        if (!(error instanceof InterlockError) || error.code !== 'unknown-terminal') throw error
      }
    }
    this.active ??= this.tabs[0] ?? null
    this.show(shown)
  }

  /** The connection was lost and is back. */
  async #again(tab: TerminalTab): Promise<void> {
    try {
      this.#draw(tab, await this.#frame.call('terminals.attach', { id: tab.id }))
    } catch (error) {
      if (!(error instanceof InterlockError) || error.code !== 'unknown-terminal') throw error
      tab.lost = true
    }
  }

  #take(number: number, view: TerminalView, opened: TerminalShown): TerminalTab {
    const tab = new TerminalTab(number, view, opened.state)
    view.user = {
      input: (text) => this.#input(tab, text),
      fitted: (size) => this.#fitted(tab, size),
      pasting: (text, paste) => (this.pasting = { text, paste }),
      // Of two windows, the one in use says how large the terminal is.
      focused: () => view.fit(),
    }
    this.tabs = [...this.tabs, tab]
    this.#draw(tab, opened)
    return tab
  }

  #draw(tab: TerminalTab, { state, picture }: TerminalShown): void {
    tab.unsaid = 0
    tab.lost = false
    tab.state = state
    tab.view.reset()
    tab.view.resize(state)
    tab.view.write(picture)
  }

  #output(id: string, text: string): void {
    const tab = this.tabs.find((one) => one.id === id)
    tab?.view.write(text, () => {
      tab.unsaid += text.length
      if (tab.unsaid < TERMINAL_ACKNOWLEDGE) return
      const characters = tab.unsaid
      tab.unsaid = 0
      // A terminal that was closed meanwhile waits for nothing.
      this.#frame.call('terminals.acknowledge', { id, characters }).catch(() => undefined)
    })
  }

  #told(state: TerminalState): void {
    const tab = this.tabs.find((one) => one.id === state.id)
    if (tab === undefined) return
    tab.state = state
    tab.view.resize(state)
  }

  #input(tab: TerminalTab, text: string): void {
    if (!tab.running) return
    void this.#frame.guard(async () => {
      if (text.length > MAX_TERMINAL_INPUT_RATE / 2) {
        throw new InterlockError('too-large', texts.terminal.paste.long(MAX_TERMINAL_INPUT_RATE / 2))
      }
      const { id } = tab
      const parts = pieces(text, MAX_TERMINAL_INPUT)
      await Promise.all(parts.map((part) => this.#frame.call('terminals.write', { id, text: part })))
    })
  }

  #fitted(tab: TerminalTab, size: TerminalSize): void {
    if (tab.lost) return
    this.#frame.call('terminals.resize', { id: tab.id, size }).catch(() => undefined)
  }

  async #view(): Promise<TerminalView> {
    const { TerminalView, loadFont } = await import('./view.ts')
    await loadFont()
    return this.#pool.pop() ?? new TerminalView()
  }

  #release(view: TerminalView): void {
    view.user = null
    view.element.remove()
    view.reset()
    this.#pool.push(view)
  }

  #keep(): void {
    keepTerminals({
      terminals: this.tabs.map(({ id, number }) => ({ id, number })),
      active: this.active?.id ?? null,
      shown: this.shown,
    })
  }
}
