// Placing from the palette or by tool, and panning.
import { describe, expect, it } from 'vitest'
import { open, pointer } from '../fixture-lab.ts'

describe('the palette', () => {
  it('shows a ghost on the grid while it passes over the canvas, and none when it has left', () => {
    const editor = open()
    editor.palettePoint('pot', { x: 203, y: 197 })
    expect([editor.toolPath(), editor.feedback().ghost]).toEqual([
      'place.idle',
      { box: { x: 180, y: 180, width: 40, height: 40 }, round: false },
    ])
    editor.palettePoint('pot', null)
    expect([editor.toolPath(), editor.feedback().ghost]).toEqual(['select.idle', null])
    expect(editor.canUndo()).toBe(false)
  })

  it('drops a node, selected, as one entry', () => {
    const editor = open()
    editor.palettePoint('pot', { x: 203, y: 197 })
    expect(editor.paletteDrop('pot', { x: 203, y: 197 })).toBe('P3')
    expect(editor.layout().positions['P3']).toEqual({ x: 200, y: 200 })
    expect([editor.toolPath(), [...editor.selection()], editor.history().length]).toEqual(['select.idle', ['P3'], 1])
  })

  it('drops where the pointer is, however the view is moved and zoomed', () => {
    const editor = open()
    editor.panBy(40, -16)
    editor.zoomBy(2, { x: 0, y: 0 })
    const p = editor.toScreen({ x: 200, y: 160 })
    editor.paletteDrop('cup', p)
    expect(editor.layout().positions['C3']).toEqual({ x: 200, y: 160 })
  })

  it('drops nothing into a drawing to look at only', () => {
    const editor = open(undefined, true)
    editor.palettePoint('cup', { x: 1, y: 1 })
    expect([editor.paletteDrop('cup', { x: 1, y: 1 }), editor.feedback().ghost]).toEqual([null, null])
  })
})

describe('the place tool', () => {
  it('places one node and rests, with Shift stays for the next', () => {
    const editor = open()
    const hand = pointer(editor)
    editor.setTool({ place: 'cup' })
    hand.down(400, 400, { shift: true })
    hand.up(400, 400, { shift: true })
    expect(editor.toolPath()).toBe('place.idle')
    hand.down(480, 400)
    hand.up(480, 400)
    expect([editor.toolPath(), editor.model().nodes.length]).toEqual(['select.idle', 6])
  })

  it('is left by Escape', () => {
    const editor = open()
    editor.setTool({ place: 'cup' })
    expect([editor.cancel(), editor.toolPath()]).toEqual([true, 'select.idle'])
  })
})

describe('panning', () => {
  it('moves the view with the pan tool, the middle button or the space bar, and no node', () => {
    const editor = open()
    const hand = pointer(editor)
    const layout = editor.layout()
    const seen: string[] = []
    const drag = (button: number): void => {
      hand.down(100, 100, { button })
      hand.move(130, 90, { button })
      seen.push(editor.toolPath())
      hand.up(130, 90, { button })
      seen.push(editor.toolPath())
    }
    drag(1)
    editor.setTool('pan')
    drag(0)
    editor.setTool('select')
    editor.input.panning = true
    drag(0)
    editor.input.panning = false
    expect(seen).toEqual(['pan.dragging', 'select.idle', 'pan.dragging', 'pan.idle', 'pan.dragging', 'select.idle'])
    expect(editor.pan()).toEqual({ x: 90, y: -30 })
    expect(editor.layout()).toBe(layout)
  })

  it('is put back by Escape', () => {
    const editor = open()
    const hand = pointer(editor)
    hand.down(10, 10, { button: 1 })
    hand.move(60, 70)
    editor.cancel()
    expect(editor.pan()).toEqual({ x: 0, y: 0 })
  })
})
