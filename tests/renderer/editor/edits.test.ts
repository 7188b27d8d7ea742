// What edits do to a drawing, and what they refuse.
import { describe, expect, it } from 'vitest'
import { bytes, emptyDocument, fourNodes, open } from './fixture-lab.ts'

const edges = (editor: ReturnType<typeof open>): string[] =>
  editor.model().edges.map((edge) => `${edge.from}>${edge.to} x${String(edge['count'])}`)

describe('creating', () => {
  it('gives the lowest free number as id and name', () => {
    const editor = open()
    editor.remove(['C1'])
    expect(editor.createNode('cup', { x: 0, y: 0 })).toBe('C1')
    expect(editor.createNode('cup', { x: 0, y: 0 })).toBe('C3')
    expect(editor.node('C3')).toEqual({ id: 'C3', kind: 'cup', name: 'C3' })
  })

  it('takes no number that is somebody else’s name', () => {
    const editor = open()
    editor.rename('P1', 'C3')
    expect(editor.createNode('cup', { x: 0, y: 0 })).toBe('C4')
  })

  it('finds a free place for each of many nodes when none is given', () => {
    const editor = open(emptyDocument)
    for (let i = 0; i < 30; i += 1) editor.createNode('cup')
    const places = editor.scene().nodes
    for (const a of places) {
      for (const b of places) if (a !== b) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(50)
    }
  })
})

describe('connecting', () => {
  it('gives the kind of edge by direction', () => {
    const editor = open(fourNodes)
    editor.connect('P2', 'C2')
    editor.connect('C2', 'P1')
    expect(editor.model().edges.map(({ kind }) => kind)).toEqual(['pour', 'pour', 'ask'])
  })

  it('merges a second connection of the same kind into a count, and keeps both directions apart', () => {
    const editor = open()
    expect(editor.connect('P1', 'C1')).toEqual({ id: 'e1' })
    editor.connect('C1', 'P1')
    expect(edges(editor)).toEqual(['P1>C1 x2', 'C1>P1 x1'])
    editor.undo()
    editor.undo()
    expect(edges(editor)).toEqual(['P1>C1 x1'])
  })

  it('refuses what has no meaning with the lab’s reason and changes nothing', () => {
    const editor = open()
    const before = bytes(editor)
    expect(editor.connect('C1', 'C2')).toEqual({ refused: 'C1 cannot be connected with C2.' })
    expect(editor.connect('C1', 'gone')).toHaveProperty('refused')
    expect(bytes(editor)).toBe(before)
    expect(editor.canUndo()).toBe(false)
  })
})

describe('removing', () => {
  it('takes the edges of a node along, and undo brings all of it back', () => {
    const editor = open()
    editor.connect('C1', 'P2')
    const before = bytes(editor)
    editor.remove(['C1'])
    expect(editor.model().edges).toEqual([])
    expect(editor.layout().positions).not.toHaveProperty('C1')
    editor.undo()
    expect(bytes(editor)).toBe(before)
  })

  it('removes what is selected when nothing is named, and nothing of it stays selected', () => {
    const editor = open()
    editor.select(['C1', 'P2'])
    editor.remove()
    expect(editor.model().nodes.map(({ id }) => id)).toEqual(['C2', 'P1'])
    expect(editor.selection().size).toBe(0)
  })
})

describe('naming and numbers', () => {
  it('keeps Unicode and drops control characters and blank ends', () => {
    const editor = open()
    editor.rename('C1', '  Tasse\u0007 茶₁  ')
    expect(editor.label('C1')).toBe('Tasse  茶₁')
    editor.rename('C1', '   ')
    expect(editor.label('C1')).toBe('Tasse  茶₁')
    expect(editor.label('e1')).toBe('P1 → Tasse  茶₁')
  })

  it('steps no number that a record has only for its properties', () => {
    const editor = open()
    editor.setField('C1', 'shelf', 3)
    expect(editor.node('C1')?.['shelf']).toBe(3)
    const before = bytes(editor)
    editor.select(['C1', 'C2'])
    editor.stepNumber(1)
    expect(bytes(editor)).toBe(before)
  })

  it('steps the number of each selected record within its bounds as one entry', () => {
    const editor = open()
    editor.setField('P2', 'litres', 9)
    editor.select(['P1', 'P2', 'C1'])
    editor.stepNumber(1)
    expect([editor.node('P1')?.['litres'], editor.node('P2')?.['litres']]).toEqual([2, 9])
    editor.stepNumber(-1)
    editor.stepNumber(-1)
    expect([editor.node('P1')?.['litres'], editor.node('P2')?.['litres']]).toEqual([1, 7])
    editor.undo()
    expect(editor.node('P2')?.['litres']).toBe(8)
  })
})

