// The select tool by simulated input: the path of its states, and what each gesture leaves behind.
import { describe, expect, it } from 'vitest'
import type { Editor } from '@page/editor/editor.ts'
import { SIZE, bytes, open, pointer } from '../fixture-lab.ts'

/** The path after each of these inputs. */
function paths(editor: Editor, inputs: (() => void)[]): string[] {
  return inputs.map((input) => {
    input()
    return editor.toolPath()
  })
}

const handleOf = (editor: Editor): { x: number; y: number } => {
  const { handle } = editor.feedback()
  if (handle === null) throw new Error('no handle')
  return handle.at
}

describe('clicking', () => {
  it('selects a node, an edge, adds with Shift, and nothing on the empty canvas', () => {
    const editor = open()
    const hand = pointer(editor)
    const click = (x: number, y: number, shift = false): string[] => {
      hand.down(x, y, { shift })
      hand.up(x, y, { shift })
      return [...editor.selection()].sort()
    }
    expect(click(100, 100)).toEqual(['C1'])
    expect(click(200, 104)).toEqual(['e1'])
    expect(click(300, 300, true)).toEqual(['P2', 'e1'])
    expect(click(300, 300, true)).toEqual(['e1'])
    expect(click(200, 200)).toEqual([])
  })

  it('is a click as long as the hand shakes by less than four pixels', () => {
    const editor = open()
    const hand = pointer(editor)
    const before = bytes(editor)
    expect(paths(editor, [() => hand.down(100, 100), () => hand.move(102, 102), () => hand.up(102, 102)])).toEqual([
      'select.pointing',
      'select.pointing',
      'select.idle',
    ])
    expect(bytes(editor)).toBe(before)
  })

  it('twice on a node renames, twice on the canvas creates, on the grid', () => {
    const editor = open()
    pointer(editor).double(100, 100)
    expect(editor.toolPath()).toBe('select.naming')
    expect(editor.feedback().naming).toEqual({
      id: 'C1',
      name: 'C1',
      box: { x: 80, y: 80, width: SIZE, height: SIZE },
    })
    editor.finishNaming('Mug')
    expect([editor.toolPath(), editor.label('C1')]).toEqual(['select.idle', 'Mug'])
    pointer(editor).double(501, 203)
    expect(editor.layout().positions['C3']).toEqual({ x: 504, y: 200 })
  })
})

describe('dragging', () => {
  it('moves the pressed node on the grid as one entry', () => {
    const editor = open()
    const hand = pointer(editor)
    expect(
      paths(editor, [
        () => hand.down(95, 95),
        () => hand.move(120, 95),
        () => hand.move(143, 131),
        () => hand.up(143, 131),
      ]),
    ).toEqual(['select.pointing', 'select.dragging', 'select.dragging', 'select.idle'])
    expect(editor.layout().positions['C1']).toEqual({ x: 152, y: 136 })
    expect(editor.history()).toEqual([{ label: 'Move C1', current: true }])
  })

  it('leaves the grid with Alt', () => {
    const editor = open()
    const hand = pointer(editor)
    hand.down(100, 100)
    hand.move(113, 107, { alt: true })
    hand.up(113, 107, { alt: true })
    expect(editor.layout().positions['C1']).toEqual({ x: 113, y: 107 })
  })

  it('moves all that is selected by the same way', () => {
    const editor = open()
    editor.select(['C1', 'P2', 'e1'])
    const hand = pointer(editor)
    hand.down(300, 300)
    hand.move(340, 316)
    hand.up(340, 316)
    expect(editor.layout().positions).toEqual({
      C1: { x: 144, y: 120 },
      C2: { x: 100, y: 300 },
      P1: { x: 300, y: 100 },
      P2: { x: 344, y: 320 },
    })
  })

  it('returns to the mark on Escape, without an entry', () => {
    const editor = open()
    const before = bytes(editor)
    const hand = pointer(editor)
    hand.down(100, 100)
    hand.move(200, 260)
    expect(bytes(editor)).not.toBe(before)
    expect(editor.cancel()).toBe(true)
    expect([bytes(editor), editor.toolPath(), editor.canUndo()]).toEqual([before, 'select.idle', false])
    hand.move(300, 300)
    hand.up(300, 300)
    expect(bytes(editor)).toBe(before)
  })

  it('is ended by an edit from elsewhere as by Escape', () => {
    const editor = open()
    const hand = pointer(editor)
    hand.down(100, 100)
    hand.move(200, 260)
    editor.rename('P1', 'Kettle')
    expect(editor.toolPath()).toBe('select.idle')
    expect(editor.layout().positions['C1']).toEqual({ x: 100, y: 100 })
    expect(editor.history().map(({ label }) => label)).toEqual(['Rename to Kettle'])
  })

  it('moves nothing in a drawing to look at only', () => {
    const editor = open(undefined, true)
    const before = bytes(editor)
    const hand = pointer(editor)
    hand.down(100, 100)
    hand.move(200, 260)
    hand.up(200, 260)
    expect(bytes(editor)).toBe(before)
  })
})

