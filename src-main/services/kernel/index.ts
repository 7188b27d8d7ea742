// The kernel service of a host: what the machine can do, samples and recordings of watched terminals, and cleaning up
// after them. Knows no page, no lab and no experiment but by the names it is given.
import { isAbsolute, join, normalize } from 'node:path'
import { InterlockError } from '../../contract/errors.ts'
import type { MachineFacts, Recording } from '../../contract/kernel.ts'
import type { HostTerminal, TerminalState, Viewer } from '../terminal/index.ts'
import { type Inventory, inventoryOf, cleanTerminal } from './clean.ts'
import type { WatchedFile } from './files.ts'
import { createMachine, type Machine } from './machine.ts'
import { clock, type FromThread } from './messages.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import { createSamplingThread } from './thread.ts'

export interface WatchOptions {
  /** the experiment that the recording belongs to */
  experiment: string | null
  /** absolute, or relative to the folder in which the terminal began */
  files: readonly string[]
  /** throws away what was recorded */
  anew: boolean
}

/** Told when there are more samples: at most ten times a second. */
export type Told = (sampled: { terminal: string; count: number; ended: string | null }) => void

export interface Kernel {
  /** What this machine can do, and why nothing can be looked at (null where it can). */
  machine(): Promise<{ machine: MachineFacts; why: string | null }>
  /**
   * Begins to look at a terminal, or changes what is looked at.
   * @throws InterlockError `no-terminal` where the kernel tells nothing
   */
  watch(terminal: HostTerminal, watcher: object, options: WatchOptions, told: Told): Promise<{ count: number }>
  /** The watcher does not look any more; sampling rests when nobody does. */
  unwatch(id: string, watcher: object): void
  read(id: string, from: number): ReturnType<Recorder['read']> & { ended: string | null }
  look(id: string): Promise<{ count: number }>
  recording(id: string): Promise<Recording>
  clean(id: string): Promise<{ left: string[] }>
  close(): Promise<void>
}

export interface KernelOptions {
  /** whether a terminal is still there */
  has(id: string): boolean
  log(line: string): void
  machine?: Machine
}

interface Watched {
  terminal: HostTerminal
  options: WatchOptions
  recorder: Recorder
  generation: number
  began: number
  before: Inventory
  watchers: Map<object, Told>
  /** the shell has ended: nothing more comes */
  over: boolean
  sampling: boolean
  telling: ReturnType<typeof setTimeout> | null
  firstSample: { come: Promise<void>; done: () => void }
  /** Begins what is kept of the terminal with its screen as it is, after `ready`, which may exchange the recorder. */
  listen: (ready?: () => void) => Promise<void>
  leave: () => void
}

const TELL_MS = 100
const ACTIVE_MS = 250
/** The first sample, or the answer to a look, comes within this, or the thread is stuck. */
const WAIT_MS = 15_000
/** A thread that ends sooner than this after the one before is not started again until somebody asks. */
const RESTART_MS = 10_000

const gate = (): { come: Promise<void>; done: () => void } => {
  let done = (): void => undefined
  const come = new Promise<void>((resolve) => (done = resolve))
  return { come, done }
}

