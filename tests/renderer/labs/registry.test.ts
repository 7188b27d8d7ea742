// The labs of the page and the labs of the host are the same labs with the same models.
import { describe, expect, test } from 'vitest'
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, type DocumentEnvelope } from '@contract/document.ts'
import { labs } from '@labs/index.ts'
import { Editor } from '@page/editor/editor.ts'
import { labPages } from '@page/labs/index.ts'

test('page and host list the same labs in the same order', () => {
  expect(labPages.map(({ id }) => id)).toEqual(labs.map(({ id }) => id))
})

describe.each(labs.map((lab) => ({ id: lab.id, lab })))('the page of $id', ({ id, lab }) => {
  const page = labPages.find((entry) => entry.id === id)?.load()

  test('shares the model with the engine', async () => {
    expect((await page)?.id).toBe(id)
    expect((await page)?.model).toBe(lab.model)
  })

  test('has an icon for each kind of node, an invitation, and help with a title and text', async () => {
    const { nodeIcons, invitation, help, panels } = (await page) ?? {
      nodeIcons: {},
      invitation: '',
      help: [],
      panels: [],
    }
    expect(Object.keys(nodeIcons).sort()).toEqual(lab.model.nodeKinds.map(({ kind }) => kind).sort())
    expect(invitation).not.toBe('')
    expect(help.length).toBeGreaterThan(0)
    for (const entry of help) expect(entry.title.length * entry.body.length).toBeGreaterThan(0)
    const offered = [...lab.samples, ...(lab.exercises ?? []).map((exercise) => exercise.id)]
    for (const entry of help) expect(offered).toEqual(expect.arrayContaining([...(entry.see ?? [])]))
    for (const list of [help, panels]) expect(new Set(list.map((entry) => entry.id)).size).toBe(list.length)
  })

  test('gives the commands of a drawing ids of their own', () => {
    const document: DocumentEnvelope = {
      format: DOCUMENT_FORMAT,
      version: DOCUMENT_VERSION,
      lab: id,
      title: '',
      model: { nodes: [], edges: [] },
      layout: { positions: {} },
      notes: [],
    }
    const ids = new Editor({ model: lab.model, document }).commands().map((command) => command.id)
    expect(ids.filter((one, place) => ids.indexOf(one) !== place)).toEqual([])
  })
})
