// Judges a run by its samples: each condition is latched when it holds, in order, so that what came and went counts.
// Evidence is what the kernel said, never what was typed. Knows no experiment.
import type { KernelSample } from '../../../contract/kernel.ts'
import type { Experiment } from './experiments/experiment.ts'

export interface JudgedCondition {
  id: string
  says: string
  /** `not-yet`: the one that is looked at now; `waiting`: those behind it */
  state: 'holds' | 'not-yet' | 'waiting'
  /** index of the sample at which it held first */
  since?: number
  expected: string
  /** what was seen; empty while it waits */
  observed: string
  /** likely cause and what to do; empty for one that holds or waits */
  hint: string
}

export interface Judged {
  conditions: readonly JudgedCondition[]
  /** all hold */
  solved: boolean
}

export interface Judging {
  /** @returns what holds now that this sample has come */
  add(sample: KernelSample): Judged
}

/** Judges samples as they come. */
export function judging({ conditions }: Pick<Experiment, 'conditions'>): Judging {
  const samples: KernelSample[] = []
  const held: { since: number; observed: string }[] = []
  return {
    add(sample) {
      samples.push(sample)
      let missing: { observed: string; hint: string } | null = null
      for (let next = conditions[held.length]; next !== undefined; next = conditions[held.length]) {
        const { holds, observed, hint } = next.look(samples, held.at(-1)?.since ?? 0)
        if (!holds) {
          missing = { observed, hint }
          break
        }
        held.push({ since: samples.length - 1, observed })
      }
      return {
        solved: conditions.length > 0 && held.length === conditions.length,
        conditions: conditions.map(({ id, says, expected }, index): JudgedCondition => {
          const found = held[index]
          if (found !== undefined) return { id, says, state: 'holds', expected, hint: '', ...found }
          if (index > held.length || missing === null) {
            return { id, says, state: 'waiting', expected, observed: '', hint: '' }
          }
          return { id, says, state: 'not-yet', expected, ...missing }
        }),
      }
    },
  }
}

/** Judges a whole run. Without samples nothing holds. */
export function judge(experiment: Pick<Experiment, 'conditions'>, samples: readonly KernelSample[]): Judged {
  const one = judging(experiment)
  let judged: Judged = {
    solved: false,
    conditions: experiment.conditions.map(({ id, says, expected }) => ({
      id,
      says,
      state: 'waiting',
      expected,
      observed: '',
      hint: '',
    })),
  }
  for (const sample of samples) judged = one.add(sample)
  return judged
}
