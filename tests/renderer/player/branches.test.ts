// The tree of steps against a slow and plain reading of it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RunStep } from '@contract/run.ts'
import { branchThrough, branchesOf, childrenOf, choose, noChoices, pathTo } from '@page/player/branches.ts'

/** A tree from a list of numbers: step i+1 hangs below step `parents[i] mod (i+1)`. */
function tree(parents: readonly number[]): RunStep[] {
  const steps: RunStep[] = []
  for (let step = 0; step <= parents.length; step += 1) {
    const parent = step === 0 ? null : (parents[step - 1] ?? 0) % step
    const depth = parent === null ? 0 : (steps[parent]?.depth ?? 0) + 1
    steps.push({ step, parent, depth, event: null, text: '', lights: [], finding: null })
  }
  return steps
}
const someTree = fc.array(fc.nat(1000), { maxLength: 40 }).map(tree)

test('every step belongs to exactly one branch, and every branch ends in a leaf', () => {
  fc.assert(
    fc.property(someTree, (steps) => {
      const children = childrenOf(steps)
      const owned = branchesOf(steps, children).flatMap(({ first, tip, from }) => {
        expect(children.has(tip)).toBe(false)
        expect(steps[first]?.parent).toBe(from)
        const path = pathTo(steps, tip)
        return path.slice(path.indexOf(first))
      })
      expect(owned.sort((a, b) => a - b)).toEqual(steps.map(({ step }) => step))
    }),
  )
})

test('the branch through a step is a path from the start to a leaf that visits it, along the last choice', () => {
  fc.assert(
    fc.property(someTree, fc.nat(), fc.nat(), (steps, a, b) => {
      const children = childrenOf(steps)
      const chosen = a % steps.length
      const current = b % steps.length
      const choices = choose(noChoices, pathTo(steps, chosen))
      const branch = branchThrough(steps, children, choices, current)
      branch.forEach((step, index) => expect(steps[step]?.parent).toBe(index === 0 ? null : branch[index - 1]))
      expect(branch).toContain(current)
      expect(children.has(branch.at(-1) ?? -1)).toBe(false)
      if (pathTo(steps, chosen).includes(current)) expect(branch).toContain(chosen)
    }),
  )
})

test('choosing the same way again keeps the choices as they are', () => {
  const choices = choose(noChoices, [0, 2, 5])
  expect(choose(choices, [0, 2])).toBe(choices)
  expect([...choose(choices, [0, 1])]).toEqual([
    [0, 1],
    [2, 5],
  ])
})
