// Putting a ready-made drawing into another one: nothing is lost, nothing lies on anything else, one entry to undo.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { DocumentEnvelope } from '@contract/document.ts'
import { topologyModel } from '@labs/topology/model/index.ts'
import { Editor } from '@page/editor/editor.ts'
import { topologyPage } from '@page/labs/topology/index.ts'

const sample = (id: string): DocumentEnvelope =>
  JSON.parse(
    readFileSync(new URL(`../../../src-main/labs/topology/samples/${id}.interlock`, import.meta.url), 'utf8'),
  ) as DocumentEnvelope
const records = (id: string): { nodes: { name: string }[]; edges: object[] } => sample(id).model as never
const empty: DocumentEnvelope = { ...sample('laptop'), model: { nodes: [], edges: [] }, layout: { positions: {} } }
const templates = (topologyPage.templates ?? []).map(({ id }) => id)

test.each(templates)('%s is put into an empty drawing with all that it holds', (id) => {
  const editor = new Editor({ model: topologyModel, document: structuredClone(empty) })
  const before = editor.history().length
  expect(editor.clip.put(sample(id))).toBe(true)
  expect(editor.model().nodes).toHaveLength(records(id).nodes.length)
  expect(editor.model().edges).toHaveLength(records(id).edges.length)
  const names = (nodes: readonly { name: string }[]): string[] => nodes.map(({ name }) => name).sort()
  expect(names(editor.model().nodes)).toEqual(names(records(id).nodes))
  const chosen = [...editor.selection()].map((one) => editor.model().nodes.find((node) => node.id === one))
  expect(chosen.every((node) => node?.parent === undefined)).toBe(true)
  expect(topologyModel.faults(editor.model() as never)).toEqual([])
  expect(editor.history()).toHaveLength(before + 1)
  editor.undo()
  expect(editor.model().nodes).toEqual([])
})

test('all of them in one drawing lie beside each other', () => {
  const editor = new Editor({ model: topologyModel, document: structuredClone(empty) })
  for (const id of [...templates, ...templates]) editor.clip.put(sample(id))
  const tops = topologyModel
    .picture(editor.model() as never, editor.document().layout, {})
    .nodes.filter(({ id }) => !('parent' in (editor.model().nodes.find((node) => node.id === id) ?? {})))
  const count = templates.flatMap((id) => records(id).nodes).length
  expect(editor.model().nodes).toHaveLength(2 * count)
  for (const [index, a] of tops.entries()) {
    for (const b of tops.slice(index + 1)) {
      const clear = Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2
      expect(clear, `${a.id} and ${b.id}`).toBe(true)
    }
  }
})
