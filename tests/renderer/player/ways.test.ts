// The ways through a run against a slow and plain reading of its tree.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RunStep } from '@contract/run.ts'
import { type Way, branchesOf, firstWay, pathTo, shared, wayTo } from '@page/player/ways.ts'

/** A tree from a list of numbers: step i+1 hangs below step `parents[i] mod (i+1)`. */
function tree(parents: readonly number[]): RunStep[] {
  const steps: RunStep[] = []
  for (let step = 0; step <= parents.length; step += 1) {
    const parent = step === 0 ? null : (parents[step - 1] ?? 0) % step
    const depth = parent === null ? 0 : (steps[parent]?.depth ?? 0) + 1
    steps.push({ step, parent, depth, event: null, text: '', line: `line ${step}`, lights: [], finding: null })
  }
  return steps
}
const someTree = fc.array(fc.nat(1000), { maxLength: 40 }).map(tree)

/** Goes to some steps, one after the other. */
function walk(steps: readonly RunStep[], visits: readonly number[]): { ways: readonly Way[]; shown: number } {
  let now: { ways: readonly Way[]; shown: number } = { ways: [firstWay], shown: 0 }
  for (const visit of visits) now = wayTo(steps, now.ways, now.shown, visit % steps.length)
  return now
}

test('after any walk the shown way goes through the last step, and its lines are those of its steps', () => {
  fc.assert(
    fc.property(someTree, fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }), (steps, visits) => {
      const { ways, shown } = walk(steps, visits)
      const last = (visits.at(-1) ?? 0) % steps.length
      expect(pathTo(steps, ways[shown]?.tip ?? -1)).toContain(last)
      for (const way of ways) {
        const path = pathTo(steps, way.tip)
        expect(way.lines).toEqual(path.slice(1).map((step) => ({ text: `line ${step}`, step })))
      }
      expect(new Set(ways.map(({ id }) => id)).size).toBe(ways.length)
      const visited = new Set(visits.flatMap((visit) => pathTo(steps, visit % steps.length)))
      const covered = new Set(ways.flatMap((way) => pathTo(steps, way.tip)))
      expect([...visited].filter((step) => !covered.has(step))).toEqual([])
    }),
  )
})

test('every step of a way belongs to exactly one branch, and a branch leaves the one it is listed below', () => {
  fc.assert(
    fc.property(someTree, fc.array(fc.nat(1000), { maxLength: 30 }), (steps, visits) => {
      const { ways } = walk(steps, visits)
      const branches = branchesOf(steps, ways)
      expect(branches.map(({ way }) => way).sort((a, b) => a - b)).toEqual(ways.map((_, index) => index))
      const owned = branches.flatMap(({ first, tip, from }) => {
        const path = pathTo(steps, tip)
        if (from === null) return path
        // a way that ends on another one has no step of its own
        if (first === from) return []
        expect(steps[first]?.parent).toBe(from)
        return path.slice(path.indexOf(first))
      })
      const covered = new Set(ways.flatMap((way) => pathTo(steps, way.tip)))
      expect(owned.sort((a, b) => a - b)).toEqual([...covered].sort((a, b) => a - b))
      branches.forEach((branch, index) => {
        const above = branches.slice(0, index).findLast(({ level }) => level === branch.level - 1)
        if (branch.level === 0) expect([index, branch.from]).toEqual([0, null])
        else expect(pathTo(steps, above?.tip ?? 0)).toContain(branch.from)
      })
    }),
  )
})

test('going on from the end makes a way longer, going elsewhere begins one with the lines up to there', () => {
  const steps = tree([0, 1, 2, 1])
  const { ways } = walk(steps, [3, 4])
  expect(ways.map(({ tip }) => tip)).toEqual([3, 4])
  const typed: Way = {
    ...firstWay,
    tip: 2,
    lines: [
      { text: '# why', step: null },
      { text: 'line 1', step: 1 },
      { text: '', step: null },
      { text: 'LINE 2', step: 2 },
      { text: 'nonsense', step: null },
    ],
    problem: { line: 4, from: 0, to: 8, message: 'no' },
  }
  const longer = wayTo(steps, [typed], 0, 3).ways[0]
  expect(longer?.lines.map(({ text }) => text)).toEqual(['# why', 'line 1', '', 'LINE 2', 'line 3', 'nonsense'])
  expect(longer?.problem?.line).toBe(5)
  const other = wayTo(steps, [typed], 0, 4)
  expect(other.shown).toBe(1)
  expect(other.ways[1]?.lines.map(({ text }) => text)).toEqual(['# why', 'line 1', 'line 4'])
})

test('a step that is on several ways is shown along the one that is shown already', () => {
  const steps = tree([0, 1, 1])
  const now = walk(steps, [2, 3, 1])
  expect([now.shown, now.ways.length]).toEqual([1, 2])
  expect(wayTo(steps, now.ways, 1, 0)).toEqual({ ways: now.ways, shown: 1 })
})

test('the beginning that two paths have in common', () => {
  expect(shared([0, 1, 2], [0, 1, 3, 4])).toBe(2)
  expect(shared([0], [0, 1])).toBe(1)
})
