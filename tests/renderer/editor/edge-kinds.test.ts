// Giving an edge another kind: what its direction can mean, one entry of history, never two edges of one kind.
import type { LabModel } from '@contract/lab.ts'
import { Editor } from '@page/editor/editor.ts'
import { editorCommands } from '@page/editor/commands.ts'
import { canBecome, changeKind, exchangeableKinds, kindChoices } from '@page/editor/edge-kinds.ts'
import { describe, expect, it } from 'vitest'
import { bytes, fourNodes, lab } from './fixture-lab.ts'

/** From a cup to a pot a line asks, or reserves; only the latter has a day. */
const kitchen: LabModel = {
  ...lab,
  schema: lab.schema,
  edgeKinds: [
    ...lab.edgeKinds,
    {
      kind: 'reserve',
      label: 'Reservation',
      fields: [{ key: 'day', label: 'Day', type: 'integer', min: 1, max: 7 }],
      defaults: { count: 1, day: 1 },
    },
  ],
  connect(from, to, wanted) {
    const usual = lab.connect(from, to)
    return 'kind' in usual && usual.kind === 'ask' && wanted === 'reserve' ? { kind: 'reserve' } : usual
  },
}
const open = (readOnly = false): Editor => {
  const edges = [
    { id: 'e1', kind: 'pour', from: 'P1', to: 'C1', count: 1 },
    { id: 'e2', kind: 'ask', from: 'C1', to: 'P2', count: 3 },
    { id: 'e3', kind: 'ask', from: 'C2', to: 'P2', count: 1 },
    { id: 'e4', kind: 'reserve', from: 'C2', to: 'P2', count: 1, day: 2 },
  ]
  return new Editor({ model: kitchen, document: { ...fourNodes, model: { ...fourNodes.model, edges } }, readOnly })
}
const choices = (editor: Editor, id: string): string[] =>
  kindChoices(editor, id).map(({ kind, taken }) => (taken ? `(${kind.kind})` : kind.kind))

describe('the kind of an edge', () => {
  it('can be one of those that its direction can mean', () => {
    const editor = open()
    expect(choices(editor, 'e1')).toEqual([])
    expect(choices(editor, 'e2')).toEqual(['ask', 'reserve'])
    expect(choices(editor, 'e3')).toEqual(['ask', '(reserve)'])
    expect(exchangeableKinds(kitchen).map(({ kind }) => kind)).toEqual(['ask', 'reserve'])
    expect(exchangeableKinds(lab)).toEqual([])
  })

  it('is changed as one entry, which keeps the edge, its numbers and the selection', () => {
    const editor = open()
    const before = bytes(editor)
    editor.select(['e2'])
    changeKind(editor, 'e2', 'reserve')
    expect(editor.edge('e2')).toEqual({ id: 'e2', kind: 'reserve', from: 'C1', to: 'P2', count: 3, day: 1 })
    expect([...editor.selection()]).toEqual(['e2'])
    editor.undo()
    expect(bytes(editor)).toBe(before)
    expect(editor.canUndo()).toBe(false)
  })

  it('stays where the direction cannot mean the other, where one is there already, and in a drawing to look at', () => {
    for (const [editor, id, kind] of [
      [open(), 'e1', 'reserve'],
      [open(), 'e3', 'reserve'],
      [open(), 'e2', 'ask'],
      [open(true), 'e2', 'reserve'],
    ] as const) {
      const before = bytes(editor)
      changeKind(editor, id, kind)
      expect(bytes(editor)).toBe(before)
    }
  })

  it('is changed by a command for the one edge that is selected', () => {
    const editor = open()
    const command = editorCommands(editor).find(({ id }) => id === 'draw.kind-reserve')
    expect(command?.when()).toBe(false)
    editor.select(['e2'])
    expect(command?.when()).toBe(true)
    void command?.run()
    expect(editor.edge('e2')?.kind).toBe('reserve')
    expect(canBecome(editor, 'e2', 'ask')).toBe(true)
  })
})
