// The operation `distributed.centralMutex`: a run with a coordinator, process 0, as a log.
import { z } from 'zod'
import type { Operation } from '../../../contract/lab.ts'
import { bad, readFields } from '../../../contract/operation-input.ts'
import { central } from '../algorithms/exclusion/central.ts'
import { exclusionTexts } from '../model/exclusion-texts.ts'
import { type Asking, readAskings, readProcesses, readTime } from './exclusion-input.ts'
import { playRequests } from './exclusion-runs.ts'

export interface CentralMutexOutput {
  log: [time: number, kind: string, from: number, to: number][]
  entries: [time: number, process: number][]
}

const FORM = '{"1": 0, "2": 3}'

/** Requests as `{"1": 0}`, process to time, or as a list. */
function readRequests(value: unknown): Asking[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return readAskings(value, FORM, false)
  const texts = exclusionTexts.operations
  return Object.entries(value).flatMap(([name, times]): Asking[] => {
    const place = `requests["${name}"]`
    if (!/^\d{1,9}$/.test(name)) throw bad(place, texts.noRequest(`"${name}"`, FORM))
    const process = Number(name)
    // A process that asks several times has a list of times.
    const all: readonly unknown[] = Array.isArray(times) ? times : [times ?? null]
    return all.map((at, index) => ({
      process,
      at: readTime(at, Array.isArray(times) ? `${place}[${index}]` : place, 0),
      stamp: 0,
      place,
    }))
  })
}

function runCentralMutex(input: unknown): CentralMutexOutput {
  const fields = readFields(input)
  const askings = readRequests(fields['requests'])
  const processes = readProcesses(fields['processes'], askings, () => 3)
  const [delay, hold] = [readTime(fields['delay'], 'delay', 1), readTime(fields['cs'], 'cs', 1)]
  const log: CentralMutexOutput['log'] = []
  const entries: CentralMutexOutput['entries'] = []
  playRequests(
    central,
    processes,
    askings,
    { delay, hold, settings: { coordinator: 0 } },
    {
      sent: ({ from, to, body }, now) => void log.push([now, body.kind, from, to]),
      entered: (process, now) => void entries.push([now, process]),
    },
  )
  return { log, entries }
}

const example = { requests: { 1: 0, 2: 1 }, delay: 1, cs: 5 }

export const centralMutex: Operation<unknown, CentralMutexOutput> = {
  summary: exclusionTexts.operations.centralMutex,
  // Anything is let through to `run`, whose refusals name the place in the input and the remedy.
  input: z.custom<unknown>(() => true),
  help: [
    'Input:',
    '  processes   how many; process 0 coordinates. When left out, as many as the requests need',
    '  requests    {"1": 0, "2": 3}: process to time, or to a list of times; or a list of {"p": process, "at": time}',
    '              or [p, at]. Process 0 may ask too, without messages',
    '  delay       how long a message takes; 1 when left out',
    '  cs          how long a process stays in the critical section; 1 when left out',
    'Output:',
    '  log         rows [time, kind, from, to] in the order of sending',
    '  entries     rows [time, process]',
  ],
  get example() {
    return { input: example, output: runCentralMutex(example) }
  },
  run: runCentralMutex,
}
