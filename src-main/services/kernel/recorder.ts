// What is kept of a watched terminal: samples as changes and what the terminal showed, on one clock, within limits.
// Knows neither threads nor terminals.
import type { CastEvent, KernelSample, MachineFacts, Recording } from '../../contract/kernel.ts'
import { MAX_CAST_CHARACTERS, MAX_RECORDED_CHARACTERS, MAX_RECORDED_SAMPLES } from '../../contract/limits.ts'
import { patched, patchOf } from '../../contract/merge-patch.ts'

export interface Recorder {
  readonly count: number
  /** the newest sample, whole */
  readonly last: KernelSample | null
  /** why it ended before the run did, as a sentence; null while it goes on */
  readonly ended: string | null
  /** @param size characters of it as JSON text */
  first(sample: KernelSample, size: number): void
  change(change: Change, size: number): void
  /** @param time ms since the recording began */
  terminal(time: number, kind: CastEvent[1], data: string): void
  /** What is there from sample `from` on: a first whole sample only where `from` cannot be gone on with. */
  read(from: number): { first: KernelSample | null; changes: Change[]; next: number }
  /** @returns null before the first sample */
  recording(experiment: string | null, machine: MachineFacts): Recording | null
}

type Change = Record<string, unknown>

/** One answer holds about so many characters. */
const PAGE = 2_000_000

export function createRecorder(size: { columns: number; rows: number }): Recorder {
  let first: KernelSample | null = null
  let last: KernelSample | null = null
  const changes: { change: Change; size: number }[] = []
  const events: CastEvent[] = []
  let [written, shown] = [0, 0]
  let ended: string | null = null
  let silent: string | null = null

  const full = (more: number): boolean => {
    if (ended !== null) return true
    const limit =
      changes.length + 2 > MAX_RECORDED_SAMPLES
        ? `${MAX_RECORDED_SAMPLES.toLocaleString('en')} samples`
        : written + more > MAX_RECORDED_CHARACTERS
          ? `${MAX_RECORDED_CHARACTERS.toLocaleString('en')} characters`
          : null
    if (limit === null) return false
    ended = `The recording ended here, since it holds at most ${limit}. Begin it anew to go on.`
    return true
  }

  return {
    get count() {
      return first === null ? 0 : changes.length + 1
    },
    get last() {
      return last
    },
    get ended() {
      return ended
    },
    first(sample, length) {
      // Whoever samples began again, and the recording goes on.
      if (last !== null) {
        this.change(patchOf(last, sample), length)
        return
      }
      first = last = sample
      written += length
    },
    change(change, length) {
      if (last === null || full(length)) return
      last = patched(last, change) as KernelSample
      changes.push({ change, size: length })
      written += length
    },
    terminal(time, kind, data) {
      if (ended !== null || silent !== null) return
      if (shown + data.length > MAX_CAST_CHARACTERS) {
        silent = `What the terminal showed is left out from second ${Math.round(time / 1000)} on, since a recording holds at most ${MAX_CAST_CHARACTERS.toLocaleString('en')} characters of it.`
        return
      }
      shown += data.length
      const seconds = Math.max(0, Math.round(time) / 1000)
      const before = events.at(-1)
      // Pieces of the same moment are one event.
      if (kind === 'o' && before?.[1] === 'o' && before[0] === seconds) before[2] += data
      else events.push([seconds, kind, data])
    },
    read(from) {
      if (first === null) return { first: null, changes: [], next: 0 }
      const known = from > 0 && from <= changes.length + 1
      const begin = known ? from - 1 : 0
      let [end, characters] = [begin, 0]
      for (; end < changes.length && (end === begin || characters < PAGE); end += 1)
        characters += changes[end]?.size ?? 0
      return {
        first: known ? null : first,
        changes: changes.slice(begin, end).map(({ change }) => change),
        next: end + 1,
      }
    },
    recording(experiment, machine) {
      if (first === null) return null
      const remarks = [silent, ended].filter((sentence) => sentence !== null)
      return {
        version: 1,
        experiment,
        machine,
        first,
        changes: changes.map(({ change }) => change),
        terminal: { columns: size.columns, rows: size.rows, events: events.map((event): CastEvent => [...event]) },
        ...(remarks.length === 0 ? {} : { remarks }),
      }
    },
  }
}
