// Texts of any format become drawings: recognised by content and name, laid out, refused with the place.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InterlockError } from '../../../src-main/contract/errors.ts'
import { MAX_DOCUMENT_BYTES } from '../../../src-main/contract/limits.ts'
import { labs } from '../../../src-main/labs/index.ts'
import { readAnyText } from '../../../src-main/services/import.ts'
import { placeAll } from '../../../src-main/services/placing.ts'

const models = labs.map(({ model }) => model)
const read = (text: string, name = ''): ReturnType<typeof readAnyText> => readAnyText(text, name, models)

const forms: Record<string, string> = {
  'Graphviz DOT': '/* mine */\ndigraph { P1 -> R1 -> P2 }',
  'Edge list (JSON)': '{"processes":["P1","P2"],"resources":{"R1":1},"assignment":["R1>P2"],"request":["P1>R1"]}',
  'CSV tables': 'Allocation,R1\nP1,0\nP2,1\n\nRequest,R1\nP1,1\nP2,0\n',
  'Markdown tables':
    '## Allocation\n\n| | R1 |\n|--|--|\n| P1 | 0 |\n| P2 | 1 |\n\n## Request\n\n| | R1 |\n|--|--|\n| P1 | 1 |\n',
}

describe('a text of another format', () => {
  it.each(Object.entries(forms))('is recognised as %s without a name', (label, text) => {
    for (const form of [text, `\ufeff${text}`, text.replace(/\n/g, '\r\n')]) {
      const { imported, remarks, document, readOnly } = read(form)
      expect([imported, remarks[0], readOnly]).toEqual([label, `Read as ${label}.`, null])
      const { nodes, edges } = document.model as { nodes: { name: string }[]; edges: { kind: string }[] }
      expect(nodes.map(({ name }) => name).sort()).toEqual(['P1', 'P2', 'R1'])
      expect(edges.map(({ kind }) => kind).sort()).toEqual(['assignment', 'request'])
      expect(Object.keys(document.layout.positions)).toHaveLength(3)
    }
  })

  it('takes its title from the file when it has none', () => {
    expect(read(forms['CSV tables']!, 'Week 3.csv').document.title).toBe('Week 3')
    expect(read('digraph "My ring" { P1 -> R1 }', 'a.dot').document.title).toBe('My ring')
    expect(read(forms['CSV tables']!).document.title).toBe('')
  })

  it.each([
    ['a.dot', 'digraph {\n  P1 -> ;\n}', 2, /Line 2, column 9: this is not DOT/],
    ['a.dot', 'graph { P1 -- R1 }', 1, /Write digraph instead of graph/],
    ['a.dot', 'digraph {\n P1 -> P2\n P1 [shape=circle]; P2 [shape=circle] }', 2, /both processes/],
    ['a.dot', 'digraph {\n a -> b }', 2, /“a” is neither a process nor a resource type\. Give it shape=circle/],
    [
      'a.csv',
      'Allocation,R1\nP1,x\n',
      2,
      /Line 2, column 4: expected a whole number of units from 0 to 1,000,000, found “x”/,
    ],
    ['a.csv', 'Allocation,R1\nP1,1,2\n', 2, /more numbers than the 1 types/],
    ['a.csv', 'Allocation,R1\n"P1,1\n', 2, /quotes that open here are not closed/],
    [
      'a.json',
      '{"processes": ["P1"],\n "resources": {"R1": 1},\n "request": ["P1>R2"]}',
      3,
      /"R2" in "P1>R2" is neither/,
    ],
    ['a.json', '{"processes": ["P1"],\n "resources": }', 2, /Line 2, column 15: this is not JSON/],
  ])('that is wrong is refused with its place (%s %s)', (name, text, line, sentence) => {
    let error: unknown
    try {
      read(text, name)
    } catch (failure) {
      error = failure
    }
    expect(error).toBeInstanceOf(InterlockError)
    const { message, code, details } = error as InterlockError
    expect([code, details?.['line']]).toEqual(['bad-input', line])
    expect(message).toMatch(sentence)
  })

  it('that is none of them says what can be read', () => {
    expect(() => read('Dear Sir or Madam')).toThrow(/It reads its own drawings .* and .*Graphviz DOT/)
    expect(() => read('  \n ')).toThrow(/empty/)
    expect(() => read('{"some": "thing"}')).toThrow(/not an Interlock drawing/)
    expect(() => read('digraph {}', 'x.interlock')).toThrow(/not JSON/)
    expect(() => read('x'.repeat(MAX_DOCUMENT_BYTES + 1))).toThrow(/larger than/)
  })

  it('never fails otherwise than with a sentence', () => {
    const names = fc.constantFrom('', 'a.dot', 'a.csv', 'a.tsv', 'a.md', 'a.json', 'a.txt', 'a.interlock')
    const piece = fc.constantFrom(
      'digraph',
      '{',
      '}',
      '->',
      '[label="',
      '"',
      '|',
      '---',
      '\n',
      '\t',
      ',',
      'P1',
      'R1',
      '3',
      'Allocation',
      'Request',
      '"processes":',
      '[',
      ']',
      'ß',
      '\\',
      '<',
      '>',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), names, (pieces, name) => {
        try {
          read(pieces.join(' '), name)
        } catch (error) {
          expect(error).toBeInstanceOf(InterlockError)
          expect((error as InterlockError).code).not.toBe('internal')
        }
      }),
      { numRuns: 400 },
    )
  })

  it('beyond thousands of nested braces is refused, not a crash', () => {
    const deep = `digraph { ${'subgraph { '.repeat(50_000)} a ${'} '.repeat(50_000)} }`
    expect(() => read(deep, 'deep.dot')).toThrow(/nests too deep/)
  })
})

describe('a first layout', () => {
  const box = (id: string): { id: string; width: number; height: number } => ({ id, width: 60, height: 60 })

  it('of a ring is a ring: no line runs over a node', () => {
    const ids = ['P1', 'R1', 'P2', 'R2', 'P3', 'R3']
    const links = ids.map((from, index) => ({ from, to: ids[(index + 1) % ids.length]! }))
    const places = placeAll(ids.map(box), links)
    for (const { from, to } of links) {
      for (const id of ids.filter((other) => other !== from && other !== to)) {
        const steps = Array.from({ length: 101 }, (_, n) => n / 100)
        const [a, b, c] = [places[from]!, places[to]!, places[id]!]
        const nearest = Math.min(
          ...steps.map((t) => Math.hypot(a.x + t * (b.x - a.x) - c.x, a.y + t * (b.y - a.y) - c.y)),
        )
        expect(nearest).toBeGreaterThan(30)
      }
    }
  })

  it('never puts one node on another and is the same each time', () => {
    const ids = fc.integer({ min: 1, max: 14 }).map((count) => Array.from({ length: count }, (_, n) => `N${n}`))
    const drawing = ids.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.array(fc.tuple(fc.constantFrom(...all), fc.constantFrom(...all)), { maxLength: 20 }),
      ),
    )
    fc.assert(
      fc.property(drawing, ([all, pairs]) => {
        const links = pairs.map(([from, to]) => ({ from, to }))
        const places = placeAll(all.map(box), links)
        expect(placeAll(all.map(box), links)).toEqual(places)
        const list = Object.values(places)
        expect(list).toHaveLength(all.length)
        list.forEach((a, index) => {
          for (const b of list.slice(index + 1))
            expect(Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))).toBeGreaterThanOrEqual(60)
        })
      }),
      { numRuns: 60 },
    )
  })
})
