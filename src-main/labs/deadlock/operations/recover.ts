// The operation `deadlock.recover`: whom to kill so that the others can finish.
import { z } from 'zod'
import { editDistance } from '../../../contract/near-names.ts'
import type { Operation, Progress } from '../../../contract/lab.ts'
import { MAX_EXACT_VICTIMS, MAX_LISTED_VICTIM_SETS } from '../../../contract/limits.ts'
import { finishing } from '../engine/dense.ts'
import { type VictimSets, fewestVictims, leastCostVictims } from '../engine/victims.ts'
import { factorIds } from '../model/recovery.ts'
import { type MatrixInput, matrixHelp, readMatrices, readRow } from './matrix-input.ts'
import { bad, readFields } from '../../../contract/operation-input.ts'
import { matrixTexts } from './matrix-texts.ts'

export interface RecoverInput extends MatrixInput {
  costs?: unknown
}

export interface RecoverOutput {
  deadlocked: string[]
  fewestVictims: number
  victimSets: string[][]
  /** false when there are too many processes for a search of all sets, or more sets than are listed */
  exact: boolean
  /** only with costs */
  cheapest?: { victims: string[]; cost: number; exact: boolean }
}

/** Other names are let through, as in all operations on matrices; these would be meant to change the answer. */
function refuseMeant(input: RecoverInput): void {
  const fields = Object.keys(readFields(input)).filter((field) => field !== 'costs')
  const meant = fields.find((field) => field === 'weights' || (factorIds as readonly string[]).includes(field))
  if (meant !== undefined) throw bad(meant, matrixTexts.recovery.meant)
  const mistyped = fields.find((field) => editDistance(field.toLowerCase(), 'costs') <= 1)
  if (mistyped !== undefined) throw bad(mistyped, matrixTexts.recovery.mistyped)
}

function runRecover(input: RecoverInput, progress?: Progress): RecoverOutput {
  refuseMeant(input)
  const { state, names } = readMatrices(input, 'request')
  const named = (processes: readonly number[]): string[] => processes.map((process) => names[process]!)
  const { stuck } = finishing(state, 'first')
  const found: VictimSets = fewestVictims(state, progress)
  const output: RecoverOutput = {
    deadlocked: named(stuck),
    fewestVictims: found.size,
    victimSets: found.sets.map(named),
    exact: found.exact && !found.more,
  }
  if (input.costs === undefined) return output
  const costs = readRow(input.costs, 'costs', null)
  if (costs.length !== names.length) throw bad('costs', matrixTexts.recovery.costs(costs.length, names.length))
  const { victims, cost, exact } = leastCostVictims(state, costs)
  return { ...output, cheapest: { victims: named(victims), cost, exact } }
}

const example: RecoverInput = {
  available: [0, 0, 0],
  allocation: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  request: [
    [0, 1, 0],
    [0, 0, 1],
    [1, 0, 0],
  ],
  firstProcess: 1,
}

export const recover: Operation<RecoverInput, RecoverOutput> = {
  summary: 'Finds the smallest and the cheapest sets of processes to kill so that all others can finish.',
  // Anything is let through to the reader, whose refusals name the place in the input and the remedy.
  input: z.custom<RecoverInput>(() => true),
  help: [
    'Input, a JSON object:',
    ...matrixHelp('request'),
    '  costs              optional: what it costs to kill each process, one whole number for each',
    'Output:',
    '  deadlocked         all who can never finish',
    '  fewestVictims      how many have to be killed at least; each gives back all that it holds, and is gone',
    `  victimSets         all sets of that size, at most ${MAX_LISTED_VICTIM_SETS}`,
    `  exact              whether these are all; with more than ${MAX_EXACT_VICTIMS} deadlocked processes one set is`,
    '                     found greedily and may be larger than need be',
    '  cheapest           with costs: victims whose costs add up to the least, and whether that is proven',
  ],
  get example() {
    return { input: example, output: runRecover(example) }
  },
  run: runRecover,
}