describe('the marquee', () => {
  it('selects what it touches, with edges between', () => {
    const editor = open()
    const hand = pointer(editor)
    expect(paths(editor, [() => hand.down(60, 60), () => hand.move(330, 130)])).toEqual([
      'select.pointing',
      'select.marquee',
    ])
    expect(editor.feedback().marquee).toEqual({ x: 60, y: 60, width: 270, height: 70 })
    expect([...editor.selection()].sort()).toEqual(['C1', 'P1', 'e1'])
    hand.up(330, 130)
    expect(editor.feedback().marquee).toBeNull()
  })

  it('adds with Shift, and Escape gives back what was selected', () => {
    const editor = open()
    editor.select(['P2'])
    const hand = pointer(editor)
    hand.down(60, 60, { shift: true })
    hand.move(130, 130, { shift: true })
    expect([...editor.selection()].sort()).toEqual(['C1', 'P2'])
    editor.cancel()
    expect([[...editor.selection()], editor.toolPath()]).toEqual([['P2'], 'select.idle'])
  })
})

describe('connecting with the pointer', () => {
  it('begins at the handle of the hovered node and ends on a legal target', () => {
    const editor = open()
    const hand = pointer(editor)
    hand.move(300, 300)
    expect(editor.feedback().hover).toBe('P2')
    const handle = handleOf(editor)
    expect(handle.x).toBeGreaterThan(300 + SIZE / 2)
    hand.move(handle.x, handle.y)
    expect(editor.feedback().handle?.node).toBe('P2')
    hand.down(handle.x, handle.y)
    hand.move(200, 300)
    expect(editor.toolPath()).toBe('select.connecting')
    expect(editor.feedback().link).toMatchObject({ ok: false, reason: null, target: null, to: { x: 200, y: 300 } })
    hand.move(105, 300)
    expect(editor.feedback().link).toMatchObject({ ok: true, reason: null, target: 'C2' })
    hand.up(105, 300)
    expect(editor.toolPath()).toBe('select.idle')
    expect(editor.model().edges.at(-1)).toEqual({ id: 'e2', kind: 'pour', from: 'P2', to: 'C2', count: 1 })
  })

  it('says why a target is none, and letting go there makes nothing', () => {
    const editor = open()
    const said: string[] = []
    editor.onSay((text) => said.push(text))
    const hand = pointer(editor)
    hand.move(300, 300)
    const handle = handleOf(editor)
    hand.down(handle.x, handle.y)
    hand.move(300, 105)
    expect(editor.feedback().link).toMatchObject({
      ok: false,
      target: 'P1',
      reason: 'P2 cannot be connected with P1.',
    })
    hand.up(300, 105)
    expect(editor.model().edges).toHaveLength(1)
    expect(said.at(-1)).toContain('P2 cannot be connected with P1.')
  })

  it('makes nothing and says nothing on the empty canvas, nor after Escape', () => {
    const editor = open()
    const said: string[] = []
    editor.onSay((text) => said.push(text))
    const hand = pointer(editor)
    for (const end of [() => hand.up(200, 200), () => void editor.cancel()]) {
      hand.move(300, 300)
      const handle = handleOf(editor)
      hand.down(handle.x, handle.y)
      hand.move(200, 200)
      end()
      expect([editor.toolPath(), editor.model().edges.length, editor.feedback().link]).toEqual(['select.idle', 1, null])
    }
    expect(said).toEqual([])
  })

  it('does not take its own start for a target', () => {
    const editor = open()
    const hand = pointer(editor)
    hand.move(300, 300)
    const handle = handleOf(editor)
    hand.down(handle.x, handle.y)
    hand.move(200, 200)
    hand.move(300, 300)
    expect(editor.feedback().link).toMatchObject({ target: null, reason: null })
  })
})

