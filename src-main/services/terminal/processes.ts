// What the kernel says about processes, read from /proc: one file, one answer. Where there is no /proc (macOS), nothing
// is known beyond whether a process is there. Decides nothing.
import { readdirSync, readFileSync } from 'node:fs'

export interface ProcessFacts {
  pid: number
  /** ticks since boot at its start: with the pid it names one process for ever, since pids are used again */
  start: number
  parent: number
  session: number
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return null // gone, or not ours to see
  }
}

/** Facts of a process that lives; null when it is gone or dead and only waits to be collected by its parent. */
export function processFacts(pid: number): ProcessFacts | null {
  const text = read(`/proc/${pid}/stat`)
  if (text === null) return null
  // The second field is the name in parentheses, and may itself hold spaces and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return null
  const number = (index: number): number => Number(fields[index])
  return { pid, parent: number(1), session: number(3), start: number(19) }
}

/** Its children, of all its threads. */
export function childrenOf(pid: number): number[] {
  let threads: string[]
  try {
    threads = readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
  return threads.flatMap((thread) =>
    (read(`/proc/${pid}/task/${thread}/children`) ?? '').split(' ').filter(Boolean).map(Number),
  )
}

/** Whether it is PID 1 of a PID namespace below ours: the kernel ends all others of that namespace with it. */
export function isInit(pid: number): boolean {
  const numbers = /^NSpid:\s*(.*)$/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1]?.split(/\s+/) ?? []
  return numbers.length > 1 && numbers.at(-1) === '1'
}

/** Whether it was started with this variable; false also where the kernel does not let us see. */
export function hasVariable(pid: number, name: string, value: string): boolean {
  return (read(`/proc/${pid}/environ`) ?? '').split('\0').includes(`${name}=${value}`)
}

/** All processes that can be seen. */
export function allProcesses(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
  } catch {
    return []
  }
}

/** The program in the foreground of a terminal whose shell is `pid`, by its name; null when that cannot be known. */
export function foregroundOf(pid: number): string | null {
  const stat = read(`/proc/${pid}/stat`)
  if (stat === null) return null
  const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[5])
  return group > 0 ? (read(`/proc/${group}/comm`)?.trim() ?? null) : null
}
