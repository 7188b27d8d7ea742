// The registry of commands with everything in it: a drawing open, a run open.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { commandFor } from '@page/shell/commands/keyboard.ts'
import type { Workbench } from '@page/shell/workbench.svelte.ts'
import type { Command } from '@page/ui/commands.ts'
import { type Rig, rig } from './rig.ts'

/** The first verdict waits for a worker to start, which takes its time on a busy machine. */
const FIRST_VERDICT = { timeout: 10_000 }

let at: Rig
let bench: Workbench
beforeEach(async () => {
  at = rig()
  bench = await at.page()
})
afterEach(() => at.end())

const repeated = (list: string[]): string[] => list.filter((item, index) => list.indexOf(item) !== index)

async function withRun(): Promise<Command[]> {
  const doc = bench.active
  await vi.waitFor(() => expect(doc?.verdict?.simulations.length).toBeGreaterThan(0), FIRST_VERDICT)
  await doc?.startRun(doc.verdict?.simulations[0]?.id ?? '')
  expect(doc?.player).not.toBeNull()
  return bench.commands()
}

describe('the commands', () => {
  it('have ids and keys of their own', async () => {
    const commands = await withRun()
    expect(commands.length).toBeGreaterThan(50)
    expect(repeated(commands.map((command) => command.id))).toEqual([])
    expect(repeated(commands.flatMap((command) => command.keys.map((keys) => keys.toLowerCase())))).toEqual([])
  })

  it('have names that tell them apart', async () => {
    const commands = await withRun()
    expect(repeated(commands.map((command) => `${command.group} ${command.label}`))).toEqual([])
    expect(commands.filter((command) => command.label.trim() === '' || command.label.endsWith('.'))).toEqual([])
  })

  it('create and judge by their keys alone', async () => {
    await bench.newDocument()
    const doc = bench.active
    for (const id of ['draw.create-process', 'draw.create-resource', 'draw.create-process']) bench.runCommand(id)
    await vi.waitFor(() => expect(doc?.verdict?.word).toBe('No deadlock'), FIRST_VERDICT)
    expect(doc?.model.nodes.map((node) => node.id)).toEqual(['P1', 'P2', 'R1'])
  })

  it('of drawings are not offered where a document is none; undoing, files and terminals are', async () => {
    const drawing = bench.commands().map(({ id }) => id)
    await bench.newDocument('namespaces')
    const ids = bench.commands().map(({ id }) => id)
    expect(ids.filter((id) => /^(draw|arrange|run|walkthrough)\./.test(id))).toEqual([])
    for (const id of ['view.side.verdict', 'view.present', 'view.find', 'view.fit', 'file.exportPng', 'edit.delete']) {
      expect(drawing, id).toContain(id)
      expect(ids, id).not.toContain(id)
    }
    expect(ids).toEqual(expect.arrayContaining(['edit.undo', 'file.save', 'file.export', 'view.help', 'file.close']))
    expect(repeated(ids)).toEqual([])
  })

  it('that do not apply do nothing', async () => {
    await bench.newDocument()
    bench.runCommand('edit.delete')
    bench.runCommand('run.next')
    expect([bench.notices.list, bench.active?.canUndo]).toEqual([[], false])
  })
})

class Target {
  readonly #inside: readonly string[]
  constructor(...inside: string[]) {
    this.#inside = inside
  }
  closest(selectors: string): Target | null {
    return this.#inside.some((one) => selectors.split(', ').includes(one)) ? this : null
  }
}

describe('a key', () => {
  const press = (key: string, target: Target, held: Partial<KeyboardEvent> = {}): string | undefined => {
    vi.stubGlobal('HTMLElement', Target)
    const event = { key, target, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held }
    return commandFor(event as unknown as KeyboardEvent, bench.commands())?.id
  }
  const canvas = new Target('[role="application"]')
  const field = new Target('input')
  const button = new Target()

  it('creates a node on the canvas and from a button, but is a letter in a text field', () => {
    expect([canvas, button, field].map((target) => press('p', target))).toEqual([
      'draw.create-process',
      'draw.create-process',
      undefined,
    ])
  })

  it('saves wherever it is pressed', () => {
    const keys = [canvas, button, field].map((target) => press('s', target, { ctrlKey: true }))
    expect(keys).toEqual(['file.save', 'file.save', 'file.save'])
  })

  it('belongs to the control that has the focus', () => {
    bench.active?.editor.selectAll()
    expect(press('ArrowLeft', canvas)).toBe('edit.move-left')
    expect(press('ArrowLeft', button)).toBeUndefined()
    expect(press('Enter', button)).toBeUndefined()
  })
})
