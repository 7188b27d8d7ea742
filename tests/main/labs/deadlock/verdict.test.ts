// The verdict in words, marks and evidence, on drawings whose answer is known from textbooks or from their definition.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Verdict } from '../../../../src-main/contract/verdict.ts'
import { diagnose, verdict } from '../../../../src-main/labs/deadlock/verdict.ts'
import { deepFreeze, draw } from './drawing.ts'

const group = (of: Verdict, id: string) => of.evidence.find((one) => one.id === id)

describe('words and sentences', () => {
  test('tell a ring member by member, with the unit that is missing', () => {
    const ring = verdict(
      draw(['P1', 'P2', 'P3', 'P4'], { R1: 1, R2: 2 }, ['R1>P1', 'R2>P2', 'R2>P3', 'P1>R2', 'P2>R1', 'P3>R1', 'P4>R1']),
    )
    expect([ring.word, ring.mark]).toEqual(['Deadlock', 'ring'])
    expect(ring.sentence).toBe(
      'P1, P2 and P3 wait for each other: P1 needs 1 unit of R2, and both are held by P2 and P3; P2 needs R1, ' +
        'which P1 holds; P3 needs R1, which P1 holds. P4 waits behind it.',
    )
    expect(group(ring, 'behind')?.items.map((item) => item.text)).toEqual(['P4 needs R1, which P1 holds.'])
  })

  test('say how many units can become free at best', () => {
    const { sentence } = verdict(
      draw(['P1', 'P2', 'P3'], { R1: 3, R2: 1 }, ['R1>P2', 'R1>P3', 'R2>P1', 'P1>R1 x3', 'P2>R2']),
    )
    expect(sentence).toContain('P1 needs 3 units of R1, but only 2 can become free, and the other one is held by P2')
  })

  test('shorten a long ring', () => {
    const n = 10
    const names = Array.from({ length: n }, (_, i) => i)
    const { sentence } = verdict(
      draw(
        names.map((i) => `P${i}`),
        Object.fromEntries(names.map((i) => [`R${i}`, 1])),
        names.flatMap((i) => [`R${i}>P${i}`, `P${i}>R${(i + 1) % n}`]),
      ),
    )
    expect(sentence).toMatch(/^P0, P1, P2, P3, P4, P5 and 4 more wait for each other in a ring: /)
    expect(sentence).toMatch(/; and so on for 4 more\.$/)
  })

  test('tell an impossible request from a deadlock, and name who waits behind it', () => {
    const impossible = verdict(draw(['P1', 'P2'], { R1: 1, R2: 1 }, ['R2>P1', 'P1>R1 x2', 'P2>R2']))
    expect([impossible.word, impossible.mark]).toEqual(['Never finishes', 'impossible'])
    expect(impossible.sentence).toBe('P1 asks for 2 units of R1, and only 1 exists. P2 waits behind it.')
    expect(impossible.marks).toEqual({ P1: 'impossible', P2: 'behind', e2: 'impossible', e3: 'behind' })
    expect(impossible.diagnostics).toEqual([
      {
        severity: 'error',
        at: ['e2', 'P1', 'R1'],
        sentence: 'P1 asks for 2 units of R1, and only 1 exists.',
        remedy: 'Ask for less, or give R1 2 units. Until then P1 never finishes.',
      },
    ])
  })

  test('withhold the answer while more is assigned than exists, and say what to mend', () => {
    const withheld = verdict(draw(['P1', 'P2'], { R1: 1 }, ['R1>P1', 'R1>P2', 'P1>R1']))
    expect([withheld.word, withheld.mark]).toEqual(['Withheld', 'impossible'])
    expect(withheld.sentence).toBe('R1 has 1 unit, and 2 are assigned.')
    expect(withheld.withheld).toContain('Mend R1 first.')
    expect(withheld.marks).toEqual({ R1: 'impossible' })
    expect(withheld.diagnostics[0]).toMatchObject({ severity: 'error', at: ['R1', 'e1', 'e2'] })
    expect(withheld.simulations).toEqual([])
    expect(group(withheld, 'order')).toBeUndefined()
  })

  test('invite when nothing is drawn', () => {
    expect(verdict(draw([], {}, []))).toMatchObject({ word: 'Empty', mark: 'free', diagnostics: [], marks: {} })
    expect(verdict(draw([], { R1: 1 }, [])).word).toBe('No deadlock')
    expect(verdict(draw(['P1'], {}, [])).sentence).toBe('No process asks for anything, so each can finish.')
  })

  test('point at things of one name', () => {
    const model = draw(['P1', 'P2'], {}, [])
    const renamed = { ...model, nodes: model.nodes.map((node) => ({ ...node, name: 'Worker' })) }
    expect(diagnose(renamed)).toMatchObject([{ severity: 'warning', at: ['P1', 'P2'] }])
  })
})