describe('the clipboard', () => {
  it('pastes with new ids and names and keeps the edges between what was copied', () => {
    const editor = open()
    editor.rename('C1', 'Mug')
    editor.connect('P2', 'C1')
    editor.select(['C1', 'P1'])
    expect(editor.clip.paste(editor.clip.copy())).toBe(true)
    expect(editor.model().nodes.map(({ id, name }) => `${id} ${name}`)).toEqual([
      'C1 Mug',
      'C2 C2',
      'C3 Mug 2',
      'P1 P1',
      'P2 P2',
      'P3 P3',
    ])
    expect(edges(editor)).toEqual(['P1>C1 x1', 'P2>C1 x1', 'P3>C3 x1'])
    expect([...editor.selection()].sort()).toEqual(['C3', 'P3', 'e3'])
    editor.undo()
    expect(editor.model().nodes).toHaveLength(4)
  })

  it('puts copies beside what they were copied from, never exactly upon it', () => {
    const editor = open()
    editor.select(['C1'])
    const text = editor.clip.copy()
    editor.clip.paste(text)
    editor.clip.paste(text)
    const places = Object.values(editor.layout().positions).map(({ x, y }) => `${x} ${y}`)
    expect(new Set(places).size).toBe(places.length)
  })

  it('centres on a point when one is given', () => {
    const editor = open()
    editor.select(['C1', 'P1'])
    editor.clip.paste(editor.clip.copy(), { x: 800, y: 636 })
    const at = editor.layout().positions
    expect([at['C3'], at['P3']]).toEqual([
      { x: 700, y: 636 },
      { x: 900, y: 636 },
    ])
  })

  it('cuts as one entry and pastes into another drawing', () => {
    const from = open()
    from.select(['C1', 'P1'])
    const text = from.clip.cut()
    expect(from.history()).toHaveLength(1)
    const to = open(emptyDocument)
    expect(to.clip.paste(text)).toBe(true)
    expect(edges(to)).toEqual(['P1>C1 x1'])
  })

  it.each([
    ['text', 'hello'],
    ['JSON of something else', '{"nodes": []}'],
    [
      'another lab',
      JSON.stringify({ format: 'interlock-clipboard', lab: 'other', nodes: [], edges: [], positions: [] }),
    ],
    [
      'an edge without its end',
      JSON.stringify({
        format: 'interlock-clipboard',
        lab: 'kitchen',
        nodes: [{ id: 'C1', kind: 'cup', name: 'C1' }],
        edges: [{ id: 'e1', kind: 'ask', from: 'C1', to: 'P9', count: 1 }],
      }),
    ],
  ])('refuses %s and changes nothing', (_what, text) => {
    const editor = open()
    const before = bytes(editor)
    expect(editor.clip.paste(text)).toBe(false)
    expect(bytes(editor)).toBe(before)
    expect(editor.canUndo()).toBe(false)
  })

  it('copies nothing when no node is selected', () => {
    const editor = open()
    editor.select(['e1'])
    expect(editor.clip.copy()).toBe('')
  })
})

describe('a drawing to look at only', () => {
  it.each([
    ['read-only', () => open(fourNodes, true)],
    [
      'showing a state of a run',
      () => {
        const editor = open()
        editor.present({ model: { nodes: [], edges: [] }, marks: {} })
        return editor
      },
    ],
  ])('%s: edits do nothing', (_name, make) => {
    const editor = make()
    const before = bytes(editor)
    editor.createNode('cup')
    editor.connect('P2', 'C2')
    editor.rename('C1', 'x')
    editor.setField('P1', 'litres', 5)
    editor.moveBy(['C1'], 8, 8)
    editor.remove(['C1'])
    editor.setTitle('x')
    editor.setNote('x')
    editor.select(['C1'])
    editor.clip.duplicate()
    editor.clip.cut()
    editor.startNaming('C1')
    editor.startConnecting('C1')
    expect(editor.toolPath()).toBe('select.idle')
    expect(bytes(editor)).toBe(before)
  })

  it('can be edited again when the run is closed, and shows its own drawing', () => {
    const editor = open()
    editor.present({ model: { nodes: [], edges: [] }, marks: {} })
    expect(editor.scene().nodes).toHaveLength(0)
    editor.present(null)
    expect(editor.scene().nodes).toHaveLength(4)
    editor.remove(['C1'])
    expect(editor.model().nodes).toHaveLength(3)
  })
})
