// One terminal: its pseudo-terminal, its screen, whoever shows it, and all processes below it. Knows no page and no wire;
// a viewer is a few functions.
import { randomUUID } from 'node:crypto'
import type { IPty } from 'node-pty'
import { InterlockError } from '../../contract/errors.ts'
import { MAX_TERMINAL_COLUMNS, MAX_TERMINAL_ROWS, MIN_TERMINAL_COLUMNS } from '../../contract/limits.ts'
import { createCredit } from './credit.ts'
import { createFamily, type Family } from './family.ts'
import { createInput } from './input.ts'
import { loadPty } from './possible.ts'
import { foregroundOf, processFacts } from './processes.ts'
import { type ProfileName, programOf } from './profiles.ts'
import { createScreen } from './screen.ts'

export interface TerminalSize {
  columns: number
  rows: number
}

export interface TerminalState extends TerminalSize {
  id: string
  profile: ProfileName
  /** what the program set as title, as plain text; empty when it set none */
  title: string
  /** name of the program in the foreground, empty when it is not known */
  program: string
  /** how the shell ended; null while it runs */
  exit: { code: number; signal: number } | null
}

/** Shows a terminal: gets all output after the picture it was given. */
export interface Viewer {
  output(text: string): void
  state(state: TerminalState): void
}

export interface PromptMark {
  kind: 'A' | 'B' | 'C' | 'D'
  status: number | null
}

export interface HostTerminal {
  readonly id: string
  /** pid and start of its shell */
  readonly shell: { pid: number; start: number }
  /** absolute folder in which it began */
  readonly folder: string
  readonly family: Family
  state(): TerminalState
  /**
   * @param shows false for one who only listens: nobody waits for it, and it does not keep the terminal open
   * @returns the screen as text; everything after it goes to the viewer once `start` is called
   */
  attach(viewer: Viewer, shows?: boolean): Promise<{ picture: string; start: () => void }>
  detach(viewer: Viewer): void
  viewers(): number
  /** @throws InterlockError `too-large` for input that is too long or too fast */
  write(text: string): void
  /** @throws InterlockError `bad-input` for a size outside the limits */
  resize(size: TerminalSize): void
  acknowledge(viewer: Viewer, characters: number): void
  onMark(listener: (mark: PromptMark) => void): () => void
  /** Ends all its processes. @returns how many are left because they belong to another user */
  close(): Promise<number>
}

/** Output is sent on in pieces: soon enough to feel at once, large enough to be cheap. */
const GATHER_MS = 4
const GATHER_CHARACTERS = 32_768
const LOOK_MS = 500
/** An end is told when output has been quiet for so long. */
const QUIET_MS = 60
const PAUSED_LOOK_MS = 40

