// Weights of victims that a drawing keeps: read with care, used by the operation and by the run, set aside by those given.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { deadlock } from '../../../../src-main/labs/deadlock/index.ts'
import { factorIds, usualWeights, weightsOf } from '../../../../src-main/labs/deadlock/model/recovery.ts'
import { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'
import { recoveryOperation } from '../../../../src-main/labs/deadlock/operations/recovery.ts'
import { recovery } from '../../../../src-main/labs/deadlock/simulations/recovery.ts'

/** P1 is important, P2 has worked for long. */
const ring = (victimWeights?: unknown): DeadlockModel =>
  DeadlockModel.parse({
    nodes: [
      { id: 'P1', kind: 'process', name: 'P1', priority: 5 },
      { id: 'P2', kind: 'process', name: 'P2', cpu: 30 },
      { id: 'R1', kind: 'resource', name: 'R1', instances: 1 },
      { id: 'R2', kind: 'resource', name: 'R2', instances: 1 },
    ],
    edges: [
      { id: 'a1', kind: 'assignment', from: 'R1', to: 'P1', count: 1 },
      { id: 'a2', kind: 'assignment', from: 'R2', to: 'P2', count: 1 },
      { id: 'r1', kind: 'request', from: 'P1', to: 'R2', count: 1 },
      { id: 'r2', kind: 'request', from: 'P2', to: 'R1', count: 1 },
    ],
    ...(victimWeights === undefined ? {} : { victimWeights }),
  })

test('what is kept counts, the usual weight stands for the rest and for what is no weight', () => {
  expect(weightsOf(undefined)).toEqual(usualWeights)
  expect(weightsOf({ cpu: -7 })).toEqual({ ...usualWeights, cpu: -7 })
  for (const nonsense of [null, 3, 'heavy', [], { cpu: '9' }, { cpu: 1.5 }, { cpu: 101 }, { age: 3 }]) {
    expect(weightsOf(nonsense)).toEqual(usualWeights)
  }
  expect(Object.keys(weightsOf({ age: 3 }))).toEqual([...factorIds])
})

const firstOf = (model: DeadlockModel, weights?: object): string | undefined =>
  recoveryOperation.run({ model, ...(weights === undefined ? {} : { weights }) }).ranking[0]?.id

test('the ranking follows the weights of the drawing unless others are given', () => {
  expect(firstOf(ring())).toBe('P2')
  expect(firstOf(ring({ cpu: 10 }))).toBe('P1')
  expect(firstOf(ring({ cpu: 10 }), { cpu: 0 })).toBe('P2')
})

test('the run offers the victims in the order of these weights, and keeps them from step to step', () => {
  const offered = (model: DeadlockModel): unknown[] => {
    const looked = recovery.apply(recovery.init(model, 1), { type: 'detect' })
    expect(looked.looked.model).toEqual(model)
    return recovery.enabled(looked).slice(0, 2)
  }
  const [first, second] = [
    { type: 'kill', process: 'P1' },
    { type: 'kill', process: 'P2' },
  ]
  expect(offered(ring())).toEqual([second, first])
  expect(offered(ring({ cpu: 10 }))).toEqual([first, second])
})

const sample = (id: string): DeadlockModel => {
  const url = new URL(`../../../../src-main/labs/deadlock/samples/${id}.interlock`, import.meta.url)
  return DeadlockModel.parse((JSON.parse(readFileSync(url, 'utf8')) as { model: unknown }).model)
}

test('samples: the lowest priority is not the cheapest victim, and kills so far turn the choice', () => {
  for (const id of ['recovery-ring', 'recovery-starvation']) expect(deadlock.samples).toContain(id)
  const ring = recoveryOperation.run({ model: sample('recovery-ring') })
  const lowest = ring.ranking.toSorted((a, b) => a.values.priority - b.values.priority)[0]
  expect(lowest?.name).toBe('Backup')
  expect(ring.leastCost.ids).not.toContain(lowest?.id)

  const model = sample('recovery-starvation')
  const costs = (weights?: object): [string, number][] =>
    recoveryOperation
      .run({ model, ...(weights === undefined ? {} : { weights }) })
      .ranking.map(({ name, cost }) => [name, cost])
  // Batch: 10 + 10 + 5 + 2 - 1 - 1, and 20 for two kills; Mail: 10 + 30 + 4 + 2 - 1 - 1.
  expect(costs()).toEqual([
    ['Mail', 44],
    ['Batch', 45],
  ])
  expect(costs({ kills: 0 })).toEqual([
    ['Batch', 25],
    ['Mail', 44],
  ])
})