describe('connecting with keys', () => {
  const key = (editor: Editor, name: string, shift = false): boolean => editor.input.key({ key: name, shift })

  it('goes over legal targets first, connects with Enter', () => {
    const editor = open()
    editor.startConnecting('C2')
    expect(editor.toolPath()).toBe('select.connecting')
    const reached = [editor.feedback().link?.target]
    for (const name of ['ArrowRight', 'Tab', 'ArrowDown']) {
      key(editor, name)
      reached.push(editor.feedback().link?.target)
    }
    expect(reached).toEqual(['P1', 'P2', 'C1', 'P1'])
    key(editor, 'ArrowLeft')
    key(editor, 'Tab', true)
    expect(editor.feedback().link?.target).toBe('P2')
    expect(key(editor, 'Enter')).toBe(true)
    expect(editor.model().edges.at(-1)).toMatchObject({ from: 'C2', to: 'P2', kind: 'ask' })
    expect(editor.toolPath()).toBe('select.idle')
  })

  it('says why an illegal target is none and stays there on Enter', () => {
    const editor = open()
    const said: string[] = []
    editor.onSay((text) => said.push(text))
    editor.startConnecting('C2')
    key(editor, 'ArrowLeft')
    expect(said.at(-1)).toContain('C2 cannot be connected with C1.')
    key(editor, 'Enter')
    expect([editor.toolPath(), editor.model().edges.length]).toEqual(['select.connecting', 1])
    expect(editor.cancel()).toBe(true)
    expect(editor.toolPath()).toBe('select.idle')
  })

  it('leaves other keys to the page', () => {
    const editor = open()
    expect(key(editor, 'ArrowRight')).toBe(false)
    editor.startConnecting('C2')
    expect(key(editor, 'x')).toBe(false)
  })
})

describe('naming in place', () => {
  it('leaves no trace when it is given up, or ends with the same name', () => {
    const editor = open()
    const before = bytes(editor)
    editor.startNaming('C1')
    editor.finishNaming(null)
    editor.startNaming('C1')
    editor.finishNaming('C1')
    editor.startNaming('C1')
    expect(editor.cancel()).toBe(true)
    expect([bytes(editor), editor.canUndo(), editor.feedback().naming]).toEqual([before, false, null])
  })

  it('ends without harm when undo takes its node away', () => {
    const editor = open()
    const id = editor.createNode('cup', { x: 0, y: 0 })
    editor.startNaming(id)
    editor.undo()
    expect([editor.toolPath(), editor.feedback().naming]).toEqual(['select.idle', null])
    editor.finishNaming('late')
    expect(editor.node(id)).toBeUndefined()
  })
})

describe('Escape at rest', () => {
  it('clears the selection, then has nothing left to do', () => {
    const editor = open()
    editor.select(['C1'])
    expect([editor.cancel(), editor.selection().size, editor.cancel()]).toEqual([true, 0, false])
  })
})
