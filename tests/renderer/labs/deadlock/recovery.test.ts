// The sums of victims as they are written out, and whom the kills so far have spared.
import { expect, test } from 'vitest'
import { type Candidate, type FactorId, usualWeights, type Weights } from '@labs/deadlock/model/recovery.ts'
import { firstOf, firstWithout, sumOf } from '@page/labs/deadlock/recovery/sums.ts'

const none: Record<FactorId, number> = { each: 0, priority: 0, cpu: 0, held: 0, needed: 0, behind: 0, kills: 0 }
const candidate = (id: string, values: Partial<Record<FactorId, number>>, onRing = true): Candidate => ({
  id,
  name: id,
  onRing,
  values: { ...none, ...values },
  cost: 0,
})
const weigh = (weights: Partial<Weights>): Weights => ({ ...none, ...weights })

test('a sum has its terms in order, leaves out what is nothing, and takes away what weighs less than 0', () => {
  const one = candidate('P1', { each: 1, priority: 5, cpu: 12, needed: 2 })
  expect(sumOf(one, weigh({ priority: 2, cpu: 1, held: 9 }), '')).toBe('2 × 5 + 1 × 12 = 22')
  expect(sumOf(one, weigh({ each: 10, needed: -1 }), '')).toBe('10 × 1 − 1 × 2 = 8')
  expect(sumOf(one, none, '')).toBe('0')
  expect(sumOf(one, weigh({ needed: -3 }), 'which counts as 0')).toBe('−3 × 2 = −6, which counts as 0')
})

test('the first victim is the cheapest on a ring: whoever waits behind it does not count', () => {
  expect(firstOf([candidate('P9', {}, false), candidate('P2', {})])?.id).toBe('P2')
  expect(firstOf([])).toBeUndefined()
})

test('the guard has spared whoever would be first if kills weighed nothing', () => {
  const [killed, other] = [candidate('P1', { cpu: 5, kills: 3 }), candidate('P2', { cpu: 20 })]
  expect(firstWithout([other, killed], usualWeights, 'kills')?.id).toBe('P1')
  expect(firstWithout([killed, other], { ...usualWeights, kills: 1 }, 'kills')).toBeUndefined()
  const behind = { ...killed, onRing: false }
  expect(firstWithout([other, behind], usualWeights, 'kills')).toBeUndefined()
})
