// What a person does to a matrix: cells typed, names, blocks copied, pasted and emptied, each one entry of history.
import { deadlockModel, type DeadlockModel } from '@labs/deadlock/model/index.ts'
import { type Matrices, matricesOf } from '@labs/deadlock/model/matrices.ts'
import { describe, expect, it } from 'vitest'
import { InterlockError } from '../../../../src-main/contract/errors.ts'
import { Editor } from '../../../../src-renderer/editor/editor.ts'
import {
  blockText,
  clearBlock,
  pasteBlock,
  writeCell,
} from '../../../../src-renderer/labs/deadlock/views/matrix-edits.ts'

const drawing: DeadlockModel = {
  nodes: [
    { id: 'P1', kind: 'process', name: 'P1' },
    { id: 'P2', kind: 'process', name: 'P2' },
    { id: 'R1', kind: 'resource', name: 'R1', instances: 1 },
    { id: 'R2', kind: 'resource', name: 'R2', instances: 3 },
  ],
  edges: [
    { id: 'a1', kind: 'assignment', from: 'R1', to: 'P1', count: 1 },
    { id: 'q1', kind: 'request', from: 'P2', to: 'R1', count: 1 },
  ],
}

/** Positions are given so that they are part of every state that is compared. */
const positions = { P1: { x: 0, y: 0 }, P2: { x: 200, y: 0 }, R1: { x: 0, y: 200 }, R2: { x: 200, y: 200 } }

function open() {
  const editor = new Editor({
    model: deadlockModel,
    document: {
      format: 'interlock',
      version: 1,
      lab: 'deadlock',
      title: '',
      model: drawing,
      layout: { positions },
      notes: [],
    },
  })
  const model = (): DeadlockModel => editor.model() as unknown as DeadlockModel
  const matrices = (): Matrices => matricesOf(model())
  return {
    editor,
    entries: () => editor.travel.steps().done,
    write: (row: number, column: number, text: string) =>
      writeCell(editor, model(), matrices(), 'allocation', { row, column }, text),
    paste: (row: number, column: number, text: string) =>
      pasteBlock(editor, model(), matrices(), 'allocation', { row, column }, text),
    clear: (from: [number, number], to: [number, number]) =>
      clearBlock(editor, model(), matrices(), 'allocation', {
        from: { row: from[0], column: from[1] },
        to: { row: to[0], column: to[1] },
      }),
    held: () =>
      matrices().processes.map(({ id: process }) =>
        matrices().types.map(({ id: type }) => matrices().cell('allocation', process, type)?.count ?? 0),
      ),
    copy: (from: [number, number], to: [number, number]) =>
      blockText(matrices(), 'allocation', {
        from: { row: from[0], column: from[1] },
        to: { row: to[0], column: to[1] },
      }),
    name: (id: string) => editor.model().nodes.find((node) => node.id === id)?.name,
    instances: (id: string) => editor.model().nodes.find((node) => node.id === id)?.['instances'],
  }
}

describe('a cell', () => {
  it('takes a number as one entry, and 0 takes the edge away', () => {
    const { editor, entries, write, held } = open()
    expect(write(1, 1, '2')).toBeNull()
    expect(held()).toEqual([
      [1, 0],
      [0, 2],
    ])
    expect(entries()).toBe(1)
    expect(write(0, 0, '0')).toBeNull()
    expect(held()).toEqual([
      [0, 0],
      [0, 2],
    ])
    expect(editor.model().edges).toHaveLength(2)
    expect(entries()).toBe(2)
    editor.undo()
    editor.undo()
    expect(editor.model().edges).toEqual(drawing.edges)
  })

  it('makes no entry when it stays as it was', () => {
    const { entries, write } = open()
    expect(write(0, 0, ' 1 ')).toBeNull()
    expect(entries()).toBe(0)
  })

  it.each(['two', '-1', '1.5', '1000001'])('refuses %j with a sentence and changes nothing', (text) => {
    const { entries, write } = open()
    expect(write(0, 0, text)).toBe('A number of units from 0 to 1,000,000, please.')
    expect(entries()).toBe(0)
  })

  it('of Total sets the units of the type, at least one', () => {
    const { write, instances } = open()
    expect(write(2, 0, '5')).toBeNull()
    expect(instances('R1')).toBe(5)
    expect(write(2, 0, '0')).toBe('A number of units from 1 to 1,000,000, please.')
    expect(instances('R1')).toBe(5)
  })

  it('of a name renames, and refuses an empty name', () => {
    const { entries, write, name } = open()
    expect(write(0, -1, 'Writer')).toBeNull()
    expect(write(-1, 1, 'Disk')).toBeNull()
    expect([name('P1'), name('R2')]).toEqual(['Writer', 'Disk'])
    expect(write(0, -1, '   ')).toBe('A name cannot be empty. Escape keeps Writer.')
    expect([name('P1'), entries()]).toEqual(['Writer', 2])
  })
})

describe('a block', () => {
  it('is pasted as one entry, without the names around the numbers', () => {
    for (const text of [
      '0\t3\n1\t0',
      '\tR1\tR2\nP1\t0\t3\nP2\t1\t0\n',
      '0,3\n1,0',
      '| | R1 | R2 |\n|-|-|-|\n| P1 | 0 | 3 |\n| P2 | 1 | 0 |',
    ]) {
      const { editor, entries, paste, held } = open()
      expect(paste(0, 0, text)).toBe('4 cells pasted.')
      expect(held()).toEqual([
        [0, 3],
        [1, 0],
      ])
      expect(entries()).toBe(1)
      editor.undo()
      expect(editor.model().edges).toEqual(drawing.edges)
    }
  })

  it('says what lies outside and what is no number', () => {
    const { entries, paste, held } = open()
    expect(paste(1, 1, '2\t7\n8\t9')).toBe('1 cell pasted. 3 cells lie outside the matrix and stayed away.')
    expect(held()).toEqual([
      [1, 0],
      [0, 2],
    ])
    expect(paste(0, 0, '1\t2\n3\tmany')).toBe('“many” is no number of units. Nothing was pasted.')
    expect(entries()).toBe(1)
    expect(() => paste(0, 0, '"1\t2')).toThrow(InterlockError)
  })

  it('is emptied as one entry, and copied so that pasting gives the same', () => {
    const { entries, paste, clear, copy, held } = open()
    paste(0, 0, '1\t2\n3\t0')
    const text = copy([0, 0], [1, 1])
    expect(text).toBe('1\t2\n3\t0')
    clear([0, 0], [1, 1])
    expect(held().flat()).toEqual([0, 0, 0, 0])
    expect(entries()).toBe(2)
    paste(0, 0, text)
    expect(copy([0, 0], [1, 1])).toBe(text)
    expect(copy([-1, -1], [0, 0])).toBe('Process\tR1\nP1\t1')
  })
})
