// Notes on the canvas: written, moved with nodes, resized, copied, deleted, undone, and kept in the document.
import { describe, expect, it } from 'vitest'
import { bytes, fourNodes, lab, open, pointer } from './fixture-lab.ts'

const place = { x: 400, y: 80, width: 160, height: 80 }
const withNote = () =>
  open({
    ...fourNodes,
    notes: [
      { id: 'about', text: 'All.' },
      { id: 'note1', text: 'Hot', place },
    ],
  })

describe('a note on the canvas', () => {
  it('goes round through the document with its place, beside the note about the whole drawing', () => {
    const editor = withNote()
    expect(editor.document().notes).toEqual([
      { id: 'about', text: 'All.' },
      { id: 'note1', text: 'Hot', place },
    ])
    expect([editor.note(), editor.notes.list()]).toEqual(['All.', [{ id: 'note1', text: 'Hot', ...place }]])
    expect(open(editor.document()).document()).toEqual(editor.document())
  })

  it('is in the scene, and leaves the model as it is', () => {
    const editor = withNote()
    const model = editor.model()
    expect(editor.scene().notes).toEqual([{ id: 'note1', text: 'Hot', ...place }])
    editor.moveBy(['note1'], 8, 0)
    editor.notes.setText('note1', 'Cold')
    expect(editor.model()).toBe(model)
    expect(editor.scene().notes?.[0]).toMatchObject({ text: 'Cold', x: 408 })
    expect(open().scene().notes).toBe(undefined)
  })

  it('comes into being with its text as one entry', () => {
    const editor = open()
    editor.notes.add({ x: 500, y: 500 })
    const { writing } = editor.feedback()
    expect([editor.toolPath(), writing?.text]).toEqual(['select.writing', ''])
    editor.notes.finishWriting('First line\nsecond  \n')
    expect(editor.history()).toEqual([{ label: 'New note', current: true }])
    expect(editor.notes.list().map(({ id, text }) => [id, text])).toEqual([['note1', 'First line\nsecond']])
    expect([...editor.selection()]).toEqual(['note1'])
    editor.undo()
    expect(bytes(editor)).toBe(bytes(open()))
    editor.redo()
    expect(editor.notes.list()).toHaveLength(1)
  })

  it.each([null, '', '  \n'])('never was when it is given up or left empty (%j)', (text) => {
    const editor = open()
    editor.select(['C1'])
    editor.notes.add()
    editor.notes.finishWriting(text)
    expect([bytes(editor), editor.canUndo(), editor.toolPath()]).toEqual([bytes(open()), false, 'select.idle'])
    expect([...editor.selection()]).toEqual(['C1'])
  })

  it('is written in by a double click, and Escape leaves it as it was', () => {
    const editor = withNote()
    pointer(editor).double(460, 110)
    expect(editor.feedback().writing).toMatchObject({ id: 'note1', text: 'Hot' })
    editor.cancel()
    expect([editor.toolPath(), editor.notes.get('note1')?.text, editor.canUndo()]).toEqual([
      'select.idle',
      'Hot',
      false,
    ])
    editor.notes.startWriting('note1')
    editor.notes.finishWriting('')
    expect(editor.notes.list()).toEqual([])
    editor.undo()
    expect(editor.notes.get('note1')?.text).toBe('Hot')
  })

  it('grows with a text that does not fit', () => {
    const editor = withNote()
    editor.notes.setText('note1', 'a long sentence that needs many lines '.repeat(6))
    expect(editor.notes.get('note1')?.height).toBeGreaterThan(place.height)
  })

  it('takes an id that no node, edge or other note has', () => {
    const editor = open({
      ...fourNodes,
      model: { ...fourNodes.model, nodes: [{ id: 'note1', kind: 'cup', name: 'x' }], edges: [] },
      notes: [{ id: 'note2', text: 'All.' }],
    })
    editor.notes.add({ x: 0, y: 0 })
    editor.notes.finishWriting('x')
    expect(editor.notes.list().map(({ id }) => id)).toEqual(['note3'])
  })
})