export function createKernel({ has, log, machine = createMachine() }: KernelOptions): Kernel {
  const all = new Map<string, Watched>()
  const looks = new Map<number, () => void>()
  let question = 0
  let endedAt = -Infinity

  const thread = createSamplingThread(hear, (reason) => {
    log(`The thread that looks at processes ended: ${reason}`)
    for (const one of all.values()) {
      one.sampling = false
      one.firstSample.done()
    }
    for (const answer of looks.values()) answer()
    looks.clear()
    // Once more, but not for ever: what ended it may end it again.
    const again = clock() - endedAt > RESTART_MS
    endedAt = clock()
    if (again) for (const one of all.values()) if (one.watchers.size > 0) sample(one)
  })

  function hear(message: FromThread): void {
    if (message.tells === 'failed') {
      log(`Looking at processes failed: ${message.sentence}`)
      return
    }
    if (message.tells === 'looked') {
      looks.get(message.question)?.()
      looks.delete(message.question)
      return
    }
    const one = all.get(message.terminal)
    if (one === undefined || one.generation !== message.generation) return
    if (message.tells === 'first') one.recorder.first(message.sample, message.size)
    else one.recorder.change(message.change, message.size)
    one.firstSample.done()
    tellSoon(one)
  }
  const tellSoon = (one: Watched): void => {
    one.telling ??= setTimeout(() => {
      one.telling = null
      const { count, ended } = one.recorder
      for (const told of one.watchers.values()) told({ terminal: one.terminal.id, count, ended })
    }, TELL_MS)
  }
  const find = (id: string): Watched => {
    const one = all.get(id)
    if (one !== undefined) return one
    throw new InterlockError('bad-input', 'Nobody watches this terminal. Begin with kernel.watch.')
  }
  const filesOf = ({ terminal, options }: Watched): WatchedFile[] =>
    options.files.map((name) => ({ name, path: normalize(isAbsolute(name) ? name : join(terminal.folder, name)) }))
  const sample = (one: Watched): void => {
    const { terminal, generation, began } = one
    const { id, shell, folder } = terminal
    one.sampling = true
    thread.tell({ do: 'watch', terminal: id, generation, shell, folder, files: filesOf(one), began })
  }
  const rest = (one: Watched): void => {
    if (one.sampling) thread.tell({ do: 'stop', terminal: one.terminal.id })
    one.sampling = false
  }
  const forget = (one: Watched): void => {
    rest(one)
    one.leave()
    if (one.telling !== null) clearTimeout(one.telling)
    all.delete(one.terminal.id)
  }
  const soon = async (come: Promise<void>): Promise<void> => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<void>((_, refuse) => {
      timer = setTimeout(
        () => refuse(new InterlockError('io-error', 'The kernel does not answer in time. Try again.')),
        WAIT_MS,
      )
    })
    await Promise.race([come, late]).finally(() => clearTimeout(timer))
  }

  const begin = async (terminal: HostTerminal, options: WatchOptions): Promise<Watched> => {
    const { columns, rows } = terminal.state()
    let size = { columns, rows }
    let activeAt = 0
    const since = (): number => clock() - one.began
    const viewer: Viewer = {
      output(text) {
        one.recorder.terminal(since(), 'o', text)
        if (clock() - activeAt < ACTIVE_MS || !one.sampling) return
        activeAt = clock()
        thread.tell({ do: 'active', terminal: terminal.id })
      },
      state(state: TerminalState) {
        if (state.columns !== size.columns || state.rows !== size.rows) {
          size = { columns: state.columns, rows: state.rows }
          one.recorder.terminal(since(), 'r', `${state.columns}x${state.rows}`)
        }
        if (state.exit !== null && !one.over) {
          one.over = true
          one.recorder.terminal(since(), 'x', String(state.exit.code))
        }
        if (!has(terminal.id)) forget(one)
      },
    }
    const unmark = terminal.onMark(({ kind, status }) => {
      if (kind !== 'D' || !one.sampling) return
      thread.tell({ do: 'mark', terminal: terminal.id, status, members: terminal.family.members() })
    })
    const one: Watched = {
      terminal,
      options,
      recorder: createRecorder(size),
      generation: 1,
      began: clock(),
      before: inventoryOf(terminal),
      watchers: new Map(),
      over: false,
      sampling: false,
      telling: null,
      firstSample: gate(),
      async listen(ready) {
        // Attaching passes on what is on the screen already: that still belongs to what was before.
        const { picture, start } = await terminal.attach(viewer, false)
        ready?.()
        one.recorder.terminal(0, 'o', picture)
        start()
      },
      leave() {
        unmark()
        terminal.detach(viewer)
      },
    }
    one.began = clock()
    all.set(terminal.id, one)
    await one.listen()
    if (!has(terminal.id)) {
      forget(one)
      throw new InterlockError('unknown-terminal', 'This terminal is not there any more. Open another one.')
    }
    return one
  }
  const beginning = new Map<string, Promise<Watched>>()

  return {
    machine: () => machine.facts(),
    async watch(terminal, watcher, options, told) {
      const why = machine.whyNot()
      if (why !== null) throw new InterlockError('no-terminal', why)
      const { id } = terminal
      let one = all.get(id)
      if (one === undefined) {
        const begun = beginning.get(id) ?? begin(terminal, options).finally(() => beginning.delete(id))
        beginning.set(id, begun)
        one = await begun
      } else if (options.anew) {
        const watched = one
        await one.listen(() => {
          const { columns, rows } = terminal.state()
          watched.recorder = createRecorder({ columns, rows })
          watched.generation += 1
          watched.began = clock()
          watched.firstSample.done()
          watched.firstSample = gate()
        })
      }
      one.options = options
      one.watchers.set(watcher, told)
      sample(one)
      await soon(one.firstSample.come)
      tellSoon(one)
      return { count: one.recorder.count }
    },
    unwatch(id, watcher) {
      const one = all.get(id)
      if (one === undefined) return
      one.watchers.delete(watcher)
      if (one.watchers.size === 0) rest(one)
    },
    read(id, from) {
      const { recorder } = find(id)
      return { ...recorder.read(from), ended: recorder.ended }
    },
    async look(id) {
      const one = find(id)
      if (one.sampling) {
        const number = (question += 1)
        const answered = gate()
        looks.set(number, answered.done)
        thread.tell({ do: 'look', terminal: id, question: number, members: one.terminal.family.members() })
        await soon(answered.come)
      }
      return { count: one.recorder.count }
    },
    async recording(id) {
      const { recorder, options } = find(id)
      const { machine: facts } = await machine.facts()
      const recording = recorder.recording(options.experiment, facts)
      if (recording !== null) return recording
      throw new InterlockError('not-found', 'Nothing was recorded of this terminal. Watch it again.')
    },
    async clean(id) {
      const one = find(id)
      const left = await cleanTerminal(one.terminal, one.before, one.recorder.last)
      if (one.sampling) thread.tell({ do: 'active', terminal: id })
      return { left }
    },
    async close() {
      for (const one of [...all.values()]) forget(one)
      await thread.close()
    },
  }
}
