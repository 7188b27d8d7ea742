// From a document to the editor and back.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DocumentEnvelope } from '@contract/document.ts'
import { bytes, emptyDocument, fourNodes, open } from './fixture-lab.ts'

const deepFrozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFrozen)
  return value
}

describe('a document', () => {
  it('comes back as it was, with what this program does not know', () => {
    const document: DocumentEnvelope = {
      ...fourNodes,
      model: { ...fourNodes.model, shelves: [{ a: 1 }] },
      notes: [{ id: 'about', text: 'Look.' }],
      script: { simulation: 'pour', seed: 7, events: [{ a: [1, 2] }] },
      furtherField: { task: 'Find it', checks: [1] },
    }
    expect(open(document).document()).toEqual(document)
  })

  it('keeps what it does not know through edits, undo and replacing', () => {
    const editor = open({ ...fourNodes, furtherField: { task: 'x' } })
    const before = bytes(editor)
    editor.replaceDocument(emptyDocument)
    expect(editor.document()).not.toHaveProperty('furtherField')
    editor.undo()
    expect(bytes(editor)).toBe(before)
  })

  it('gives equal bytes for equal drawings, whatever was drawn first', () => {
    const make = (order: readonly string[]): string => {
      const editor = open(emptyDocument)
      for (const kind of order) editor.createNode(kind, { x: kind === 'cup' ? 0 : 80, y: 0 })
      editor.connect('P1', 'C1')
      return bytes(editor)
    }
    expect(make(['cup', 'pot'])).toBe(make(['pot', 'cup']))
  })

  it('sorts ids as people count: P2 before P10', () => {
    const nodes = ['P10', 'P2', 'P1'].map((id) => ({ id, kind: 'pot', name: id, litres: 1 }))
    const editor = open({ ...emptyDocument, model: { nodes, edges: [] } })
    expect(editor.model().nodes.map(({ id }) => id)).toEqual(['P1', 'P2', 'P10'])
    editor.createNode('pot', { x: 0, y: 0 })
    expect(editor.model().nodes.map(({ id }) => id)).toEqual(['P1', 'P2', 'P3', 'P10'])
  })

  it('keeps the order of ids through any additions and removals', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[A-C][0-9]{1,3}$/), { maxLength: 25 })
    fc.assert(
      fc.property(ids, fc.array(fc.nat(24)), (list, gone) => {
        const nodes = list.map((id) => ({ id, kind: 'cup', name: id }))
        const editor = open({ ...emptyDocument, model: { nodes, edges: [] } })
        for (const index of gone) editor.remove([list[index] ?? ''])
        const byCount = (a: string, b: string): number =>
          a.charCodeAt(0) - b.charCodeAt(0) || Number(a.slice(1)) - Number(b.slice(1)) || (a < b ? -1 : 1)
        const kept = list.filter((_id, index) => !gone.includes(index)).sort(byCount)
        expect(editor.model().nodes.map(({ id }) => id)).toEqual(kept)
      }),
    )
  })

  it('is copied, never changed: the one it was opened from stays as it was', () => {
    const editor = open(deepFrozen(structuredClone(fourNodes)))
    editor.rename('C1', 'Mug')
    editor.moveBy(['C1'], 8, 0)
    expect(editor.label('C1')).toBe('Mug')
  })

  it('places nodes that have no position, apart from each other and from the rest', () => {
    const editor = open({ ...fourNodes, layout: { positions: { C1: { x: 0, y: 0 } } } })
    const places = editor.scene().nodes.map(({ x, y }) => `${x} ${y}`)
    expect(new Set(places).size).toBe(4)
    expect(editor.canUndo()).toBe(false)
  })

  it('keeps the model object while only places change', () => {
    const editor = open()
    const model = editor.model()
    editor.moveBy(['C1'], 8, 8)
    expect(editor.model()).toBe(model)
    editor.rename('C1', 'Mug')
    expect(editor.model()).not.toBe(model)
  })

  it('reads and writes title and note', () => {
    const editor = open()
    editor.setTitle('Tea')
    editor.setNote('Hot.')
    expect([editor.title(), editor.note(), editor.document().notes]).toEqual([
      'Tea',
      'Hot.',
      [{ id: 'about', text: 'Hot.' }],
    ])
    editor.setNote('')
    expect(editor.document().notes).toEqual([])
  })
})
