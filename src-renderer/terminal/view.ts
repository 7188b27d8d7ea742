// One terminal on the page: xterm with its addons, in an element of its own that can be put anywhere. Views are used
// again and never thrown away, since a disposed xterm keeps its memory. Knows no host.
import '@xterm/xterm/css/xterm.css'
import { FitAddon } from '@xterm/addon-fit'
import { SearchAddon } from '@xterm/addon-search'
import { Terminal } from '@xterm/xterm'
import type { TerminalSize } from '@contract/terminal.ts'
import { MAX_TERMINAL_COLUMNS, MAX_TERMINAL_ROWS, MIN_TERMINAL_COLUMNS, TERMINAL_SCROLLBACK } from '@contract/limits.ts'
import { asksFirst, cleanPaste } from './paste.ts'
import { leastContrast, terminalTheme } from './theme.ts'

/** What a view tells whoever uses it. */
export interface ViewUser {
  input(text: string): void
  fitted(size: TerminalSize): void
  /** several lines are to be pasted: `paste` does it */
  pasting(text: string, paste: () => void): void
  focused(): void
}

const FONT = "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, monospace"
const FONT_SIZE = 13

/** Keys that belong to the frame even while a terminal has the focus; all others belong to the shell. */
function frameKey(event: KeyboardEvent): boolean {
  const plain = !event.ctrlKey && !event.metaKey
  return (plain && !event.altKey && event.key === 'F6') || (plain && event.altKey && event.key.toLowerCase() === 'u')
}

export class TerminalView {
  readonly element: HTMLElement
  user: ViewUser | null = null
  readonly #terminal: Terminal
  readonly #fit = new FitAddon()
  readonly #search = new SearchAddon()
  #opened = false