export function checkSize({ columns, rows }: TerminalSize): void {
  const fits = (value: number, least: number, most: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most
  if (fits(columns, MIN_TERMINAL_COLUMNS, MAX_TERMINAL_COLUMNS) && fits(rows, 1, MAX_TERMINAL_ROWS)) return
  throw new InterlockError(
    'bad-input',
    `A terminal has ${MIN_TERMINAL_COLUMNS} to ${MAX_TERMINAL_COLUMNS} columns and 1 to ${MAX_TERMINAL_ROWS} rows.`,
  )
}

/** @param folder absolute folder that exists */
export async function openTerminal(profile: ProfileName, folder: string, size: TerminalSize): Promise<HostTerminal> {
  checkSize(size)
  const nodePty = await loadPty()
  const id = randomUUID()
  const mark = randomUUID()
  const viewers = new Map<Viewer, { waiting: string[] | null; shows: boolean }>()
  const marks = new Set<(mark: PromptMark) => void>()
  let { columns, rows } = size
  let title = ''
  let program = ''
  let exit: TerminalState['exit'] = null
  let ended = false
  let closing: Promise<number> | null = null
  let lastOutput = 0
  let active = true

  const state = (): TerminalState => ({ id, profile, title, program, exit, columns, rows })
  const tell = (): void => {
    const now = state()
    for (const viewer of viewers.keys()) viewer.state(now)
  }
  const screen = await createScreen(columns, rows, {
    title: (next) => {
      if (next === title) return
      title = next
      tell()
    },
    mark: (kind, status) => {
      // A command has just begun or ended: whoever it started is looked at now, not half a second later.
      if (kind === 'D') look()
      for (const listener of marks) listener({ kind, status })
    },
    answer: (text) => {
      input.answer(text)
    },
  })
  const { file, args, env } = programOf(profile, mark)
  const pty: IPty = nodePty.spawn(file, args, { name: 'xterm-256color', cols: columns, rows, cwd: folder, env })
  // Two things that node-pty has and does not declare: its descriptor, and whether it still reads from it.
  const inner = pty as unknown as { fd: number; _socket?: { destroyed: boolean } }
  const input = createInput(inner.fd, () => inner._socket?.destroyed !== true)
  const family = createFamily(pty.pid, mark)
  const shell = { pid: pty.pid, start: processFacts(pty.pid)?.start ?? 0 }

  let pausedLook: ReturnType<typeof setInterval> | null = null
  const credit = createCredit<Viewer | 'screen'>({
    pause() {
      pty.pause()
      // node-pty throws away what is unread 200 ms after the end of the program: a rest ends with the program.
      pausedLook ??= setInterval(() => {
        if (shell.start !== 0 && processFacts(shell.pid) === null) pty.resume()
      }, PAUSED_LOOK_MS)
    },
    resume() {
      if (pausedLook !== null) clearInterval(pausedLook)
      pausedLook = null
      pty.resume()
    },
  })
  credit.add('screen')

  let gathered: string[] = []
  let length = 0
  let gathering: ReturnType<typeof setTimeout> | null = null
  const pass = (): void => {
    if (gathering !== null) clearTimeout(gathering)
    gathering = null
    if (length === 0) return
    const text = gathered.join('')
    gathered = []
    length = 0
    screen.write(text, () => credit.shown('screen', text.length))
    credit.sent('screen', text.length)
    for (const [viewer, { waiting }] of viewers) {
      credit.sent(viewer, text.length)
      if (waiting === null) viewer.output(text)
      else waiting.push(text)
    }
  }
  pty.onData((text) => {
    active = true
    lastOutput = performance.now()
    gathered.push(text)
    length += text.length
    if (length >= GATHER_CHARACTERS) pass()
    else gathering ??= setTimeout(pass, GATHER_MS)
  })

  function look(): void {
    if (ended) return
    family.look()
    const next = foregroundOf(shell.pid) ?? ''
    if (next === program) return
    program = next
    tell()
  }
  const looking = setInterval(() => {
    if (active) look()
    active = false
  }, LOOK_MS)
  look()

  pty.onExit(({ exitCode, signal }) => {
    ended = true
    input.close()
    clearInterval(looking)
    if (pausedLook !== null) clearInterval(pausedLook)
    // What is left of it goes, too; then output is awaited until it is quiet, so that the end is told last.
    void close()
    const wait = setInterval(() => {
      if (performance.now() - lastOutput < QUIET_MS) return
      clearInterval(wait)
      pass()
      exit = { code: exitCode, signal: signal ?? 0 }
      program = ''
      tell()
    }, QUIET_MS / 3)
  })

  function close(): Promise<number> {
    input.close()
    closing ??= family.end().finally(() => {
      clearInterval(looking)
    })
    return closing
  }

  return {
    id,
    shell,
    folder,
    family,
    state,
    async attach(viewer, shows = true) {
      pass()
      const entry: { waiting: string[] | null; shows: boolean } = { waiting: [], shows }
      viewers.set(viewer, entry)
      if (shows) credit.add(viewer)
      const picture = await screen.picture()
      return {
        picture,
        start() {
          const waiting = entry.waiting ?? []
          entry.waiting = null
          for (const text of waiting) viewer.output(text)
        },
      }
    },
    detach(viewer) {
      viewers.delete(viewer)
      credit.remove(viewer)
    },
    viewers: () => [...viewers.values()].filter(({ shows }) => shows).length,
    write(text) {
      input.write(text)
      active = true
    },
    resize(next) {
      checkSize(next)
      if (next.columns === columns && next.rows === rows) return
      ;({ columns, rows } = next)
      if (!ended) pty.resize(columns, rows)
      // Output of the old size is taken in first, as a page does that hears of it now.
      pass()
      screen.resize(columns, rows)
      tell()
    },
    acknowledge: (viewer, characters) => credit.shown(viewer, characters),
    onMark(listener) {
      marks.add(listener)
      return () => marks.delete(listener)
    },
    async close() {
      const left = await close()
      // Whoever else shows it hears of the end now.
      exit ??= { code: 0, signal: 1 }
      tell()
      viewers.clear()
      screen.close()
      if (!ended) pty.kill()
      return left
    },
  }
}
