// A drawing that is kept in a shape: every gesture that adds, removes or moves nodes ends in the shape, as one entry.
// A network stands in for whatever lab has shapes.
import { beforeEach, describe, expect, test } from 'vitest'
import type { DocumentEnvelope } from '@contract/document.ts'
import { distributedModel } from '@labs/distributed/model/index.ts'
import { ringOf } from '@labs/distributed/model/rings-and-grids.ts'
import type { DistributedModel } from '@labs/distributed/model/schema.ts'
import { Editor } from '@page/editor/editor.ts'
import { chooseShape, shapeOf } from '@page/editor/shape.ts'
import { open as openKitchen, pointer } from './fixture-lab.ts'

const empty: DocumentEnvelope = {
  format: 'interlock',
  version: 1,
  lab: 'distributed',
  title: 'Network',
  model: { nodes: [], edges: [] },
  layout: { positions: {} },
  notes: [],
}
const places = [
  [300, 100],
  [500, 300],
  [300, 500],
  [100, 300],
] as const

let editor: Editor
let said: string[]
const ring = (): string[] | null => ringOf(editor.model() as DistributedModel)
const entries = (): number => editor.history().length
const at = (id: string): { x: number; y: number } => editor.layout().positions[id]!

/** Four nodes clockwise in a ring, P1 at the top. */
beforeEach(() => {
  editor = new Editor({ model: distributedModel, document: empty })
  said = []
  editor.onSay((text) => said.push(text))
  for (const [x, y] of places) editor.createNode('node', { x, y })
  chooseShape(editor, 'ring')
})

describe('choosing a shape', () => {
  test('moves and links the nodes in one entry, which undo takes back whole', () => {
    expect(shapeOf(editor)).toBe('ring')
    expect(ring()).toEqual(['P1', 'P2', 'P3', 'P4'])
    expect(entries()).toBe(5)
    expect(editor.history().at(-1)?.label).toBe('Shape: ring')
    editor.undo()
    expect(shapeOf(editor)).toBe('free')
    expect(editor.model().edges).toEqual([])
    expect(at('P2')).toEqual({ x: 500, y: 300 })
    editor.redo()
    expect(ring()).toEqual(['P1', 'P2', 'P3', 'P4'])
  })

  test('as free leaves everything where it is', () => {
    const before = editor.layout()
    chooseShape(editor, 'free')
    expect(shapeOf(editor)).toBe('free')
    expect([editor.layout(), editor.model().edges.length]).toEqual([before, 4])
    editor.moveBy(['P1'], 50, 0)
    expect(at('P1').x).toBe(before.positions['P1']!.x + 50)
  })

  test('is refused where the drawing cannot be changed, and no shape is known to labs without', () => {
    const closed = new Editor({ model: distributedModel, document: editor.document(), readOnly: true })
    chooseShape(closed, 'star')
    expect(shapeOf(closed)).toBe('ring')
    editor.present({ model: editor.model(), marks: {} })
    chooseShape(editor, 'star')
    expect([shapeOf(editor), entries()]).toEqual(['ring', 5])
    expect(shapeOf(openKitchen())).toBeNull()
  })

  test('is a command of its own for each shape, found by its name', () => {
    const command = editor.commands().find(({ label }) => label === 'Keep the drawing in shape: line')!
    expect(command.when()).toBe(true)
    void command.run()
    expect(shapeOf(editor)).toBe('line')
    expect(new Set(['P1', 'P2', 'P3', 'P4'].map((id) => at(id).y)).size).toBe(1)
    editor.present({ model: editor.model(), marks: {} })
    expect(command.when()).toBe(false)
  })
})

describe('a ring', () => {
  /** Runs a gesture, and undo after it. @returns the order in between */
  function oneEntry(gesture: () => void): string[] | null {
    const [before, count] = [editor.document(), entries()]
    gesture()
    const order = ring()
    expect(entries()).toBe(count + 1)
    editor.undo()
    expect(editor.document()).toEqual(before)
    return order
  }

  test('takes a node that is put between two others', () => {
    const between = { x: (at('P2').x + at('P3').x) / 2, y: (at('P2').y + at('P3').y) / 2 }
    expect(oneEntry(() => editor.createNode('node', between))).toEqual(['P1', 'P2', 'P5', 'P3', 'P4'])
  })

  test('follows a node that is dragged between two others, when the button is let go', () => {
    const hand = pointer(editor)
    const order = oneEntry(() => {
      const [from, left, bottom] = [at('P1'), at('P4'), at('P3')]
      hand.move(from.x, from.y)
      hand.down(from.x, from.y)
      hand.move(from.x - 60, from.y + 80)
      expect(at('P1')).not.toEqual(from)
      const to = { x: (left.x + bottom.x) / 2 - 20, y: (left.y + bottom.y) / 2 + 20 }
      hand.move(to.x, to.y)
      hand.up(to.x, to.y)
    })
    expect(order).toEqual(['P1', 'P4', 'P2', 'P3'])
  })

  test('leaves no entry for a node that is dragged and goes back to its place', () => {
    const count = entries()
    editor.moveBy(['P1'], 24, -16)
    expect([entries(), at('P1').x]).toEqual([count, at('P3').x])
  })

  test('closes after nodes are deleted, pasted, aligned or moved by keys', () => {
    expect(oneEntry(() => editor.remove(['P2']))).toEqual(['P1', 'P3', 'P4'])
    editor.select(['P1', 'P2'])
    expect(oneEntry(() => editor.clip.duplicate())).toHaveLength(6)
    expect(oneEntry(() => editor.moveBy(['P1'], 0, 800))).toHaveLength(4)
    editor.select(['P1', 'P2', 'P3'])
    editor.arrange.align('top')
    expect(ring()).toHaveLength(4)
  })

  test('keeps the links that stay, with what they say', () => {
    const link = editor.edgesAt('P3').find(({ to }) => to === 'P4')!
    editor.setField(link.id, 'delay', 70)
    editor.remove(['P1'])
    expect(editor.edge(link.id)).toMatchObject({ from: 'P3', to: 'P4', delay: 70 })
  })

  test('is left by a link that is drawn or removed by hand, in one entry, and says so', async () => {
    expect(oneEntry(() => editor.connect('P1', 'P3'))).toBeNull()
    expect(shapeOf(editor)).toBe('ring')
    editor.connect('P1', 'P3')
    expect(shapeOf(editor)).toBe('free')
    expect(editor.model().edges).toHaveLength(5)
    await Promise.resolve()
    expect(said.at(-1)).toBe('The drawing is no longer kept in its shape.')
    editor.undo()
    editor.remove([editor.model().edges[0]!.id])
    expect([shapeOf(editor), editor.model().edges.length]).toEqual(['free', 3])
  })

  test('stays one when a name, a link or a setting changes', () => {
    editor.rename('P1', 'P12')
    editor.setField(editor.model().edges[0]!.id, 'loss', 10)
    editor.whole.setField('Algorithm', 'algorithm', 'ring')
    expect([shapeOf(editor), ring()]).toEqual(['ring', ['P1', 'P2', 'P3', 'P4']])
  })
})

test('two nodes that are linked are not linked again, whichever is drawn first', () => {
  chooseShape(editor, 'free')
  const count = entries()
  const { id, from, to } = editor.model().edges[0]!
  expect(editor.connect(to, from)).toEqual({ id })
  expect([entries(), editor.model().edges.length]).toEqual([count, 4])
  expect(said.at(-1)).toMatch(/link, is there already$/)
})
