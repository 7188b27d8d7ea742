// Align and distribute, against what the words mean.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Alignment, aligned, spread } from '@page/editor/arrange/align.ts'
import type { Rect } from '@page/editor/geometry.ts'
import { open } from '../fixture-lab.ts'

const rect = fc.record({
  x: fc.integer({ min: -500, max: 500 }),
  y: fc.integer({ min: -500, max: 500 }),
  width: fc.integer({ min: 1, max: 200 }),
  height: fc.integer({ min: 1, max: 200 }),
})
const rects = fc
  .array(rect, { minLength: 2, maxLength: 12 })
  .map((list) => new Map<string, Rect>(list.map((one, i) => [`n${i}`, one])))

const moved = (before: ReadonlyMap<string, Rect>, by: ReadonlyMap<string, { x: number; y: number }>): Rect[] =>
  [...before].map(([id, one]) => ({ ...one, x: one.x + (by.get(id)?.x ?? NaN), y: one.y + (by.get(id)?.y ?? NaN) }))

const lines: Readonly<Record<Alignment, (one: Rect) => number>> = {
  left: ({ x }) => x,
  centre: ({ x, width }) => x + width / 2,
  right: ({ x, width }) => x + width,
  top: ({ y }) => y,
  middle: ({ y, height }) => y + height / 2,
  bottom: ({ y, height }) => y + height,
}
const wanted: Readonly<Record<Alignment, (before: Rect[]) => number>> = {
  left: (all) => Math.min(...all.map(lines.left)),
  right: (all) => Math.max(...all.map(lines.right)),
  centre: (all) => (Math.min(...all.map(lines.left)) + Math.max(...all.map(lines.right))) / 2,
  top: (all) => Math.min(...all.map(lines.top)),
  bottom: (all) => Math.max(...all.map(lines.bottom)),
  middle: (all) => (Math.min(...all.map(lines.top)) + Math.max(...all.map(lines.bottom))) / 2,
}

describe('align', () => {
  it.each(Object.keys(lines) as Alignment[])('%s brings all to one line and moves nothing across', (how) => {
    fc.assert(
      fc.property(rects, (before) => {
        const by = aligned(before, how)
        for (const one of moved(before, by)) expect(lines[how](one)).toBeCloseTo(wanted[how]([...before.values()]), 6)
        const still = ['left', 'centre', 'right'].includes(how) ? 'y' : 'x'
        expect([...by.values()].every((p) => p[still] === 0)).toBe(true)
      }),
    )
  })
})

describe('distribute', () => {
  it.each(['across', 'down'] as const)('%s makes gaps equal, keeps the order of centres and both ends', (how) => {
    const [start, end, centre] =
      how === 'across' ? [lines.left, lines.right, lines.centre] : [lines.top, lines.bottom, lines.middle]
    fc.assert(
      fc.property(rects, (before) => {
        const after = moved(before, spread(before, how))
        const order = [...before.keys()].map((_, i) => i)
        const list = [...before.values()]
        order.sort((a, b) => centre(list[a]!) - centre(list[b]!) || (`n${a}` < `n${b}` ? -1 : 1))
        const row = order.map((i) => after[i]!)
        const gaps = row.slice(1).map((one, i) => start(one) - end(row[i]!))
        for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0]!, 6)
        expect(start(row[0]!)).toBeCloseTo(start(list[order[0]!]!), 6)
        expect(end(row.at(-1)!)).toBeCloseTo(end(list[order.at(-1)!]!), 6)
      }),
    )
  })
})

describe('the editor', () => {
  it('aligns what is selected as one entry, says so, and undoes it', () => {
    const editor = open()
    const said: string[] = []
    editor.onSay((text) => said.push(text))
    const before = editor.layout()
    editor.select(['C1', 'P2'])
    editor.arrange.align('left')
    expect(editor.layout().positions['P2']).toEqual({ x: 100, y: 300 })
    expect(said).toEqual(['2 things aligned at their left edges'])
    expect(editor.history()).toEqual([{ label: 'Align 2 things', current: true }])
    editor.undo()
    expect(editor.layout()).toEqual(before)
  })

  it('makes no entry when things already stand like that', () => {
    const editor = open()
    editor.select(['C1', 'C2'])
    editor.arrange.align('left')
    expect(editor.canUndo()).toBe(false)
  })

  it('distributes nodes and notes together', () => {
    const editor = open({
      ...open().document(),
      notes: [{ id: 'note1', text: 'Hot', place: { x: 120, y: 0, width: 40, height: 40 } }],
    })
    editor.select(['C1', 'P1', 'note1'])
    editor.arrange.distribute('across')
    expect(editor.notes.get('note1')?.x).toBe(180)
  })

  it('does nothing to a drawing that is open to look only', () => {
    const editor = open(undefined, true)
    editor.select(['C1', 'P2'])
    editor.arrange.align('left')
    editor.arrange.tidy('right')
    expect(editor.layout()).toEqual(open().layout())
  })

  it('tidies up everything around its middle as one entry, or only what is selected', () => {
    const editor = open()
    editor.connect('C1', 'P2')
    const entries = editor.history().length
    editor.select([])
    expect(editor.arrange.tidy('right')).toBe(null)
    expect(editor.history()).toHaveLength(entries + 1)
    const { P1, C1, P2 } = editor.layout().positions
    expect(P1!.x < C1!.x && C1!.x < P2!.x).toBe(true)
    const xs = Object.values(editor.layout().positions).map(({ x }) => x)
    expect((Math.min(...xs) + Math.max(...xs)) / 2).toBeCloseTo(200, -0.5)
    editor.undo()
    const before = editor.layout().positions
    editor.select(['P1', 'C1'])
    editor.arrange.tidy('down')
    const after = editor.layout().positions
    expect([after['C2'], after['P2']]).toEqual([before['C2'], before['P2']])
    expect(after['P1']!.y).toBeLessThan(after['C1']!.y)
  })

  it('takes a note along with the node beside it, and leaves no note under a node', () => {
    const editor = open({
      ...open().document(),
      notes: [{ id: 'note1', text: 'Hot', place: { x: 330, y: 90, width: 64, height: 40 } }],
    })
    editor.arrange.tidy('down')
    const note = editor.notes.get('note1')!
    for (const { x, y, width, height } of editor.scene().nodes) {
      const apart =
        note.x >= x + width / 2 ||
        note.x + 64 <= x - width / 2 ||
        note.y >= y + height / 2 ||
        note.y + 40 <= y - height / 2
      expect(apart).toBe(true)
    }
    const p1 = editor.layout().positions['P1']!
    expect(Math.hypot(note.x - p1.x, note.y - p1.y)).toBeLessThan(160)
  })
})
