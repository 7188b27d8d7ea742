// Text and drawing follow each other: typing, edits of the drawing, undo through both, mistakes that wait.
import { deadlockModel } from '@labs/deadlock/model/index.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Editor } from '../../../../src-renderer/editor/editor.ts'
import { TextSync } from '../../../../src-renderer/labs/deadlock/views/text-sync.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function open(sources?: Record<string, string>): { editor: Editor; sync: TextSync; told: () => number } {
  const document = {
    format: 'interlock' as const,
    version: 1,
    lab: 'deadlock',
    title: '',
    model: { nodes: [], edges: [] },
    layout: { positions: {} },
    notes: [],
    ...(sources === undefined ? {} : { sources }),
  }
  const editor = new Editor({ model: deadlockModel, document })
  let count = 0
  const sync = new TextSync(editor, () => void (count += 1))
  editor.subscribe((change) => change.records && sync.follow())
  return { editor, sync, told: () => count }
}

function type(sync: TextSync, text: string): void {
  sync.type(text)
  vi.advanceTimersByTime(120)
}

const edges = (editor: Editor): string[] => editor.model().edges.map(({ id }) => editor.label(id))

test('what is typed is drawn after a short pause, as one entry for typing that goes on', () => {
  const { editor, sync } = open()
  sync.type('P1 -> R1')
  expect(editor.model().nodes).toEqual([])
  vi.advanceTimersByTime(120)
  expect(edges(editor)).toEqual(['P1 → R1'])
  type(sync, 'P1 -> R1 -> P2')
  expect(edges(editor)).toEqual(['P1 → R1', 'R1 → P2'])
  expect(editor.history()).toHaveLength(1)
  editor.undo()
  expect(editor.model().nodes).toEqual([])
  expect(sync.text).toBe('')
  editor.redo()
  expect(sync.text).toBe('P1 -> R1 -> P2')
})

test('while there are mistakes the drawing stays, and goes on when they are mended', () => {
  const { editor, sync } = open()
  type(sync, 'P1 -> R1\nR1 hold P2')
  expect(editor.model().nodes).toEqual([])
  expect(sync.parsed.problems).toHaveLength(1)
  expect(sync.draft).toBe(true)
  type(sync, 'P1 -> R1\nR1 -> P2')
  expect(edges(editor)).toEqual(['P1 → R1', 'R1 → P2'])
  expect(sync.draft).toBe(false)
})

test('edits of the drawing change the text where they are, and comments stay', () => {
  const { editor, sync } = open()
  type(sync, '# two\nP1 -> R1 # asks\nR1 -> P2\n')
  editor.rename('R1', 'Disk')
  expect(sync.text).toBe('# two\nP1 -> Disk # asks\nDisk -> P2\n')
  editor.createNode('process', { x: 0, y: 300 })
  expect(sync.text).toBe('# two\nP1 -> Disk # asks\nDisk -> P2\nprocess P3\n')
  editor.moveBy(['P1'], 8, 8)
  expect(sync.text).toContain('# asks')
  editor.undo()
  editor.undo()
  editor.undo()
  expect(sync.text).toBe('# two\nP1 -> R1 # asks\nR1 -> P2\n')
  editor.undo()
  expect(sync.text).toBe('')
})

test('undo of an edit of the drawing gives back the text to the letter', () => {
  const { editor, sync } = open()
  const text = 'P1   holds R1 ,R2 # mine\nP2 -> R1 -> P3\n'
  type(sync, text)
  editor.remove(['R1'])
  expect(sync.text).not.toBe(text)
  editor.undo()
  expect(sync.text).toBe(text)
})

test('an edit of the drawing leaves a mistake that is being written alone', () => {
  const { editor, sync } = open()
  type(sync, 'P1 -> R1\n')
  type(sync, 'P1 -> R1\nP2 hold R1 # soon\n')
  editor.rename('R1', 'Disk')
  expect(sync.text).toBe('P1 -> Disk\nP2 hold R1 # soon\n')
  expect(sync.draft).toBe(true)
  sync.revert()
  expect(sync.text).toBe('P1 -> Disk\n')
})

test('a rename in the text keeps the node and its place', () => {
  const { editor, sync } = open()
  type(sync, 'P1 -> R1')
  const place = editor.layout().positions['R1']
  type(sync, 'P1 -> Router')
  expect(editor.node('R1')?.name).toBe('Router')
  expect(editor.layout().positions['R1']).toEqual(place)
})

test('only a comment that changes is kept, and can be undone', () => {
  const { editor, sync } = open()
  type(sync, 'R1 has 1\n\nP1 wants R1\n')
  expect(editor.document().sources).toBeUndefined()
  vi.advanceTimersByTime(5000)
  type(sync, 'R1 has 1\n\nP1 wants R1 # why\n')
  expect(editor.document().sources).toEqual({ text: 'R1 has 1\n\nP1 wants R1 # why\n' })
  expect(editor.history()).toHaveLength(2)
  editor.undo()
  expect(sync.text).toBe('R1 has 1\n\nP1 wants R1\n')
})

test('the text comes back with its document, brought up to what was drawn since', () => {
  const first = open()
  type(first.sync, '# mine\nP1 -> R1\n')
  first.editor.connect('R1', first.editor.createNode('process', { x: 0, y: 300 }))
  const editor = new Editor({ model: deadlockModel, document: first.editor.document() })
  expect(new TextSync(editor, () => undefined).text).toBe('# mine\nP1 -> R1\nR1 -> P2\n')
})

test('lines and records find each other', () => {
  const { editor, sync } = open()
  const text = 'R1 has 2\nP1 -> R1\n\nP2 wants R1'
  type(sync, text)
  const edge = editor.model().edges.find(({ from }) => from === 'P1')?.id ?? ''
  expect(sync.linesOf(new Set(['R1']))).toEqual([1, 2, 4])
  expect(sync.linesOf(new Set([edge]))).toEqual([2])
  expect(sync.recordsAt(text.indexOf('P1'))).toEqual(['P1', 'R1', edge])
  expect(sync.recordsAt(text.indexOf('\n\n') + 1)).toEqual([])
})

test('a drawing that cannot be changed keeps its text', () => {
  const { editor, sync } = open()
  type(sync, 'P1 -> R1')
  editor.readOnly = true
  type(sync, 'P1 -> R2')
  expect(edges(editor)).toEqual(['P1 → R1'])
  expect(sync.draft).toBe(true)
})
