import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareIds, orderedDocument } from '../../../src-main/contract/document-order.ts'
import type { DocumentEnvelope } from '../../../src-main/contract/document.ts'

const id = fc.stringMatching(/^[A-Za-z0-9_.:~-]{1,8}$/)

describe('the order of ids', () => {
  it('takes digits as numbers', () => {
    expect(['P10', 'P2', 'R1', 'P1', 'e12', 'e3'].sort(compareIds)).toEqual(['P1', 'P2', 'P10', 'R1', 'e3', 'e12'])
  })

  it('is a total order: antisymmetric, transitive, and equal only for the same id', () => {
    fc.assert(
      fc.property(id, id, id, (a, b, c) => {
        expect(Math.sign(compareIds(a, b))).toBe(-Math.sign(compareIds(b, a)) + 0)
        expect(compareIds(a, b) === 0).toBe(a === b)
        if (compareIds(a, b) < 0 && compareIds(b, c) < 0) expect(compareIds(a, c)).toBeLessThan(0)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('the order of a document', () => {
  it('does not depend on the order in which fields and records were made', () => {
    const shuffled = (seed: number): DocumentEnvelope => {
      const nodes = [
        { id: 'P2', kind: 'process', name: 'two' },
        { name: 'ten', kind: 'process', id: 'P10', zeta: { b: 1, a: 2 } },
        { id: 'P1', kind: 'process', name: 'one' },
      ]
      const rotated = [...nodes.slice(seed % 3), ...nodes.slice(0, seed % 3)]
      const fields: [string, unknown][] = [
        ['notes', [{ text: 'n', id: 'about' }]],
        ['model', { edges: [], nodes: rotated }],
        ['other', { y: 1, x: 2 }],
        ['title', 'T'],
        ['lab', 'deadlock'],
        ['layout', { positions: Object.fromEntries(rotated.map((node) => [node.id, { y: 1, x: 2 }])) }],
        ['format', 'interlock'],
        ['version', 1],
      ]
      return Object.fromEntries([...fields.slice(seed), ...fields.slice(0, seed)]) as DocumentEnvelope
    }
    const texts = [0, 1, 2, 3, 4, 5].map((seed) => JSON.stringify(orderedDocument(shuffled(seed))))
    expect(new Set(texts).size).toBe(1)
    expect(texts[0]).toMatch(
      /^\{"format":"interlock","version":1,"lab":"deadlock","title":"T","model":\{"nodes":\[\{"id":"P1"/,
    )
    expect(texts[0]?.indexOf('"P2"')).toBeLessThan(texts[0]?.indexOf('"P10"') ?? 0)
    expect(texts[0]).toMatch(/"other":\{"x":2,"y":1\}\}$/)
  })
})
