// The four conditions: told with the drawing's names, fulfilled together exactly when there is a deadlock.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EvidenceItem } from '../../../../src-main/contract/verdict.ts'
import type { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'
import { verdict } from '../../../../src-main/labs/deadlock/verdict.ts'
import { draw } from './drawing.ts'
import { type Table, finishable, capped, freeAtStart, reaches, smallGraph } from './small-graphs.ts'

const conditions = (model: DeadlockModel): EvidenceItem[] =>
  verdict(model).evidence.find(({ id }) => id === 'conditions')?.items ?? []
const isFulfilled = ({ text }: EvidenceItem): boolean => text.endsWith(': fulfilled')

function modelOf({ total, held, asked }: Table): DeadlockModel {
  const types = Object.fromEntries(total.map((units, r) => [`R${r}`, units]))
  const edges: string[] = []
  asked.forEach((row, p) => row.forEach((units, r) => units > 0 && edges.push(`P${p}>R${r} x${units}`)))
  held.forEach((row, p) => row.forEach((units, r) => units > 0 && edges.push(`R${r}>P${p} x${units}`)))
  return draw(
    held.map((_, p) => `P${p}`),
    types,
    edges,
  )
}

describe('the four conditions', () => {
  test('of a ring name who holds what and waits for what, and light it up', () => {
    const items = conditions(draw(['P1', 'P2'], { R1: 1, R2: 1 }, ['R1>P1', 'R2>P2', 'P1>R2', 'P2>R1']))
    expect(items.map(({ text }) => text)).toEqual([
      'Mutual exclusion: fulfilled',
      'Hold and wait: fulfilled',
      'No preemption: fulfilled',
      'Circular wait: fulfilled',
    ])
    expect(items.every(({ mark }) => mark === 'ring')).toBe(true)
    expect(items[0]?.detail).toMatch(
      /^R1 is held by P1, and by nobody else at the same time: a rule of these drawings\./,
    )
    expect(items[0]?.lights).toEqual(['R1', 'e1', 'P1'])
    expect(items[1]?.detail).toBe('P1 holds R1 and waits for R2. So does 1 more.')
    expect(items[2]?.detail).toContain('if R1 could be taken from P1')
    expect(items[3]?.detail).toMatch(/^P1 → R2 → P2 → R1 → P1\. Each type on this cycle has one instance/)
    expect([...(items[3]?.lights ?? [])].sort()).toEqual(['P1', 'P2', 'R1', 'R2', 'e1', 'e2', 'e3', 'e4'])
  })

  test('of a cycle that opens say what opens it', () => {
    const model = draw(['P1', 'P2', 'P3'], { R1: 2, R2: 1 }, ['R1>P1', 'R1>P3', 'R2>P2', 'P1>R2', 'P2>R1'])
    const [, hold, , circular] = conditions(model)
    expect(hold).toMatchObject({ text: 'Hold and wait: fulfilled', mark: 'behind' })
    expect(circular).toMatchObject({ text: 'Circular wait: not fulfilled', mark: 'free' })
    expect(circular?.detail).toBe(
      'There is a cycle, P1 → R2 → P2 → R1 → P1, but it opens. ' +
        'Harmless: P3 is not on it, can finish and gives back R1; then P2 goes on.',
    )
  })

  test('with several instances say that a cycle alone is not enough', () => {
    const edges = ['R1>P1', 'R1>P3', 'R2>P2', 'P1>R2', 'P2>R1', 'P3>R2']
    const circular = conditions(draw(['P1', 'P2', 'P3'], { R1: 2, R2: 1 }, edges))[3]
    expect(circular?.detail).toMatch(/With several instances a cycle alone is not enough\. Here it lasts/)
    const alone = conditions(draw(['P1'], { R1: 2 }, ['R1>P1', 'P1>R1 x2']))[3]
    expect(alone?.detail).toContain('P1 waits for units that only it could give back')
  })

  test('say when nobody waits, and when nobody who waits holds anything', () => {
    expect(conditions(draw(['P1'], { R1: 1 }, ['P1>R1']))[1]).toMatchObject({
      mark: 'free',
      detail: 'Nobody waits: each single request fits what is available.',
    })
    const model = draw(['P1', 'P2', 'P3'], { R1: 1 }, ['R1>P1', 'P2>R1', 'P3>R1'])
    expect(conditions(model)[1]?.detail).toBe('P2 and P3 wait, yet nobody who waits holds anything.')
    expect(conditions(model)[3]?.detail).toBe('There is no cycle, and without a cycle there is no deadlock.')
  })

  test('are not said of a drawing without edges, nor while the answer is withheld', () => {
    expect(conditions(draw(['P1'], { R1: 1 }, []))).toEqual([])
    expect(conditions(draw(['P1', 'P2'], { R1: 1 }, ['R1>P1', 'R1>P2']))).toEqual([])
  })

  test('are fulfilled together exactly when there is a deadlock, and each as brute force finds it', () => {
    fc.assert(
      fc.property(smallGraph, (graph) => {
        const { asked, held } = graph
        if ([...asked, ...held].flat().every((units) => units === 0)) return
        const items = conditions(modelOf(graph))
        const free = freeAtStart(graph)
        const waits = asked.map((row) => row.some((units, r) => units > free[r]!))
        const holdsAndWaits = waits.some((waiting, p) => waiting && held[p]!.some((units) => units > 0))
        const stuck = !finishable(capped(graph)).everybody
        expect(isFulfilled(items[1]!)).toBe(holdsAndWaits)
        expect(isFulfilled(items[3]!)).toBe(stuck)
        expect(items.every(isFulfilled)).toBe(stuck)
        const count = asked.length
        const edges = (v: number): number[] =>
          v < count
            ? asked[v]!.flatMap((units, r) => (units > 0 ? [count + r] : []))
            : held.flatMap((row, p) => (row[v - count]! > 0 ? [p] : []))
        const cycle = [...asked.keys()].some((p) => reaches(edges, p, p))
        if (!stuck) expect(items[3]!.detail!.startsWith('There is no cycle')).toBe(!cycle)
      }),
      { numRuns: 500 },
    )
  })
})
