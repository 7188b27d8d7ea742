// Properties that are so or not so, changed for all that is selected: one entry, in words of the lab; in a run the run hears.
import { beforeEach, describe, expect, test } from 'vitest'
import type { DocumentEnvelope, GraphModel } from '@contract/document.ts'
import { distributedModel } from '@labs/distributed/model/index.ts'
import { Editor } from '@page/editor/editor.ts'
import { canFlag, flip, hasFlag } from '@page/editor/flags.ts'

const document: DocumentEnvelope = {
  format: 'interlock',
  version: 1,
  lab: 'distributed',
  title: 'Network',
  model: {
    nodes: ['P1', 'P2', 'P3'].map((id) => ({ id, kind: 'node', name: id })),
    edges: [{ id: 'e1', kind: 'link', from: 'P1', to: 'P2' }],
  },
  layout: { positions: { P1: { x: 0, y: 0 }, P2: { x: 200, y: 0 }, P3: { x: 0, y: 200 } } },
  notes: [],
}

let editor: Editor
beforeEach(() => (editor = new Editor({ model: distributedModel, document })))

const key = (letter: string) => editor.commands().filter(({ keys, when }) => keys.includes(letter) && when())
const downs = (): unknown[] => editor.model().nodes.map(({ down }) => down)

describe('a flag', () => {
  test('is set for all that are selected, and taken away where all have it, each as one entry', () => {
    editor.select(['P1', 'P2'])
    flip(editor, 'down')
    expect([downs(), hasFlag(editor, 'down')]).toEqual([[true, true, undefined], true])
    expect(editor.history().map(({ label }) => label)).toEqual(['Crash: P1, P2'])
    editor.select(['P2', 'P3'])
    expect(hasFlag(editor, 'down')).toBe(false)
    flip(editor, 'down')
    expect(downs()).toEqual([true, true, true])
    editor.selectAll()
    flip(editor, 'down')
    expect(editor.history().at(-1)?.label).toBe('Bring back: P1, P2, P3')
    expect('down' in editor.node('P1')!).toBe(false)
    editor.undo()
    editor.undo()
    expect(downs()).toEqual([true, true, undefined])
  })

  test('has a key that means what is selected', () => {
    expect(key('X')).toEqual([])
    editor.select(['P3'])
    expect(key('X').map(({ label }) => label)).toEqual(['Crash / bring back'])
    expect(key('B').map(({ label }) => label)).toEqual(['Let it begin / let it not begin'])
    editor.select(['e1'])
    expect(key('B')).toEqual([])
    const [cut] = key('X')
    expect(cut?.label).toBe('Cut / mend')
    void cut?.run()
    expect(editor.edge('e1')).toMatchObject({ cut: true })
  })

  test('is left alone where the drawing is open to look only, or a run is shown that does not hear', () => {
    editor.select(['P1'])
    editor.present({ model: editor.model(), marks: {} })
    expect([canFlag(editor, 'down'), key('X')]).toEqual([false, []])
    editor.present(null)
    editor.readOnly = true
    expect(canFlag(editor, 'down')).toBe(false)
    flip(editor, 'down')
    expect([downs(), editor.canUndo()]).toEqual([[undefined, undefined, undefined], false])
  })

  test('goes to the run while one is open, told from what the run shows', () => {
    const handed: GraphModel[] = []
    const model = editor.model()
    const shown = { ...model, nodes: model.nodes.map((node) => ({ ...node, down: node.id === 'P1' })) }
    editor.present({ model: shown, marks: {} })
    editor.record(null, { model: shown, hand: (next) => void handed.push(next) })
    editor.select(['P1'])
    expect([canFlag(editor, 'down'), hasFlag(editor, 'down')]).toEqual([true, true])
    flip(editor, 'down')
    expect(handed[0]?.nodes.map(({ down }) => down)).toEqual([false, false, false])
    expect([downs(), editor.canUndo()]).toEqual([[undefined, undefined, undefined], false])
  })
})
