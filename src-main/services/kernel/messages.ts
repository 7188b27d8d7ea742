// What the host and the thread that samples tell each other. Plain data.
import type { KernelSample } from '../../contract/kernel.ts'
import type { WatchedFile } from './files.ts'

export type ToThread =
  | {
      do: 'watch'
      terminal: string
      /** counts how often the recording of this terminal began anew */
      generation: number
      shell: { pid: number; start: number }
      /** absolute folder in which the terminal began */
      folder: string
      files: WatchedFile[]
      /** when the recording began, on the clock of `clock()` */
      began: number
    }
  | { do: 'files'; terminal: string; files: WatchedFile[] }
  /** a command has ended; `members` are processes that the terminal knows */
  | { do: 'mark'; terminal: string; status: number | null; members: number[] }
  /** the terminal is in use: whoever types wants to see */
  | { do: 'active'; terminal: string }
  | { do: 'look'; terminal: string; question: number; members: number[] }
  | { do: 'stop'; terminal: string }

export type FromThread =
  | { tells: 'first'; terminal: string; generation: number; sample: KernelSample; size: number }
  | { tells: 'change'; terminal: string; generation: number; change: Record<string, unknown>; size: number }
  | { tells: 'looked'; terminal: string; question: number }
  | { tells: 'failed'; sentence: string }

/** Milliseconds on a clock that all threads share and nobody sets. */
export const clock = (): number => Number(process.hrtime.bigint() / 1000n) / 1000
