// The operation `deadlock.counting`: whether processes that share one type can run into a deadlock at all.
import { z } from 'zod'
import type { Operation } from '../../../contract/lab.ts'
import { readUnits } from './matrix-input.ts'
import { bad, readFields } from '../../../contract/operation-input.ts'
import { matrixTexts } from './matrix-texts.ts'

const texts = matrixTexts.counts

export interface CountingInput {
  units?: unknown
  processes?: unknown
  maxEach?: unknown
}

export interface CountingOutput {
  deadlockPossible: boolean
}

/**
 * With n processes that hold at most k units each, one at a time, the worst state gives each k - 1. A deadlock is
 * possible exactly when these are all units there are: n (k - 1) >= m. With k above m a single process can hang already.
 */
export function deadlockPossible(units: number, processes: number, maxEach: number): boolean {
  return processes * (maxEach - 1) >= units
}

function runCounting(input: CountingInput): CountingOutput {
  const fields = readFields(input)
  const [units, processes, maxEach] = (['units', 'processes', 'maxEach'] as const).map((field) => {
    const value = readUnits(fields[field], field)
    if (value < 1) throw bad(field, texts.positive(String(value)))
    return value
  }) as [number, number, number]
  return { deadlockPossible: deadlockPossible(units, processes, maxEach) }
}

const example: CountingInput = { units: 6, processes: 3, maxEach: 3 }

export const counting: Operation<CountingInput, CountingOutput> = {
  summary: matrixTexts.counting,
  // Anything is let through to `run`, whose refusals name the place in the input and the remedy.
  input: z.custom<CountingInput>(() => true),
  help: [
    'Input, a JSON object of whole numbers of at least 1:',
    '  units              units of the one type',
    '  processes          how many share it, asking for one unit at a time',
    '  maxEach            most units that each may hold',
    'Output:',
    '  deadlockPossible   whether processes x (maxEach - 1) >= units',
  ],
  get example() {
    return { input: example, output: runCounting(example) }
  },
  run: runCounting,
}
