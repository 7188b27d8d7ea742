// A terminal to look at only: fed with what another one showed, up to a time. Views are used again and never thrown away,
// since a disposed xterm keeps its memory. Knows no host.
import '@xterm/xterm/css/xterm.css'
import { Terminal } from '@xterm/xterm'
import type { CastEvent } from '@contract/kernel.ts'
import { MAX_TERMINAL_COLUMNS, MAX_TERMINAL_ROWS, MIN_TERMINAL_COLUMNS } from '@contract/limits.ts'
import { leastContrast, terminalTheme } from './theme.ts'

const FONT = "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, monospace"
const LARGEST = 13
const SMALLEST = 8
/** Width of a letter of the font as a part of its size. */
const LETTER = 0.6
const SCROLLBACK = 1000

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))

export class RecordedView {
  readonly element = document.createElement('div')
  readonly #terminal: Terminal
  #opened = false
  /** what has been written: of which list so many events */
  #events: readonly CastEvent[] = []
  #written = 0

  constructor() {
    this.element.className = 'terminal-view recorded'
    this.#terminal = new Terminal({
      fontFamily: FONT,
      fontSize: LARGEST,
      lineHeight: 1.2,
      disableStdin: true,
      cursorInactiveStyle: 'outline',
      scrollback: SCROLLBACK,
      linkHandler: { activate: () => undefined },
    })
    // Nobody answers questions that were asked when it was recorded: what xterm would say goes nowhere, as input is off.
    this.#terminal.attachCustomKeyEventHandler(() => false)
  }

  show(parent: HTMLElement, label: string, reader: boolean): void {
    parent.append(this.element)
    if (!this.#opened) {
      this.#opened = true
      this.#terminal.open(this.element)
    }
    this.#terminal.options.screenReaderMode = reader
    this.#terminal.textarea?.setAttribute('aria-label', label)
    this.#terminal.textarea?.setAttribute('readonly', '')
    this.look()
  }

  /** Takes over the theme and the zoom of the page, in letters that let all columns be seen. */
  look(): void {
    const root = document.documentElement
    const zoom = Number(root.style.getPropertyValue('--page-zoom') || 1)
    this.element.style.zoom = zoom === 1 ? '' : String(1 / zoom)
    const { options, cols } = this.#terminal
    const width = (this.element.parentElement?.clientWidth ?? 0) - 24
    const size = width > 0 ? Math.floor(width / (cols * LETTER)) : LARGEST
    options.fontSize = Math.round(within(size, SMALLEST, LARGEST) * zoom)
    options.minimumContrastRatio = leastContrast(root)
    options.theme = terminalTheme(root)
  }

  /**
   * Shows what the terminal had shown at a time.
   * @param events in the order of their times
   * @param seconds since the recording began
   */
  upTo(size: { columns: number; rows: number }, events: readonly CastEvent[], seconds: number): void {
    const count = events.findIndex(([at]) => at > seconds)
    const wanted = count < 0 ? events.length : count
    if (events !== this.#events || wanted < this.#written) {
      // In line with what is still being written, which would otherwise appear after it.
      this.#terminal.write('\u001bc', () => this.#resize(size.columns, size.rows))
      this.#events = events
      this.#written = 0
    }
    for (const [, kind, data] of events.slice(this.#written, wanted)) {
      if (kind === 'o') this.#terminal.write(data)
      else if (kind === 'r') {
        const [columns, rows] = data.split('x').map(Number)
        // What was written before belongs to the size before.
        if (columns !== undefined && rows !== undefined) this.#terminal.write('', () => this.#resize(columns, rows))
      }
    }
    this.#written = wanted
    this.#terminal.write('', () => this.#follow())
  }

  release(): void {
    this.element.remove()
    this.#terminal.reset()
    this.#events = []
    this.#written = 0
  }

  /** Where the place is lower than the terminal, the line with the cursor is in sight. */
  #follow(): void {
    const place = this.element.parentElement
    const screen = this.element.querySelector('.xterm-screen')
    if (place === null || screen === null) return
    const cell = screen.clientHeight / this.#terminal.rows
    place.scrollTop = Math.max(0, (this.#terminal.buffer.active.cursorY + 1) * cell + 8 - place.clientHeight)
  }

  #resize(columns: number, rows: number): void {
    if (!Number.isFinite(columns) || !Number.isFinite(rows)) return
    this.#terminal.resize(
      within(Math.round(columns), MIN_TERMINAL_COLUMNS, MAX_TERMINAL_COLUMNS),
      within(Math.round(rows), 1, MAX_TERMINAL_ROWS),
    )
    this.look()
  }
}

const pool: RecordedView[] = []

export const takeRecordedView = (): RecordedView => pool.pop() ?? new RecordedView()

export function giveBack(view: RecordedView): void {
  view.release()
  pool.push(view)
}
