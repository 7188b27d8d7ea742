// All terminals of a host: how many there may be, who shows which, and the end of those that nobody shows any more.
// A terminal is reached by an id that cannot be guessed; there is no list of them.
import { stat } from 'node:fs/promises'
import { InterlockError } from '../../contract/errors.ts'
import { MAX_TERMINALS, TERMINAL_GRACE_MS } from '../../contract/limits.ts'
import { insideWorkspace } from '../files/paths.ts'
import { terminalFacts, whyNoTerminals } from './possible.ts'
import type { ProfileName } from './profiles.ts'
import { checkSize, type HostTerminal, openTerminal, type TerminalSize, type Viewer } from './terminal.ts'

export type { HostTerminal, PromptMark, TerminalSize, TerminalState, Viewer } from './terminal.ts'

export interface Terminals {
  /** why there can be none, or null */
  whyNot(): string | null
  /** @param folder relative to the workspace */
  open(profile: ProfileName, folder: string, size: TerminalSize): Promise<HostTerminal>
  has(id: string): boolean
  /** @throws InterlockError `unknown-terminal` */
  find(id: string): HostTerminal
  attach(id: string, viewer: Viewer): ReturnType<HostTerminal['attach']>
  /** The viewer is gone; a terminal that nobody shows ends after the grace time. */
  detach(id: string, viewer: Viewer): void
  /** Ends a terminal and all its processes. @returns how many are left because they belong to another user */
  close(id: string): Promise<number>
  closeAll(): Promise<void>
  readonly count: number
}

export interface TerminalsOptions {
  /** absolute, links resolved */
  workspace: string
  graceMs?: number
  log(line: string): void
}

export function createTerminals({ workspace, graceMs = TERMINAL_GRACE_MS, log }: TerminalsOptions): Terminals {
  const open = new Map<string, HostTerminal>()
  const alone = new Map<string, ReturnType<typeof setTimeout>>()
  let opening = 0
  let ended = false

  const find = (id: string): HostTerminal => {
    const terminal = open.get(id)
    if (terminal !== undefined) return terminal
    throw new InterlockError('unknown-terminal', 'This terminal is not there any more. Open another one.')
  }
  const wait = (id: string): void => {
    clearTimeout(alone.get(id))
    alone.set(
      id,
      setTimeout(() => void close(id), graceMs),
    )
  }
  const close = async (id: string): Promise<number> => {
    const terminal = open.get(id)
    clearTimeout(alone.get(id))
    alone.delete(id)
    open.delete(id)
    const left = (await terminal?.close()) ?? 0
    if (left > 0) log(`${left} processes of a closed terminal belong to another user and still run.`)
    return left
  }

  return {
    whyNot: () => whyNoTerminals(terminalFacts()),
    async open(profile, folder, size) {
      checkSize(size)
      if (open.size + opening >= MAX_TERMINALS) {
        throw new InterlockError(
          'too-large',
          `At most ${MAX_TERMINALS} terminals can be open at once. Close one first.`,
        )
      }
      opening += 1
      try {
        const path = await insideWorkspace(workspace, folder, true)
        if (!(await stat(path)).isDirectory()) {
          throw new InterlockError('bad-input', `A terminal begins in a folder, and ${folder} is a file.`)
        }
        const terminal = await openTerminal(profile, path, size)
        if (ended) {
          await terminal.close()
          throw new InterlockError('cancelled', 'Interlock is being closed.')
        }
        open.set(terminal.id, terminal)
        wait(terminal.id)
        return terminal
      } finally {
        opening -= 1
      }
    },
    has: (id) => open.has(id),
    find,
    async attach(id, viewer) {
      const terminal = find(id)
      clearTimeout(alone.get(id))
      alone.delete(id)
      return terminal.attach(viewer)
    },
    detach(id, viewer) {
      const terminal = open.get(id)
      if (terminal === undefined) return
      terminal.detach(viewer)
      if (terminal.viewers() === 0) wait(id)
    },
    close,
    async closeAll() {
      ended = true
      await Promise.all([...open.keys()].map(close))
    },
    get count() {
      return open.size
    },
  }
}
