// The page's logic against the real host: what is open, what is saved, and what survives.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { OpenDocument } from '@page/shell/documents/open-document.svelte.ts'
import type { Workbench } from '@page/shell/workbench.svelte.ts'
import { type Rig, rig } from './rig.ts'

/** The first verdict waits for a worker to start, which takes its time on a busy machine. */
const FIRST_VERDICT = { timeout: 10_000 }

let at: Rig
beforeEach(() => {
  at = rig()
})
afterEach(() => at.end())

function active(bench: Workbench): OpenDocument {
  if (bench.active === null) throw new Error('no drawing is open')
  return bench.active
}

/** Answers the dialog that the work opens. */
async function answering<T>(
  bench: Workbench,
  work: Promise<T>,
  answer: (dialog: NonNullable<Workbench['dialog']>) => void,
): Promise<T> {
  await vi.waitFor(() => {
    if (bench.dialog === null) throw new Error('no dialog')
  })
  if (bench.dialog !== null) answer(bench.dialog)
  return work
}

const saveAs = (bench: Workbench, path: string): Promise<boolean> =>
  answering(bench, bench.files.saveAs(active(bench)), (dialog) => {
    if (dialog.kind === 'save') dialog.answer(path)
  })

const names = (doc: OpenDocument): string[] => doc.model.nodes.map((node) => node.name)
const tabs = (bench: Workbench): string[] => bench.documents.map((doc) => `${doc.label}${doc.dirty ? ' *' : ''}`)

describe('the first start', () => {
  it('opens a sample with its verdict, once', async () => {
    const first = await at.page()
    await vi.waitFor(() => expect(active(first).verdict?.word).toBe('Deadlock'), FIRST_VERDICT)
    expect(active(first).dirty).toBe(false)
    await first.sendSettings()
    const second = await at.newTab()
    expect(second.documents).toEqual([])
    expect(second.samples.length).toBeGreaterThan(1)
  })
})

describe('an open drawing', () => {
  it('is unsaved after an edit and saved again when the edit is undone', async () => {
    const bench = await at.page()
    const doc = active(bench)
    doc.editor.createNode('process', { x: 0, y: 0 })
    expect(doc.dirty).toBe(true)
    doc.editor.undo()
    await doc.autosave.flush()
    expect(doc.dirty).toBe(false)
  })

  it('counts a changed title as a change, also on an empty drawing', async () => {
    const bench = await at.page()
    await bench.newDocument()
    const doc = active(bench)
    expect(doc.dirty).toBe(false)
    doc.editor.setTitle('Only a title')
    await doc.autosave.flush()
    expect(doc.dirty).toBe(true)
  })

  it('is written to the file that was named, and asks before it replaces one', async () => {
    const bench = await at.page()
    await saveAs(bench, 'ring.interlock')
    expect(tabs(bench)).toEqual(['ring'])
    const written = readFileSync(join(at.workspace, 'ring.interlock'), 'utf8')
    expect(written).toBe(active(bench).text())

    await bench.newDocument()
    const again = saveAs(bench, 'ring.interlock')
    await vi.waitFor(() => expect(bench.dialog).toMatchObject({ kind: 'overwrite', name: 'ring.interlock' }))
    if (bench.dialog?.kind === 'overwrite') bench.dialog.answer(false)
    expect(await again).toBe(false)
    expect(readFileSync(join(at.workspace, 'ring.interlock'), 'utf8')).toBe(written)
  })

  it('offers three ways out when the file was changed elsewhere, and taking the file can be undone', async () => {
    const bench = await at.page()
    await saveAs(bench, 'shared.interlock')
    const file = join(at.workspace, 'shared.interlock')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"name": "P1"', '"name": "Theirs"'))
    const doc = active(bench)
    const mine = doc.editor.createNode('process', { x: 0, y: 0 })
    expect(await bench.files.save(doc)).toBe(false)
    const notice = bench.notices.list.find((candidate) => candidate.tone === 'problem')
    expect(notice?.actions.map((action) => action.label)).toEqual(['Save a copy', 'Overwrite', 'Take the changed file'])
    expect(readFileSync(file, 'utf8')).not.toContain(`"id": "${mine}"`)

    await notice?.actions[2]?.run()
    expect([doc.editor.node(mine), doc.dirty]).toEqual([undefined, false])
    expect(names(doc)).toContain('Theirs')
    doc.editor.undo()
    expect(doc.editor.node(mine)).toBeDefined()
    expect(await bench.files.save(doc)).toBe(true)
    expect(readFileSync(file, 'utf8')).toBe(doc.text())
  })

  it('is brought to the front instead of being opened twice, and keeps its unsaved work', async () => {
    const bench = await at.page()
    await saveAs(bench, 'one.interlock')
    const doc = active(bench)
    doc.editor.createNode('process', { x: 0, y: 0 })
    await doc.autosave.flush()
    await bench.newDocument()
    await bench.files.openPath('one.interlock')
    expect(bench.active).toBe(doc)
    expect(bench.documents).toHaveLength(2)
    expect(readFileSync(join(at.workspace, '.one.interlock.autosave'), 'utf8')).toBe(doc.text())
  })

  it('says of which file it speaks when a file does not open', async () => {
    const bench = await at.page()
    writeFileSync(join(at.workspace, 'cut.interlock'), '{"format": "interl')
    await bench.guard(() => bench.files.openPath('cut.interlock'))
    expect(bench.notices.list.at(-1)?.text).toMatch(/“cut\.interlock”.*line 1/)
    expect(bench.documents).toHaveLength(1)
  })

  it('asks before unsaved work is closed, and leaves nothing behind when it is given up', async () => {
    const bench = await at.page()
    const doc = active(bench)
    doc.editor.createNode('process', { x: 0, y: 0 })
    await doc.autosave.flush()
    const stay = answering(
      bench,
      bench.closeDocument(doc),
      (dialog) => dialog.kind === 'close' && dialog.answer('cancel'),
    )
    await stay
    expect(bench.documents).toEqual([doc])
    await answering(bench, bench.closeDocument(doc), (dialog) => dialog.kind === 'close' && dialog.answer('discard'))
    expect(bench.documents).toEqual([])
    expect((await at.newTab()).recovered.list).toEqual([])
  })
})