  constructor() {
    this.element = document.createElement('div')
    this.element.className = 'terminal-view'
    this.#terminal = new Terminal({
      fontFamily: FONT,
      fontSize: FONT_SIZE,
      lineHeight: 1.2,
      cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      scrollback: TERMINAL_SCROLLBACK,
      macOptionIsMeta: true,
      // A link that a program names is text: it may say one thing and lead to another.
      linkHandler: { activate: () => undefined },
    })
    this.#terminal.loadAddon(this.#fit)
    this.#terminal.loadAddon(this.#search)
    this.#silence()
    this.#terminal.onData((text) => this.user?.input(text))
    this.#terminal.onBinary((text) => this.user?.input(text))
    this.#terminal.attachCustomKeyEventHandler((event) => this.#key(event))
    this.element.addEventListener('paste', (event) => this.#pasted(event), { capture: true })
    this.element.addEventListener('focusin', () => this.user?.focused())
  }

  /** Programs ask the terminal who it is and where; the host answers, once for all pages. */
  #silence(): void {
    const { parser } = this.#terminal
    const taken = (): boolean => true
    parser.registerCsiHandler({ final: 'c' }, taken)
    parser.registerCsiHandler({ prefix: '>', final: 'c' }, taken)
    parser.registerCsiHandler({ final: 'n' }, taken)
    parser.registerCsiHandler({ prefix: '?', final: 'n' }, taken)
    parser.registerCsiHandler({ intermediates: '$', final: 'p' }, taken)
    parser.registerCsiHandler({ prefix: '?', intermediates: '$', final: 'p' }, taken)
    parser.registerDcsHandler({ intermediates: '$', final: 'q' }, taken)
    for (const colour of [4, 10, 11, 12]) parser.registerOscHandler(colour, (data) => data.endsWith('?'))
  }

  /** Shows it in this element, with the page's look of now. */
  show(parent: HTMLElement, label: string, reader: boolean): void {
    parent.append(this.element)
    if (!this.#opened) {
      this.#opened = true
      this.#terminal.open(this.element)
    }
    this.#terminal.options.screenReaderMode = reader
    this.#terminal.textarea?.setAttribute('aria-label', label)
    this.look()
    this.fit()
  }

  /** Takes over the theme and the zoom of the page. */
  look(): void {
    const root = document.documentElement
    const zoom = Number(root.style.getPropertyValue('--page-zoom') || 1)
    // xterm measures in pixels of the screen, so the page's zoom is undone around it and given to the letters.
    this.element.style.zoom = zoom === 1 ? '' : String(1 / zoom)
    const { options } = this.#terminal
    options.fontSize = Math.round(FONT_SIZE * zoom)
    options.minimumContrastRatio = leastContrast(root)
    options.theme = terminalTheme(root)
  }

  /** As many cells as there is room for, or null while it is not on the screen. */
  room(): TerminalSize | null {
    const size = this.element.isConnected ? this.#fit.proposeDimensions() : undefined
    if (size === undefined || !Number.isFinite(size.cols) || !Number.isFinite(size.rows)) return null
    const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))
    return {
      columns: within(size.cols, MIN_TERMINAL_COLUMNS, MAX_TERMINAL_COLUMNS),
      rows: within(size.rows, 1, MAX_TERMINAL_ROWS),
    }
  }

  fit(): void {
    const size = this.room()
    if (size === null) return
    const { cols, rows } = this.#terminal
    if (size.columns === cols && size.rows === rows) return
    this.#terminal.resize(size.columns, size.rows)
    this.user?.fitted(size)
  }

  get size(): TerminalSize {
    return { columns: this.#terminal.cols, rows: this.#terminal.rows }
  }

  /** The size that the terminal has by now, set by another window. */
  resize({ columns, rows }: TerminalSize): void {
    const { cols, rows: lines } = this.#terminal
    if (cols !== columns || lines !== rows) this.#terminal.resize(columns, rows)
  }

  write(text: string, shown?: () => void): void {
    this.#terminal.write(text, shown)
  }

  /** An empty terminal, as at the beginning. */
  reset(): void {
    this.#terminal.reset()
    this.#terminal.clearSelection()
    this.#search.clearDecorations()
  }

  /** Clears what is above the line with the cursor. */
  clear(): void {
    this.#terminal.clear()
  }

  focus(): void {
    this.#terminal.focus()
  }

  paste(text: string): void {
    this.#terminal.paste(cleanPaste(text))
  }

  /** @returns whether it was found; it is selected then */
  find(text: string, direction: 'next' | 'previous', typing = false): boolean {
    if (text === '') {
      this.#terminal.clearSelection()
      return true
    }
    if (direction === 'previous') return this.#search.findPrevious(text)
    return this.#search.findNext(text, { incremental: typing })
  }

  /** All that stands on screen and above it, as text. */
  text(): string {
    const { active } = this.#terminal.buffer
    const lines = Array.from(
      { length: active.length },
      (_, index) => active.getLine(index)?.translateToString(true) ?? '',
    )
    return lines.join('\n').trimEnd()
  }

  /** @returns false where the key is not the shell's */
  #key(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown') return true
    if (frameKey(event)) return false
    const key = event.key.toLowerCase()
    if (event.altKey || !(event.ctrlKey || event.metaKey)) return true
    // Ctrl+C with a selection copies, as everywhere; without one it interrupts, as in every shell.
    if (key === 'c' && (event.shiftKey || event.metaKey || this.#terminal.hasSelection())) {
      event.preventDefault()
      document.execCommand('copy')
      this.#terminal.clearSelection()
      return false
    }
    // The browser pastes, which the guard sees.
    return key !== 'v'
  }

  #pasted(event: ClipboardEvent): void {
    event.preventDefault()
    event.stopPropagation()
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (text === '') return
    if (asksFirst(text)) this.user?.pasting(cleanPaste(text), () => this.paste(text))
    else this.paste(text)
  }
}

/** Until the letters are there, cells would be measured with those of another font. */
export async function loadFont(): Promise<void> {
  await Promise.allSettled(['', 'bold '].map((weight) => document.fonts.load(`${weight}${FONT_SIZE}px ${FONT}`)))
}
