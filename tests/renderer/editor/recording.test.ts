// Gestures while a run is recorded change no record and are handed over; the script of a document and its undo.
import { describe, expect, test } from 'vitest'
import type { GraphModel } from '@contract/document.ts'
import { deadlockModel } from '@labs/deadlock/model/index.ts'
import { Editor } from '@page/editor/editor.ts'
import { withEdge, withoutEdges } from '@page/editor/recording.ts'

const model = {
  nodes: [
    { id: 'P1', kind: 'process', name: 'P1' },
    { id: 'R1', kind: 'resource', name: 'R1', instances: 2 },
  ],
  edges: [{ id: 'e1', kind: 'request', from: 'P1', to: 'R1', count: 1 }],
}
const script = { simulation: 'events', seed: 1, events: [{ type: 'grant' }] }

function editor(readOnly = false): Editor {
  const document = {
    format: 'interlock' as const,
    version: 1,
    lab: 'deadlock',
    title: '',
    model,
    layout: { positions: {} },
    notes: [],
    sources: { text: 'kept' },
  }
  return new Editor({ model: deadlockModel, document, readOnly })
}
const shown: GraphModel = { nodes: model.nodes, edges: [] }

describe('a recording', () => {
  test('hears of edges that are drawn and taken away in the state that is shown, and no record changes', () => {
    const one = editor()
    const before = JSON.stringify(one.document())
    const heard: GraphModel[] = []
    one.present({ model: shown, marks: {} })
    expect([one.linkable, one.connect('P1', 'R1')]).toEqual([false, { refused: expect.any(String) as string }])
    one.record({ model: shown, hand: (changed) => heard.push(changed) })
    expect([one.editable, one.linkable]).toEqual([false, true])
    one.connect('P1', 'R1')
    expect(heard.at(-1)?.edges).toEqual([{ id: 'e1', kind: 'request', from: 'P1', to: 'R1', count: 1 }])
    one.record({ model, hand: (changed) => heard.push(changed) })
    one.connect('P1', 'R1')
    expect(heard.at(-1)?.edges).toEqual([{ id: 'e1', kind: 'request', from: 'P1', to: 'R1', count: 2 }])
    one.connect('R1', 'P1')
    expect(heard.at(-1)?.edges.map(({ id, kind }) => `${id} ${kind}`)).toEqual(['e1 request', 'e2 assignment'])
    one.remove(['e1'])
    expect(heard.at(-1)?.edges).toEqual([])
    const count = heard.length
    one.remove(['P1'])
    expect(heard.length).toBe(count)
    one.record(null)
    one.present(null)
    expect(JSON.stringify(one.document())).toBe(before)
    expect(one.canUndo()).toBe(false)
  })

  test('is made of pure steps', () => {
    expect(withEdge(deadlockModel, shown, 'assignment', 'R1', 'P1').edges[0]).toMatchObject({ count: 1 })
    expect(withoutEdges(model, ['nothing'])).toBeNull()
    expect(shown.edges).toEqual([])
  })
})

describe('the script of a document', () => {
  test('is kept with its texts, beside sources of others, and taken back by undo', () => {
    const one = editor()
    one.script.put({ script, texts: ['# said\nR1 grants'] }, 'Change the script')
    expect(one.document().sources).toEqual({ text: 'kept', script: '# said\nR1 grants' })
    expect(one.script.get()).toEqual({ script, texts: ['# said\nR1 grants'] })
    expect(one.script.get()).toBe(one.script.get())
    one.script.put({ script, texts: [null] }, 'Change the script')
    expect(one.document().sources).toEqual({ text: 'kept' })
    one.undo()
    one.undo()
    expect([one.script.get(), one.document().script]).toEqual([null, undefined])
    one.redo()
    expect(one.history().at(-1)?.label).toBe('Change the script')
    expect(one.document().script).toEqual(script)
  })

  test('can be taken back while a run is shown, and the drawing cannot', () => {
    const one = editor()
    one.createNode('process', { x: 0, y: 0 })
    one.script.put({ script, texts: [null] }, 'Change the script')
    one.present({ model: shown, marks: {} })
    expect(one.canUndo()).toBe(true)
    one.undo()
    expect([one.script.get(), one.canUndo(), one.canRedo()]).toEqual([null, false, true])
    one.undo()
    expect(one.model().nodes.length).toBe(3)
    one.present(null)
    expect(one.canUndo()).toBe(true)
  })
})
