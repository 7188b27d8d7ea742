// The registry of labs against the folders, the samples and the help: what is there is registered and the other way round.
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseDocument, serialiseDocument } from '../../../src-main/contract/document-text.ts'
import type { SceneNode } from '../../../src-main/contract/scene.ts'
import { InterlockError } from '../../../src-main/contract/errors.ts'
import { findLab, labs } from '../../../src-main/labs/index.ts'

const root = new URL('../../../src-main/labs/', import.meta.url)
const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory())

describe('the registry of labs', () => {
  test('names exactly the folders', () => {
    expect(labs.map((lab) => lab.id).sort()).toEqual(folders.map((entry) => entry.name).sort())
    for (const lab of labs) expect(lab.model.id).toBe(lab.id)
  })

  test('refuses an unknown lab by naming the known ones', () => {
    expect(() => findLab('deadlok')).toThrow(InterlockError)
    expect(() => findLab('constructor')).toThrow(/deadlock/)
  })
})

describe.each(labs.map((lab) => [lab.id, lab] as const))('%s', (id, lab) => {
  const samples = readdirSync(new URL(`${id}/samples/`, root))

  test('offers exactly the samples of its folder', () => {
    expect(samples.sort()).toEqual(lab.samples.map((sample) => `${sample}.interlock`).sort())
    expect(lab.samples.length).toBeGreaterThan(0)
  })

  test.each(lab.samples)(
    'sample %s opens without remarks, is written as it would be saved, and has a note',
    (sample) => {
      const text = readFileSync(new URL(`${id}/samples/${sample}.interlock`, root), 'utf8')
      const { document, readOnly, remarks } = parseDocument(text, (known) => (known === id ? lab.model : undefined))
      expect([readOnly, remarks]).toEqual([null, []])
      expect(serialiseDocument(document)).toBe(text)
      expect(document.title).not.toBe('')
      expect(document.notes.map((note) => note.id)).toEqual(['about'])
      const model = lab.model.schema.parse(document.model)
      expect(Object.keys(document.layout.positions).sort()).toEqual(model.nodes.map((node) => node.id).sort())
      // A sample that asks what is wrong has something wrong.
      if (lab.practice?.includes(sample) !== true || lab.model.nesting === undefined) {
        expect(lab.diagnose(model)).toEqual([])
      } else expect(lab.diagnose(model)).not.toEqual([])
    },
  )

  test.each(lab.samples)('sample %s fits a small canvas, with nothing on top of anything', (sample) => {
    const text = readFileSync(new URL(`${id}/samples/${sample}.interlock`, root), 'utf8')
    const { document } = parseDocument(text, () => lab.model)
    const { nodes, edges } = lab.model.picture(lab.model.schema.parse(document.model), document.layout, {})
    const at = new Map(nodes.map((node) => [node.id, node]))
    for (const node of nodes) {
      expect(node.x - node.width / 2).toBeGreaterThanOrEqual(0)
      expect(node.y - node.height / 2).toBeGreaterThanOrEqual(20)
      expect(node.x + node.width / 2).toBeLessThanOrEqual(900)
      expect(node.y + node.height / 2).toBeLessThanOrEqual(520)
      if (lab.model.nesting !== undefined) {
        for (const other of nodes)
          if (other !== node) expect(nestedOrApart(node, other), `${node.id} ${other.id}`).toBe(true)
        continue
      }
      for (const other of nodes) {
        if (other !== node) expect(Math.hypot(node.x - other.x, node.y - other.y)).toBeGreaterThan(100)
      }
      for (const edge of edges) {
        if (edge.from === node.id || edge.to === node.id) continue
        const from = at.get(edge.from)!
        const to = at.get(edge.to)!
        const length = Math.hypot(to.x - from.x, to.y - from.y)
        const along = ((node.x - from.x) * (to.x - from.x) + (node.y - from.y) * (to.y - from.y)) / length
        if (along < 0 || along > length) continue
        const away = Math.abs((to.x - from.x) * (node.y - from.y) - (to.y - from.y) * (node.x - from.x)) / length
        expect(away, `${edge.from} → ${edge.to} past ${node.id}`).toBeGreaterThan(40)
      }
    }
  })

  test('explains every operation with fields and an example that runs', () => {
    for (const operation of Object.values(lab.operations)) {
      expect(operation.summary).toMatch(/\.$/)
      expect(operation.help.length).toBeGreaterThan(2)
      expect(operation.run(operation.input.parse(operation.example.input))).toEqual(operation.example.output)
    }
  })

  test('names its simulations as it registers them, and each can be begun', () => {
    const model = lab.model.schema.parse({ nodes: [], edges: [] })
    for (const [name, simulation] of Object.entries(lab.simulations)) {
      expect(simulation.id).toBe(name)
      expect(simulation.enabled(simulation.init(model, 0))).toEqual([])
    }
  })
})

/** Whether of two boxes one lies in the other whole, or they have nothing in common. */
function nestedOrApart(a: SceneNode, b: SceneNode): boolean {
  const [dx, dy] = [Math.abs(a.x - b.x), Math.abs(a.y - b.y)]
  const apart = dx >= (a.width + b.width) / 2 || dy >= (a.height + b.height) / 2
  const within = dx <= Math.abs(a.width - b.width) / 2 && dy <= Math.abs(a.height - b.height) / 2
  return apart || within
}
