// Places in a run that moves things from box to box: nothing lies on anything else, and what was not concerned stays.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Layout } from '@contract/document.ts'
import { topologyModel } from '@labs/topology/model/index.ts'
import { TopologyModel } from '@labs/topology/model/schema.ts'
import { boxOf, inside, overlap } from '@page/editor/geometry.ts'
import { runPlaces } from '@page/editor/nesting/run-places.ts'

const sample = JSON.parse(
  readFileSync(new URL('../../../src-main/labs/topology/samples/where-it-goes.interlock', import.meta.url), 'utf8'),
) as { model: unknown; layout: Layout }
const model = TopologyModel.parse(sample.model)
const pods = model.nodes.filter(({ kind }) => kind === 'pod').map(({ id }) => id)
const nodes = model.nodes.filter(({ kind }) => kind === 'node').map(({ id }) => id)

test('however pods go to nodes, boxes hold what lies in them and lie on nothing else', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...nodes), { minLength: pods.length, maxLength: pods.length }), (homes) => {
      const parents = new Map(pods.map((id, index) => [id, homes[index]!]))
      const shown = {
        ...model,
        nodes: model.nodes.map((node) => (parents.has(node.id) ? { ...node, parent: parents.get(node.id) } : node)),
      } as typeof model
      const scene = topologyModel.picture(shown, runPlaces(topologyModel, model, sample.layout, shown), {})
      const rects = new Map(scene.nodes.map((node) => [node.id, boxOf(node)]))
      for (const a of shown.nodes) {
        const box = rects.get(String(a.parent ?? ''))
        if (box !== undefined) expect(inside(rects.get(a.id)!, box), `${a.id} in its box`).toBe(true)
        for (const b of shown.nodes) {
          if (a.id >= b.id || a.parent !== b.parent) continue
          expect(overlap(rects.get(a.id)!, rects.get(b.id)!), `${a.id} on ${b.id}`).toBe(false)
        }
      }
    }),
    { numRuns: 100 },
  )
})

test('a run that moves nothing leaves every place as it is', () => {
  const same = { ...model, nodes: model.nodes.map((node) => ({ ...node })) } as typeof model
  expect(runPlaces(topologyModel, model, sample.layout, same)).toBe(sample.layout)
})
