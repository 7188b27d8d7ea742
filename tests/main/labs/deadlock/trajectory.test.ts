// The plane of two processes, against a walk through every interleaving of their steps.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  extended,
  type Place,
  planeOf,
  type Program,
  scriptedProgram,
  usualProgram,
} from '../../../../src-main/labs/deadlock/model/trajectory.ts'

const units = fc.integer({ min: 0, max: 3 })
const row = fc.tuple(units, units)
const program = fc.record({ held: row, need: row }).map(({ held, need }) => usualProgram(held, need))
const plane = fc
  .record({
    across: program,
    up: program,
    totals: fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })),
  })
  .map(({ across, up, totals }) => planeOf(across, up, totals))

/** What a program holds after its first steps, added up anew. */
const holds = ({ steps }: Program, done: number, type: number): number =>
  steps.slice(0, done).reduce((sum, step) => sum + (step.type === type ? step.units : 0), 0)

describe('the plane of two processes', () => {
  it('has the regions that a walk through every interleaving finds', () => {
    fc.assert(
      fc.property(plane, ({ across, up, totals, regions }) => {
        const [width, height] = [across.steps.length, up.steps.length]
        const possible = (x: number, y: number): boolean =>
          x <= width &&
          y <= height &&
          totals.every((total, type) => holds(across, x, type) + holds(up, y, type) <= total)
        // All interleavings one by one, without remembering any.
        const finishes = (x: number, y: number): boolean =>
          possible(x, y) && ((x === width && y === height) || finishes(x + 1, y) || finishes(x, y + 1))
        for (let y = 0; y <= height; y += 1) {
          for (let x = 0; x <= width; x += 1) {
            const steps = possible(x + 1, y) || possible(x, y + 1)
            const expected = !possible(x, y) ? 'impossible' : finishes(x, y) ? 'open' : steps ? 'doomed' : 'stuck'
            expect(regions[y]![x], `${x},${y}`).toBe(expected)
          }
        }
      }),
    )
  })

  it('has one deadlock where two locks are taken in opposite orders, each process with its first', () => {
    const first = scriptedProgram(
      [0, 0],
      [
        { type: 0, units: 1 },
        { type: 1, units: 1 },
      ],
    )!
    const second = scriptedProgram(
      [0, 0],
      [
        { type: 1, units: 1 },
        { type: 0, units: 1 },
      ],
    )!
    const { regions } = planeOf(first, second, [1, 1])
    expect(regions.map((line) => line.map((region) => region[0]).join('')).reverse()).toEqual([
      'ooooo',
      'ooioo',
      'oiiio',
      'osioo',
      'ooooo',
    ])
  })
})

describe('a program', () => {
  it('by default takes what is held, then the rest in the order of the types, and gives back in the opposite order', () => {
    expect(usualProgram([1, 0], [2, 3])).toEqual({
      done: 1,
      steps: [
        { type: 0, units: 1 },
        { type: 0, units: 2 },
        { type: 1, units: 3 },
        { type: 1, units: -3 },
        { type: 0, units: -3 },
      ],
    })
  })

  it('holds at present what the process holds, and at its end nothing', () => {
    fc.assert(
      fc.property(row, row, (held, need) => {
        const made = usualProgram(held, need)
        for (const type of [0, 1]) {
          expect(holds(made, made.done, type)).toBe(held[type])
          expect(holds(made, made.steps.length, type)).toBe(0)
        }
      }),
    )
  })

  it('of a script gives back at its end what the script leaves, and is none when more is given back than taken', () => {
    expect(
      scriptedProgram(
        [1, 0],
        [
          { type: 1, units: 2 },
          { type: 0, units: -1 },
        ],
      )?.steps,
    ).toEqual([
      { type: 0, units: 1 },
      { type: 1, units: 2 },
      { type: 0, units: -1 },
      { type: 1, units: -2 },
    ])
    expect(scriptedProgram([0, 0], [{ type: 1, units: -1 }])).toBeNull()
  })
})

describe('a path', () => {
  it('goes on as far as steps are possible and says what stopped it', () => {
    const one = planeOf(usualProgram([0, 0], [1, 1]), usualProgram([0, 1], [1, 0]), [1, 1])
    expect(extended(one, [{ x: 0, y: 1 }], { x: 3, y: 1 })).toEqual({
      path: [
        { x: 0, y: 1 },
        { x: 1, y: 1 },
      ],
      refused: { process: 'across', reason: 'short', short: { type: 1, takes: 1, left: 0 } },
    })
    expect(extended(one, [{ x: 1, y: 1 }], { x: 0, y: 1 }).refused?.reason).toBe('back')
    expect(extended(one, [{ x: 0, y: 1 }], { x: 1, y: 2 }).refused?.reason).toBe('bent')
  })

  it('is made of single steps through possible places only', () => {
    const place = fc.record({ x: fc.integer({ min: 0, max: 6 }), y: fc.integer({ min: 0, max: 6 }) })
    fc.assert(
      fc.property(plane, fc.array(place, { maxLength: 12 }), (made, clicks) => {
        fc.pre(made.regions[0]![0] !== 'impossible')
        let path: Place[] = [{ x: 0, y: 0 }]
        for (const to of clicks) path = extended(made, path, to).path
        path.forEach(({ x, y }, index) => {
          expect(['open', 'doomed', 'stuck']).toContain(made.regions[y]?.[x])
          const before = path[index - 1]
          if (before !== undefined) expect(x - before.x + y - before.y).toBe(1)
        })
      }),
    )
  })
})