describe('evidence', () => {
  test('explains why a cycle with several instances opens', () => {
    const textbook = verdict(
      draw(['P1', 'P2', 'P3', 'P4'], { R1: 2, R2: 2 }, ['R1>P2', 'R1>P3', 'R2>P1', 'R2>P4', 'P1>R1', 'P3>R2']),
    )
    expect(textbook.word).toBe('No deadlock')
    expect(group(textbook, 'cycles')).toEqual({
      id: 'cycles',
      title: 'Cycles, none of them a deadlock',
      items: [
        {
          text: 'P1 → R1 → P3 → R2 → P1',
          detail: 'Harmless: P2 is not on it, can finish and gives back R1; then P1 goes on.',
          lights: ['P1', 'e5', 'R1', 'e2', 'P3', 'e6', 'R2', 'e3'],
        },
      ],
    })
  })

  test('lists the finishing order with Work, and who is left', () => {
    const order = group(
      verdict(draw(['P1', 'P2', 'P3'], { R1: 1, R2: 1, R3: 1 }, ['R1>P1', 'R2>P2', 'P1>R2', 'P2>R1', 'R3>P3'])),
      'order',
    )
    expect(order?.items.map((item) => [item.text, item.detail])).toEqual([
      ['At the start', 'Work is what is available: R1 0, R2 0, R3 0'],
      ['P3 finishes and gives back R3', 'Work: R1 0, R2 0, R3 1'],
      ['Nobody else fits', 'Left: P1 and P2'],
    ])
  })

  test('fits the contract, lights only what exists, and leaves the drawing alone', () => {
    const edges = fc.uniqueArray(
      fc.record({ process: fc.integer({ min: 1, max: 5 }), type: fc.integer({ min: 1, max: 4 }), asks: fc.boolean() }),
      { selector: ({ process, type, asks }) => `${process} ${type} ${asks}`, maxLength: 20 },
    )
    fc.assert(
      fc.property(edges, fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }), (pairs, counts) => {
        const model = deepFreeze(
          draw(
            ['P1', 'P2', 'P3', 'P4', 'P5'],
            Object.fromEntries(counts.map((n, index) => [`R${index + 1}`, n])),
            pairs.map(({ process, type, asks }) => (asks ? `P${process}>R${type}` : `R${type}>P${process}`)),
          ),
        )
        const judged = verdict(model)
        expect(Verdict.parse(judged)).toEqual(judged)
        const ids = new Set([...model.nodes, ...model.edges].map((record) => record.id))
        const lit = [
          ...Object.keys(judged.marks),
          ...judged.evidence.flatMap((one) => one.items.flatMap((item) => item.lights)),
          ...judged.diagnostics.flatMap((one) => one.at),
        ]
        expect(lit.filter((id) => !ids.has(id))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('lists the first 200 cycles and says that more exist', () => {
    const names = [1, 2, 3, 4, 5]
    const crossed = verdict(
      draw(
        names.map((i) => `P${i}`),
        Object.fromEntries(names.map((i) => [`R${i}`, 5])),
        names.flatMap((p) => names.flatMap((r) => [`P${p}>R${r}`, `R${r}>P${p}`])),
      ),
    )
    const cycles = group(crossed, 'cycles')
    expect(cycles?.items).toHaveLength(200)
    expect(cycles?.more).toBe('The first 200 cycles are listed; more exist.')
  })

  test('stays small for a huge drawing', () => {
    const n = 4000
    const names = Array.from({ length: n }, (_, i) => i)
    const judged = verdict(
      draw(
        names.map((i) => `P${i}`),
        Object.fromEntries(names.map((i) => [`R${i}`, 1])),
        // pairs: each holds its own type and asks for its neighbour's
        names.flatMap((i) => [`R${i}>P${i}`, `P${i}>R${i ^ 1}`]),
      ),
    )
    const { marks, ...rest } = judged
    expect(judged.word).toBe('Deadlock')
    expect(judged.sentence).toMatch(/^There are 2,000 rings: P0 and P1; P2 and P3; /)
    expect(Object.keys(marks)).toHaveLength(4 * n)
    expect(JSON.stringify(rest).length).toBeLessThan(300_000)
    expect(group(judged, 'rings')?.more).toBe('The first 200 of 2,000 are listed.')
  })
})