describe('with the pointer', () => {
  it('moves together with selected nodes by the same way, as one entry', () => {
    const editor = withNote()
    const hand = pointer(editor)
    editor.select(['C1', 'note1'])
    hand.down(460, 110)
    hand.move(490, 130)
    hand.move(500, 150)
    hand.up(500, 150)
    const by = { x: editor.notes.get('note1')!.x - place.x, y: editor.notes.get('note1')!.y - place.y }
    expect(by.x).not.toBe(0)
    expect(editor.layout().positions['C1']).toEqual({ x: 100 + by.x, y: 100 + by.y })
    expect(editor.history()).toHaveLength(1)
    editor.undo()
    expect(bytes(editor)).toBe(bytes(withNote()))
  })

  it('is resized by a corner, and Escape gives its size back', () => {
    const editor = withNote()
    const hand = pointer(editor)
    editor.select(['note1'])
    hand.move(560, 160)
    expect(editor.feedback()).toMatchObject({ pull: { x: 1, y: 1 }, resize: { id: 'note1' } })
    hand.down(560, 160)
    hand.move(600, 200)
    expect(editor.toolPath()).toBe('select.resizing')
    hand.up(600, 200)
    expect(editor.notes.get('note1')).toMatchObject({ x: 400, y: 80, width: 200, height: 120 })
    expect(editor.history()).toEqual([{ label: 'Change the size of a note', current: true }])
    hand.down(600, 200)
    hand.move(700, 300)
    editor.cancel()
    expect(editor.notes.get('note1')).toMatchObject({ width: 200, height: 120 })
  })

  it('is caught by a marquee, and lies below nodes', () => {
    const editor = open({ ...fourNodes, notes: [{ id: 'note1', text: 'Hot', place: { ...place, x: 280 } }] })
    const hand = pointer(editor)
    hand.down(300, 100)
    hand.up(300, 100)
    expect([...editor.selection()]).toEqual(['P1'])
    hand.down(430, 60)
    hand.move(435, 90)
    hand.move(420, 110)
    hand.up(420, 110)
    expect([...editor.selection()]).toEqual(['note1'])
  })
})

describe('as other things', () => {
  it('is deleted, copied and pasted with nodes', () => {
    const editor = withNote()
    editor.select(['C1', 'note1'])
    const text = editor.clip.copy()
    editor.remove()
    expect([editor.notes.list(), editor.node('C1')]).toEqual([[], undefined])
    expect(editor.clip.paste(text)).toBe(true)
    const [note] = editor.notes.list()
    const at = editor.layout().positions[[...editor.selection()].find((id) => editor.node(id) !== undefined) ?? '']!
    expect([note!.x - at.x, note!.y - at.y, note!.width, note!.text]).toEqual([300, -20, 160, 'Hot'])
  })

  it('is pasted alone, with an id of its own', () => {
    const editor = withNote()
    editor.select(['note1'])
    expect(editor.clip.paste(editor.clip.copy())).toBe(true)
    expect(editor.notes.list().map(({ id }) => id)).toEqual(['note1', 'note2'])
    expect(editor.document().notes).toHaveLength(3)
  })

  it('refuses a clipboard with a note that is none', () => {
    const clip = { format: 'interlock-clipboard', lab: lab.id, nodes: [], edges: [], notes: [{ id: 'x', text: 'y' }] }
    expect(withNote().clip.paste(JSON.stringify(clip))).toBe(false)
  })

  it('is reached and resized by keys', () => {
    const editor = withNote()
    editor.selectAll()
    expect(editor.selection().has('note1')).toBe(true)
    editor.select(['P2'])
    editor.selectNeighbour(1)
    expect([...editor.selection()]).toEqual(['note1'])
    const run = (id: string): void =>
      void editor
        .commands()
        .find((command) => command.id === id)
        ?.run()
    run('note.wider')
    run('note.shorter')
    expect(editor.notes.get('note1')).toMatchObject({ width: 176, height: 64 })
    for (let i = 0; i < 20; i += 1) run('note.narrower')
    expect(editor.notes.get('note1')?.width).toBe(64)
  })
})
