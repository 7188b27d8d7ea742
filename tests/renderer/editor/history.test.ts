// Laws of history over any sequence of edits: undo all returns the first bytes, redo all the last ones, a cancelled
// gesture leaves nothing, one gesture is one entry.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Editor } from '@page/editor/editor.ts'
import { bytes, fourNodes, lab, open, pointer } from './fixture-lab.ts'

type Step = (editor: Editor) => void

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(list.length, 1)]
const nodeId = (editor: Editor, index: number): string => pick(editor.model().nodes, index)?.id ?? ''
const anyId = (editor: Editor, index: number): string =>
  pick([...editor.model().nodes, ...editor.model().edges], index)?.id ?? ''

const small = fc.nat(20)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.constantFrom('cup', 'pot'), small, small).map(
    ([kind, x, y]): Step =>
      (editor) =>
        void editor.createNode(kind, { x: x * 24, y: y * 24 }),
  ),
  fc.tuple(small, small).map(
    ([a, b]): Step =>
      (editor) =>
        void editor.connect(nodeId(editor, a), nodeId(editor, b)),
  ),
  fc.tuple(small, fc.string()).map(
    ([a, name]): Step =>
      (editor) =>
        editor.rename(nodeId(editor, a), name),
  ),
  fc.tuple(small, fc.integer({ min: 1, max: 9 })).map(
    ([a, litres]): Step =>
      (editor) =>
        editor.setField(nodeId(editor, a), 'litres', litres),
  ),
  fc.tuple(small, fc.integer({ min: -40, max: 40 })).map(
    ([a, dx]): Step =>
      (editor) =>
        editor.moveBy([nodeId(editor, a)], dx, dx),
  ),
  small.map(
    (a): Step =>
      (editor) =>
        editor.remove([anyId(editor, a)]),
  ),
  fc.tuple(small, small).map(([a, b]): Step => (editor) => {
    editor.select([nodeId(editor, a), nodeId(editor, b)])
    editor.clip.duplicate()
  }),
  fc.string().map(
    (text): Step =>
      (editor) =>
        editor.setNote(text),
  ),
  fc.string().map(
    (text): Step =>
      (editor) =>
        editor.setTitle(text),
  ),
  fc.constant<Step>((editor) => editor.undo()),
  fc.constant<Step>((editor) => editor.redo()),
  fc.constant<Step>((editor) => editor.replaceDocument(fourNodes)),
  fc.tuple(small, small, fc.boolean()).map(([a, d, finish]): Step => (editor) => {
    const box = editor.screenBox(nodeId(editor, a))
    if (box === null) return
    const hand = pointer(editor)
    hand.down(box.x + 20, box.y + 20)
    hand.move(box.x + 20 + d * 8, box.y + 40)
    hand.move(box.x + 20 + d * 3, box.y + 60)
    if (finish) hand.up(box.x + 20 + d * 3, box.y + 60)
    else editor.cancel()
  }),
)
const steps = fc.array(step, { maxLength: 30 })

const undoAll = (editor: Editor): void => {
  while (editor.canUndo()) editor.undo()
}
const redoAll = (editor: Editor): void => {
  while (editor.canRedo()) editor.redo()
}

describe('history', () => {
  it('returns to the first bytes by undoing everything and to the last by redoing everything', () => {
    fc.assert(
      fc.property(steps, (edits) => {
        const editor = open()
        const first = bytes(editor)
        for (const edit of edits) edit(editor)
        redoAll(editor)
        const last = bytes(editor)
        undoAll(editor)
        expect(bytes(editor)).toBe(first)
        redoAll(editor)
        expect(bytes(editor)).toBe(last)
      }),
      { numRuns: 150 },
    )
  })

  it('keeps every drawing valid: no edge without its ends, no position without its node, no id twice', () => {
    fc.assert(
      fc.property(steps, (edits) => {
        const editor = open()
        for (const edit of edits) {
          edit(editor)
          const model = editor.model()
          const ids = [...model.nodes, ...model.edges].map(({ id }) => id)
          expect(lab.faults(model)).toEqual([])
          expect(new Set(ids).size).toBe(ids.length)
          expect(Object.keys(editor.layout().positions).sort()).toEqual(model.nodes.map(({ id }) => id).sort())
        }
      }),
      { numRuns: 60 },
    )
  })

  it('makes one entry for each edit that changes something and none for one that changes nothing', () => {
    fc.assert(
      fc.property(steps, (edits) => {
        const editor = open()
        for (const edit of edits) {
          const [before, entries] = [bytes(editor), editor.history().length]
          edit(editor)
          const change = Math.abs(editor.history().length - entries)
          expect(change).toBe(bytes(editor) === before ? 0 : 1)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('forgets what was undone when something new is done, but not when only the selection changes', () => {
    const editor = open()
    editor.createNode('cup', { x: 0, y: 0 })
    editor.undo()
    editor.select(['C1'])
    expect(editor.canRedo()).toBe(true)
    editor.rename('C1', 'Mug')
    expect(editor.canRedo()).toBe(false)
  })

  it('selects again what was selected when an entry was made', () => {
    const editor = open()
    editor.select(['P1'])
    editor.setField('P1', 'litres', 4)
    editor.remove(['P1'])
    editor.undo()
    expect([...editor.selection()]).toEqual(['P1'])
    editor.undo()
    editor.select([])
    editor.redo()
    expect([...editor.selection()]).toEqual(['P1'])
  })

  it('names what an entry did, newest last', () => {
    const editor = open()
    editor.connect('P2', 'C2')
    editor.rename('C2', 'Mug')
    expect(editor.history()).toEqual([
      { label: 'Connect P2 → C2', current: false },
      { label: 'Rename to Mug', current: true },
    ])
  })

  it('tells of an edit once, with its records, and of a drag only when it is finished', () => {
    const editor = open()
    const told: { records: boolean; edit: boolean }[] = []
    editor.subscribe(({ records, edit }) => {
      if (records || edit) told.push({ records, edit })
    })
    editor.createNode('cup', { x: 500, y: 500 })
    expect(told).toEqual([{ records: true, edit: true }])
    told.length = 0
    const hand = pointer(editor)
    hand.down(100, 100)
    hand.move(130, 100)
    hand.move(140, 100)
    expect(told.every(({ edit }) => !edit)).toBe(true)
    hand.up(140, 100)
    expect(told.at(-1)).toEqual({ records: false, edit: true })
  })

  it('jumps to any step as undoing and redoing one by one would, and forgets none of the others', () => {
    fc.assert(
      fc.property(steps, fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }), (edits, jumps) => {
        const editor = open()
        for (const edit of edits) edit(editor)
        const { labels } = editor.travel.steps()
        undoAll(editor)
        const at = [bytes(editor)]
        while (editor.canRedo()) {
          editor.redo()
          at.push(bytes(editor))
        }
        for (const jump of jumps) {
          const done = Math.min(jump, labels.length)
          editor.travel.to(done)
          expect(bytes(editor)).toBe(at[done])
          expect(editor.travel.steps()).toEqual({ labels, done })
        }
      }),
      { numRuns: 100 },
    )
  })

  it('tells of a jump over many steps once', () => {
    const editor = open()
    for (let litres = 2; litres <= 6; litres += 1) editor.setField('P1', 'litres', litres)
    let told = 0
    editor.subscribe(({ records }) => {
      if (records) told += 1
    })
    editor.travel.to(0)
    expect(told).toBe(1)
    editor.travel.to(0)
    expect(told).toBe(1)
    editor.travel.to(5)
    expect(told).toBe(2)
  })
})