describe('what survives', () => {
  it('a reload: every tab, what is unsaved, and which files they are', async () => {
    const before = await at.page()
    await saveAs(before, 'kept.interlock')
    active(before).editor.createNode('process', { x: 0, y: 0 })
    await before.newDocument()
    active(before).editor.createNode('resource', { x: 0, y: 0 })
    for (const doc of before.documents) await doc.autosave.flush()
    before.remember()
    before.connection.close()

    const after = await at.page()
    expect(tabs(after)).toEqual(['kept *', 'Untitled drawing *'])
    expect(names(active(after))).toEqual(['R1'])
    expect(after.recovered.list).toEqual([])
    const kept = after.documents[0]
    if (kept === undefined) throw new Error('the file is not open')
    expect(await after.files.save(kept)).toBe(true)
    expect(readFileSync(join(at.workspace, 'kept.interlock'), 'utf8')).toBe(kept.text())
  })

  it('the end of the host: the page goes on with its drawings and saves them through the next one', async () => {
    const bench = await at.page()
    await saveAs(bench, 'kept.interlock')
    const doc = active(bench)
    await at.restartHost()
    await vi.waitFor(() => expect(bench.connection.state).toEqual({ kind: 'connected' }))
    const made = doc.editor.createNode('process', { x: 0, y: 0 })
    await vi.waitFor(() => expect(doc.verdict?.marks[made]).toBe('free'), FIRST_VERDICT)
    expect(await bench.files.save(doc)).toBe(true)
    expect(readFileSync(join(at.workspace, 'kept.interlock'), 'utf8')).toContain(`"${made}"`)
  })

  it('the end of host and page: the work is offered, opens unsaved, and is offered no second time', async () => {
    const before = await at.page()
    await before.newDocument()
    active(before).editor.createNode('process', { x: 0, y: 0 })
    for (const doc of before.documents) await doc.autosave.flush()
    before.connection.close()
    await at.restartHost()

    const after = await at.newTab()
    expect(after.dialog).toEqual({ kind: 'recovery' })
    const [item] = after.recovered.list
    if (item === undefined) throw new Error('nothing is offered')
    await after.recovered.open(item)
    expect([names(active(after)), active(after).dirty, after.recovered.list]).toEqual([['P1'], true, []])
    await saveAs(after, 'recovered.interlock')
    await active(after).autosave.flush()
    after.connection.close()
    await at.restartHost()
    expect((await at.newTab()).recovered.list).toEqual([])
    expect(readdirSync(at.workspace).filter((name) => name.endsWith('.autosave'))).toEqual([])
  })
})
