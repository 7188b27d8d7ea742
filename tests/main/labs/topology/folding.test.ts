// Boxes that are folded up: what they hide, where lines go, what is still seen of trouble inside, and that nothing of what
// the drawing means has changed.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { topology } from '../../../../src-main/labs/topology/index.ts'
import { topologyModel } from '../../../../src-main/labs/topology/model/index.ts'
import { TopologyModel } from '../../../../src-main/labs/topology/model/schema.ts'
import { tidied } from '../../../../src-main/labs/topology/model/tidy.ts'
import { verdict } from '../../../../src-main/labs/topology/verdict.ts'

const load = (id: string): TopologyModel => {
  const url = new URL(`../../../../src-main/labs/topology/samples/${id}.interlock`, import.meta.url)
  return TopologyModel.parse((JSON.parse(readFileSync(url, 'utf8')) as { model: unknown }).model)
}
const folded = (model: TopologyModel, ids: ReadonlySet<string>): TopologyModel => ({
  ...model,
  nodes: model.nodes.map((node) => (ids.has(node.id) ? { ...node, folded: true } : node)),
})

test('a folded box shows how much lies in it, and lines that went inside go to it', () => {
  const model = load('vsphere')
  const hosts = new Set(model.nodes.filter(({ kind }) => kind === 'host').map(({ id }) => id))
  const scene = topologyModel.picture(folded(model, hosts), tidied(model.nodes), {})
  const shown = new Set(scene.nodes.map(({ id }) => id))
  expect(scene.nodes.filter(({ id }) => hosts.has(id)).map(({ sublabel }) => sublabel)).toEqual([
    '3 inside',
    '3 inside',
  ])
  expect(shown.size).toBe(model.nodes.length - 6)
  for (const { from, to } of scene.edges) expect([shown.has(from), shown.has(to)]).toEqual([true, true])
})

test('trouble inside is seen on the box', () => {
  const model = load('hosted-on-hardware')
  const host = model.nodes.find(({ kind }) => kind === 'host')!
  const { marks } = verdict(model)
  expect(marks[host.id]).toBeUndefined()
  const scene = topologyModel.picture(folded(model, new Set([host.id])), tidied(model.nodes), marks)
  expect(scene.nodes).toHaveLength(1)
  expect(scene.nodes[0]?.mark).toBe('impossible')
})

test.each(topology.samples)(
  'in %s, whatever is folded: the verdict stays, lines end at what is shown, nothing overlaps',
  (id) => {
    const model = load(id)
    const boxes = model.nodes.map((node) => node.id)
    fc.assert(
      fc.property(fc.subarray(boxes), (ids) => {
        const one = folded(model, new Set(ids))
        expect(verdict(one).sentence).toBe(verdict(model).sentence)
        expect(TopologyModel.safeParse(one).success).toBe(true)
        const layout = tidied(one.nodes)
        expect(Object.keys(layout.positions)).toHaveLength(model.nodes.length)
        const scene = topologyModel.picture(one, layout, {})
        const rects = new Map(scene.nodes.map((node) => [node.id, node]))
        for (const { from, to } of scene.edges) expect(rects.has(from) && rects.has(to)).toBe(true)
        for (const a of scene.nodes) {
          for (const b of scene.nodes) {
            const siblings =
              model.nodes.find((node) => node.id === a.id)?.parent ===
              model.nodes.find((node) => node.id === b.id)?.parent
            if (a.id >= b.id || !siblings) continue
            const clear =
              Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2
            expect(clear, `${a.id} and ${b.id}`).toBe(true)
          }
        }
      }),
      { numRuns: 25 },
    )
  },
)
