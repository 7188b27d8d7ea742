// A place for real terminals in tests: opens them, reads what they show, waits for a sentence, and ends them all.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTerminals, type HostTerminal, type TerminalState } from '../../../../src-main/services/terminal/index.ts'
import type { Terminals, TerminalsOptions, Viewer } from '../../../../src-main/services/terminal/index.ts'

export const size = { columns: 100, rows: 30 }

export const sleep = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))

/** Waits for something to become true; a busy machine gets its time. */
export async function until(what: () => boolean, name: string | (() => string), milliseconds = 20_000): Promise<void> {
  const end = performance.now() + milliseconds
  while (!what()) {
    if (performance.now() > end) throw new Error(`waited in vain for: ${typeof name === 'string' ? name : name()}`)
    await sleep(10)
  }
}

export interface Shown {
  terminal: HostTerminal
  viewer: Viewer
  picture: string
  /** all output so far */
  text(): string
  states: TerminalState[]
  /** it was told that the shell has ended */
  ended(): boolean
  /** Waits until output holds this; what was there before counts too. */
  says(part: string | RegExp): Promise<void>
}

export interface Place {
  workspace: string
  terminals: Terminals
  show(terminal: HostTerminal, acknowledge?: boolean): Promise<Shown>
  open(profile?: 'lab' | 'login', folder?: string): Promise<Shown>
  remove(): Promise<void>
}

export function makePlace(options: Partial<TerminalsOptions> = {}): Place {
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'interlock-terminal-')))
  const terminals = createTerminals({ workspace, log: () => undefined, ...options })
  const show = async (terminal: HostTerminal, acknowledge = true): Promise<Shown> => {
    let text = ''
    const states: TerminalState[] = []
    const viewer: Viewer = {
      output(piece) {
        text += piece
        if (acknowledge) terminal.acknowledge(viewer, piece.length)
      },
      state: (state) => states.push(state),
    }
    const { picture, start } = await terminals.attach(terminal.id, viewer)
    start()
    return {
      terminal,
      viewer,
      picture,
      text: () => text,
      states,
      ended: () => (states.at(-1)?.exit ?? null) !== null,
      says: (part) =>
        until(
          () => (typeof part === 'string' ? text.includes(part) : part.test(text)),
          () =>
            `${part} in ${JSON.stringify(text.slice(-400))}, state ${JSON.stringify(states.at(-1) ?? terminal.state())}`,
        ),
    }
  }
  return {
    workspace,
    terminals,
    show,
    open: async (profile = 'lab', folder = '') => show(await terminals.open(profile, folder, size)),
    async remove() {
      await terminals.closeAll()
      rmSync(workspace, { recursive: true, force: true })
    },
  }
}
