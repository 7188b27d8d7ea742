// The editor's commands: one for each kind of node, no key twice, and only what is possible is offered.
import { describe, expect, it } from 'vitest'
import type { Editor } from '@page/editor/editor.ts'
import { shelf } from '@page/editor/shelf.ts'
import { open } from './fixture-lab.ts'

const command = (editor: Editor, id: string) => {
  const found = editor.commands().find((candidate) => candidate.id === id)
  if (found === undefined) throw new Error(`no command ${id}`)
  return found
}
const run = (editor: Editor, id: string): void => void command(editor, id).run()

describe('commands', () => {
  it('have ids and keys of their own', () => {
    const all = open().commands()
    const keys = all.flatMap((each) => each.keys.map((key) => key.toLowerCase()))
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('create each kind of node of the lab with the lab’s key', () => {
    const editor = open()
    expect(command(editor, 'draw.create-pot').keys).toEqual(['O'])
    run(editor, 'draw.create-pot')
    expect(editor.node('P3')?.kind).toBe('pot')
  })

  it('are offered only when they can do something', () => {
    const editor = open()
    const offered = (): string[] => editor.commands().flatMap((each) => (each.when() ? [each.id] : []))
    expect(offered()).not.toContain('edit.undo')
    expect(offered()).not.toContain('edit.delete')
    editor.select(['C1'])
    expect(offered()).toEqual(expect.arrayContaining(['edit.delete', 'edit.rename', 'draw.connect', 'edit.copy']))
    editor.readOnly = true
    expect(offered()).toEqual(expect.arrayContaining(['edit.copy', 'view.fit']))
    expect(offered()).not.toEqual(expect.arrayContaining(['edit.delete']))
  })

  it('move by the grid, far with Shift', () => {
    const editor = open()
    editor.select(['C1'])
    run(editor, 'edit.move-right')
    run(editor, 'edit.move-far-down')
    expect(editor.layout().positions['C1']).toEqual({ x: 108, y: 140 })
    expect(editor.history()).toHaveLength(2)
  })

  it('copy and paste within the window without the system’s clipboard', () => {
    const editor = open()
    editor.select(['C1'])
    run(editor, 'edit.copy')
    expect(shelf.text).toContain('C1')
    run(editor, 'edit.paste')
    expect(editor.model().nodes).toHaveLength(5)
  })

  it('go from node to node in the order of ids and say where they are', () => {
    const editor = open()
    const said: string[] = []
    editor.onSay((text) => said.push(text))
    run(editor, 'go.next-node')
    run(editor, 'go.next-node')
    expect([...editor.selection()]).toEqual(['C2'])
    run(editor, 'go.previous-node')
    run(editor, 'go.previous-node')
    expect([...editor.selection()]).toEqual(['P2'])
    expect(said).toEqual([
      'C1, cup, 1 connection',
      'C2, cup, 0 connections',
      'C1, cup, 1 connection',
      'P2, pot, 0 connections',
    ])
  })
})
