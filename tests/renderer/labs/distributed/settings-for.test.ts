// Settings when another algorithm is chosen: what means the same stays, everything else is as usual again.
import { expect, test } from 'vitest'
import type { DocumentEnvelope } from '@contract/document.ts'
import { algorithmOf, algorithms } from '@labs/distributed/algorithms/index.ts'
import { distributedModel } from '@labs/distributed/model/index.ts'
import { Editor } from '@page/editor/editor.ts'
import { settingsFor } from '@page/labs/distributed/settings-for.ts'

const algorithm = (settings: Record<string, string>) => ({
  settings: Object.entries(settings).map(([key, label]) => ({
    key,
    label,
    unit: '',
    min: 0,
    max: 9,
    usual: 1,
    hint: '',
  })),
})
const bully = algorithm({ timeout: 'Waits for an answer', notice: 'Notices a crash after' })
const beats = algorithm({ timeout: 'Waits for an answer', every: 'Beats every' })
const remote = algorithm({ timeout: 'Tries again after' })

test('what means the same in both stays as it was set', () => {
  expect(settingsFor({ timeout: 7, notice: 3 }, bully, beats)).toEqual({ timeout: 7 })
})

test('a key that means something else is as usual again', () => {
  expect(settingsFor({ timeout: 7 }, bully, remote)).toBeUndefined()
})

test('what neither of them knows goes, and nothing at all needs no field', () => {
  expect(settingsFor({ other: 1 }, bully, beats)).toBeUndefined()
  expect(settingsFor(undefined, bully, beats)).toBeUndefined()
  expect(settingsFor({ timeout: 7 }, undefined, beats)).toBeUndefined()
})

test('what the shape of the drawing reads stays, whatever is chosen', () => {
  expect(settingsFor({ columns: 4, notice: 3 }, bully, remote)).toEqual({ columns: 4 })
  expect(settingsFor({ columns: 4, timeout: 7 }, undefined, beats)).toEqual({ columns: 4 })
})

test('of all algorithms, none is left with a setting that it does not know or that counts something else', () => {
  for (const from of algorithms) {
    const all = Object.fromEntries(from.settings.map(({ key, max }) => [key, max]))
    for (const to of algorithms) {
      for (const key of Object.keys(settingsFor(all, from, to) ?? {})) {
        const [before, after] = [from, to].map(({ settings }) => settings.find((setting) => setting.key === key))
        const said = [after?.label, after?.unit, after?.hint]
        expect(said, `${key}: ${from.id} to ${to.id}`).toEqual([before?.label, before?.unit, before?.hint])
      }
    }
  }
})

test('elections share how long a node waits for word; what only one of them knows goes', () => {
  const said = settingsFor({ timeout: 7, result: 9 }, algorithmOf('bully'), algorithmOf('ring'))
  expect(said).toEqual({ timeout: 7 })
  expect(settingsFor(said, algorithmOf('ring'), algorithmOf('retry'))).toBeUndefined()
})

test('the choice and its settings are one entry that undo takes back', () => {
  const model = { nodes: [], edges: [], algorithm: 'bully', settings: { timeout: 7 } }
  const layout = { positions: {} }
  const document = {
    format: 'interlock',
    version: 1,
    lab: 'distributed',
    title: 'N',
    model,
    layout,
    notes: [],
  } as const
  const editor = new Editor({ model: distributedModel, document: document as unknown as DocumentEnvelope })
  const before = editor.history().length
  const settings = settingsFor(editor.whole.field('settings'), algorithmOf('bully'), algorithmOf('retry'))
  editor.whole.setFields('Other algorithm', { algorithm: 'retry', settings })
  expect(editor.history()).toHaveLength(before + 1)
  expect(editor.model()).toEqual({ nodes: [], edges: [], algorithm: 'retry' })
  editor.undo()
  expect(editor.model()).toEqual(model)
})
