// The screen of a terminal as the host keeps it: a terminal emulator without a display that reads all output, so that a
// page which comes later gets the same screen. It also answers the questions that programs ask a terminal, once and
// whether a page is there or not.
import type { SerializeAddon } from '@xterm/addon-serialize'
import type { Terminal } from '@xterm/headless'
import { MAX_NAME_LENGTH, TERMINAL_SCROLLBACK } from '../../contract/limits.ts'

export interface Screen {
  /** Reads output; `done` is called when it has been taken in. */
  write(text: string, done: () => void): void
  resize(columns: number, rows: number): void
  /** The screen and the lines above it as text for another terminal, after all output written so far. */
  picture(): Promise<string>
  close(): void
}

export interface ScreenListener {
  title(title: string): void
  /** a prompt mark (OSC 133): `A` prompt, `B` input, `C` command begins, `D` command ended, with its status if it told one */
  mark(kind: 'A' | 'B' | 'C' | 'D', status: number | null): void
  /** an answer to the program's question about the terminal */
  answer(text: string): void
}

/** What a program sets as a title is text of a stranger: one line of limited length. */
export const plainTitle = (title: string): string =>
  title
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, MAX_NAME_LENGTH)

interface Emulator {
  terminal: Terminal
  writer: SerializeAddon
  listener: ScreenListener | null
}

/** Emulators that wait to be used again: one that is thrown away gives its memory back late or never. */
const idle: Emulator[] = []

async function createEmulator(): Promise<Emulator> {
  const [headless, serialize] = await Promise.all([import('@xterm/headless'), import('@xterm/addon-serialize')])
  // A CommonJS module: where its names are not found by the loader they lie under `default`.
  const whole = <T extends object>(module: T): T => ('default' in module ? (module.default as T) : module)
  const terminal: Terminal = new (whole(headless).Terminal)({
    scrollback: TERMINAL_SCROLLBACK,
    allowProposedApi: true,
  })
  const writer: SerializeAddon = new (whole(serialize).SerializeAddon)()
  // The addon is typed for the terminal with a display; it uses only what both have.
  terminal.loadAddon(writer as unknown as Parameters<Terminal['loadAddon']>[0])
  const emulator: Emulator = { terminal, writer, listener: null }
  terminal.onTitleChange((title) => emulator.listener?.title(plainTitle(title)))
  terminal.onData((text) => emulator.listener?.answer(text))
  terminal.parser.registerOscHandler(133, (data) => {
    const [kind = '', status = ''] = data.split(';')
    if (kind === 'A' || kind === 'B' || kind === 'C' || kind === 'D') {
      emulator.listener?.mark(kind, /^\d{1,3}$/.test(status) ? Number(status) : null)
    }
    return true
  })
  return emulator
}

export async function createScreen(columns: number, rows: number, listener: ScreenListener): Promise<Screen> {
  const emulator = idle.pop() ?? (await createEmulator())
  const { terminal, writer } = emulator
  emulator.listener = listener
  terminal.resize(columns, rows)
  let closed = false
  return {
    write(text, done) {
      if (closed) done()
      else terminal.write(text, done)
    },
    resize(next, lines) {
      if (!closed) terminal.resize(next, lines)
    },
    picture: () => new Promise((resolve) => terminal.write('', () => resolve(closed ? '' : writer.serialize()))),
    close() {
      if (closed) return
      closed = true
      emulator.listener = null
      // After what is still to be read: it must not be found on the next one's screen.
      terminal.write('', () => {
        terminal.reset()
        idle.push(emulator)
      })
    },
  }
}
