// The operation `distributed.ricartAgrawala`: a run with requests whose timestamps are given, as a log.
import { z } from 'zod'
import type { Operation } from '../../../contract/lab.ts'
import { readFields } from '../../../contract/operation-input.ts'
import { type RicartAgrawalaState, ricartAgrawala as algorithm } from '../algorithms/exclusion/ricart-agrawala.ts'
import { exclusionTexts } from '../model/exclusion-texts.ts'
import type { Algorithm } from '../network/types.ts'
import { type Asking, readAskings, readProcesses, readTime } from './exclusion-input.ts'
import { playRequests } from './exclusion-runs.ts'

type Stamp = [stamp: number, process: number]
type Row =
  | [time: number, kind: string, from: number, to: number, stamp: Stamp]
  | [time: number, kind: string, from: number, to: number]

export interface RicartAgrawalaOutput {
  log: Row[]
  entries: [time: number, process: number, stamp: Stamp][]
}

interface Counting extends RicartAgrawalaState {
  /** requests that this process has made */
  readonly made: number
}

/**
 * The algorithm with timestamps that are given: a process takes its next one as if it had seen the one before it.
 * @param stamps by process, in the order of its requests
 */
function stampedBy(stamps: readonly (readonly number[])[]): Algorithm<Counting> {
  return {
    ...algorithm,
    init(self) {
      const { state, outputs } = algorithm.init(self)
      return { state: { ...state, made: 0 }, outputs }
    },
    react(state, input, self, clock) {
      const asks = input.do === 'start' ? state.section === 'out' && !state.thinking : isThought(input, state)
      const next = stamps[self.index]?.[state.made]
      const before: Counting =
        asks && next !== undefined ? { ...state, highest: next - 1, made: state.made + 1 } : state
      const { state: after, outputs } = algorithm.react(before, input, self, clock)
      return { state: { ...after, made: before.made }, outputs }
    },
    look: (state, self) => algorithm.look(state, self),
  }
}

const isThought = (input: { do: string; timer?: string }, { thinking }: Counting): boolean =>
  input.do === 'timer' && input.timer === 'think' && thinking

/** Timestamps of each process in the order in which it asks. */
function stampsOf(askings: readonly Asking[], processes: number): number[][] {
  const stamps: number[][] = Array.from({ length: processes }, () => [])
  for (const { process, stamp } of [...askings].sort((a, b) => a.at - b.at)) stamps[process]?.push(stamp)
  return stamps
}

function runRicartAgrawala(input: unknown): RicartAgrawalaOutput {
  const fields = readFields(input)
  const askings = readAskings(fields['requests'], '[{"p": 0, "ts": 8}]', true)
  const processes = readProcesses(fields['processes'], askings, (count) => 2 * (count - 1))
  const [delay, hold] = [readTime(fields['delay'], 'delay', 1), readTime(fields['cs'], 'cs', 1)]
  const stamps = stampsOf(askings, processes)
  const entered = new Array<number>(processes).fill(0)
  const log: Row[] = []
  const entries: RicartAgrawalaOutput['entries'] = []
  playRequests(
    stampedBy(stamps),
    processes,
    askings,
    { delay, hold },
    {
      sent({ from, to, body }, now) {
        log.push(
          body.kind === 'REQUEST'
            ? [now, body.kind, from, to, [body['stamp'] as number, from]]
            : [now, body.kind, from, to],
        )
      },
      entered(process, now) {
        const turn = entered[process] ?? 0
        entered[process] = turn + 1
        entries.push([now, process, [stamps[process]?.[turn] ?? 0, process]])
      },
    },
  )
  return { log, entries }
}

const example = {
  processes: 2,
  requests: [
    { p: 0, ts: 5 },
    { p: 1, ts: 3 },
  ],
  delay: 1,
  cs: 4,
}

export const ricartAgrawala: Operation<unknown, RicartAgrawalaOutput> = {
  summary: exclusionTexts.operations.ricartAgrawala,
  // Anything is let through to `run`, whose refusals name the place in the input and the remedy.
  input: z.custom<unknown>(() => true),
  help: [
    'Input:',
    '  processes   how many; they are numbered from 0. When left out, as many as the requests need',
    '  requests    list of {"p": process, "ts": timestamp, "at": time}, or [p, ts, at]; at is 0 when left out.',
    '              Of equal timestamps the lower process comes first; who asks while it waits asks again after leaving',
    '  delay       how long a message takes; 1 when left out',
    '  cs          how long a process stays in the critical section; 1 when left out',
    'Output:',
    '  log         rows [time, kind, from, to], for REQUEST also [timestamp, process], in the order of sending',
    '  entries     rows [time, process, [timestamp, process]]',
  ],
  get example() {
    return { input: example, output: runRicartAgrawala(example) }
  },
  run: runRicartAgrawala,
}
