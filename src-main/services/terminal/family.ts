// Everything that was ever started below one terminal, and its end. Closing the terminal tells its session only, and
// processes get away from that: by a session of their own, by losing their parent, and as PID 1 of a PID namespace, which
// ignores what it does not handle. So whoever is seen is remembered by pid and start, and at the end all are ended.
import { MARK } from './profiles.ts'
import { allProcesses, childrenOf, hasVariable, isInit, type ProcessFacts, processFacts } from './processes.ts'

export interface Family {
  /** Looks who is there now. Costs about 0.1 ms for each process. */
  look(): void
  /** Host pids of those that were seen and still live. */
  members(): number[]
  /** Ends all, politely first. @returns how many could not be ended: they belong to another user */
  end(): Promise<number>
  /** Ends all but the shell. @returns as `end` does */
  endBelow(): Promise<number>
}

const ROUND_MS = 20
const POLITE_ROUNDS = 10
const ROUNDS = 150

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))

/**
 * @param root pid of the terminal's shell
 * @param mark value of the variable that all its processes inherit
 */
export function createFamily(root: number, mark: string): Family {
  const seen = new Map<number, { start: number; init: boolean }>()
  const first = processFacts(root)
  const never = new Set([0, 1, process.pid, process.ppid])

  const living = (pid: number, start: number): boolean => processFacts(pid)?.start === start
  const take = (facts: ProcessFacts): boolean => {
    const known = seen.get(facts.pid)
    if (known?.start === facts.start || never.has(facts.pid)) return false
    seen.set(facts.pid, { start: facts.start, init: isInit(facts.pid) })
    return true
  }
  const below = (pid: number): void => {
    for (const child of childrenOf(pid)) {
      const facts = processFacts(child)
      if (facts !== null) take(facts)
      if (!never.has(child)) below(child)
    }
  }
  const look = (): void => {
    for (const [pid, { start }] of [...seen]) {
      if (living(pid, start)) below(pid)
      else seen.delete(pid)
    }
  }
  /**
   * Those that got away between two looks: they are still of the shell's session, or have what they inherited. The number
   * of the terminal's device would not do: it is given to the next terminal of anybody as soon as ours is closed.
   */
  const search = (): void => {
    look()
    for (const pid of allProcesses()) {
      const facts = processFacts(pid)
      if (facts === null || seen.get(pid)?.start === facts.start || never.has(pid)) continue
      if (facts.session === root || hasVariable(pid, MARK, mark)) {
        take(facts)
        below(pid)
      }
    }
  }
  /** @returns how many live and may be ended by us, and how many not */
  const send = (signal: NodeJS.Signals, spared?: number): { ours: number; foreign: number } => {
    let [ours, foreign] = [0, 0]
    // PID 1 of a namespace first: it takes its whole namespace along.
    for (const [pid, { start }] of [...seen].sort(([, a], [, b]) => Number(b.init) - Number(a.init))) {
      if (pid === spared || !living(pid, start)) continue
      try {
        process.kill(pid, signal)
        ours += 1
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EPERM') foreign += 1
      }
    }
    return { ours, foreign }
  }

  const endAll = async (spared?: number): Promise<number> => {
    search()
    send('SIGHUP', spared)
    send('SIGCONT', spared)
    for (let round = 0; round < ROUNDS; round += 1) {
      search()
      const { ours, foreign } = send(round < POLITE_ROUNDS ? 'SIGHUP' : 'SIGKILL', spared)
      if (ours === 0) return foreign
      await pause(ROUND_MS)
    }
    return send('SIGKILL', spared).ours
  }

  if (first !== null) take(first)
  return {
    look,
    members: () => [...seen].filter(([pid, { start }]) => living(pid, start)).map(([pid]) => pid),
    end: () => (first === null ? endWithoutFacts(root) : endAll()),
    endBelow: () => (first === null ? Promise.resolve(0) : endAll(root)),
  }
}

/** Without /proc only the shell's own group of processes is known. */
async function endWithoutFacts(root: number): Promise<number> {
  for (const signal of ['SIGHUP', 'SIGCONT', 'SIGKILL'] as const) {
    for (const target of [-root, root]) {
      try {
        process.kill(target, signal)
      } catch {
        // It is gone.
      }
    }
    await pause(ROUND_MS)
  }
  return 0
}
