// A network as shapes, and what its records may be: everything that matters can be told without colour.
import { describe, expect, test } from 'vitest'
import type { SceneTag } from '../../../../src-main/contract/scene.ts'
import { distributedModel as lab } from '../../../../src-main/labs/distributed/model/index.ts'
import { DistributedModel } from '../../../../src-main/labs/distributed/model/schema.ts'

const layout = { positions: { P1: { x: 0, y: 0 }, P2: { x: 300, y: 0 }, P3: { x: 0, y: 300 } } }

function network(change: Partial<DistributedModel> = {}, nodes: Record<string, object> = {}): DistributedModel {
  return {
    nodes: ['P1', 'P2', 'P3'].map((id) => ({ id, kind: 'node' as const, name: id, ...nodes[id] })),
    edges: [{ id: 'e1', kind: 'link', from: 'P1', to: 'P2' }],
    ...change,
  }
}
const draw = (model: DistributedModel, marks = {}) => lab.picture(model, layout, marks)

describe('a node', () => {
  test('is hatched and says so when it is crashed, and says when it begins', () => {
    const [crashed, begins, plain] = draw(network({}, { P1: { down: true }, P2: { starts: true } })).nodes
    expect(crashed).toMatchObject({ sublabel: 'crashed', mark: 'impossible', outline: 'circle' })
    expect(begins).toMatchObject({ sublabel: 'begins', mark: null })
    expect(plain).toMatchObject({ sublabel: '', mark: null, label: 'P3' })
  })

  test('says what a run says of it, and has the mark that it gives', () => {
    const model = network({ said: { P1: 'leader', P2: '' } }, { P1: { down: true }, P2: { starts: true } })
    const [first, second] = draw(model, { P1: 'free' }).nodes
    expect(first).toMatchObject({ sublabel: 'leader', mark: 'free' })
    // In a run everybody has begun already.
    expect(second?.sublabel).toBe('')
  })

  test('named like a part of every object has its own place and word', () => {
    const nodes = [{ id: 'constructor', kind: 'node' as const, name: 'P1' }]
    const [node] = lab.picture({ nodes, edges: [], said: {} }, { positions: {} }, {}).nodes
    expect(node).toMatchObject({ x: 0, y: 0, sublabel: '', mark: null })
  })
})

describe('a link', () => {
  const edge = (change: object) =>
    draw(network({ edges: [{ id: 'e1', kind: 'link', from: 'P1', to: 'P2', ...change }] })).edges[0]

  test('has no arrow, but in a ring one in the direction of the ring', () => {
    expect(draw(network()).edges[0]).toMatchObject({ arrow: 'none', line: 'solid', label: '' })
    expect(draw(network({ topology: 'ring' })).edges[0]).toMatchObject({ arrow: 'open', from: 'P1', to: 'P2' })
  })

  test('is dashed where it is cut, and says how messages fare on it', () => {
    expect(edge({ cut: true })).toMatchObject({ line: 'dashed', label: 'cut' })
    expect(edge({ delay: 20 })).toMatchObject({ line: 'solid', label: '20 ms' })
    expect(edge({ delay: 20, loss: 10 })?.label).toBe('20 ms, 10 % lost')
    expect(edge({ delay: 0, loss: 0 })?.label).toBe('')
  })
})

describe('messages on their way', () => {
  const send = (id: string, from: string, to: string, done: number, lost = false) => ({
    ...{ id, from, to, text: 'OK', done, lost },
  })
  const tags = (...travelling: ReturnType<typeof send>[]): SceneTag[] => draw(network({ travelling })).tags ?? []

  test('stand between the rims of their two nodes, in the direction in which they go', () => {
    const [start, half, end] = [0, 0.5, 1].map((done, k) => tags(send(`m${k}`, 'P1', 'P2', done))[0]!)
    // At the ends it gives way to the node.
    expect([28 <= start!.x, half!.x, end!.x <= 272]).toEqual([true, 150, true])
    expect(start!.x).toBeLessThan(110)
    expect(end!.x).toBeGreaterThan(190)
    expect(half!.heading).toBe(0)
    expect(tags(send('m', 'P2', 'P3', 0.5))[0]).toMatchObject({ heading: Math.atan2(300, -300) })
  })

  test('leave the word below a node free', () => {
    const travelling = [send('m1', 'P1', 'P3', 0)]
    const top = (tag: SceneTag | undefined): number => (tag?.y ?? 0) - 9
    const plain = draw(network({ travelling })).tags?.[0]
    const worded = draw(network({ travelling, said: { P1: 'passed it on' } })).tags?.[0]
    // The word's letters lie from 36 to 46 below the middle of its node.
    expect(top(plain)).toBeLessThan(46)
    expect(top(worded) >= 46 || Math.abs(worded?.x ?? 0) > 50).toBe(true)
  })

  test('pass each other, and fan out where several are at one place', () => {
    const [there, back] = tags(send('a', 'P1', 'P2', 0.5), send('b', 'P2', 'P1', 0.5)) as [SceneTag, SceneTag]
    expect(there.x).toBeCloseTo(back.x)
    expect(Math.abs(there.y - back.y)).toBeGreaterThanOrEqual(20)
    const boxes = tags(...Array.from({ length: 12 }, (_, k) => send(`m${k}`, k % 2 === 0 ? 'P1' : 'P3', 'P2', 0.5)))
    for (const [k, one] of boxes.entries()) {
      for (const other of boxes.slice(k + 1)) {
        // "OK" is painted about 28 wide and 18 high.
        expect(Math.abs(one.x - other.x) >= 28 || Math.abs(one.y - other.y) >= 18).toBe(true)
      }
    }
  })

  test('are as many as there are, also where no picture could keep them apart', () => {
    const many = tags(...Array.from({ length: 2_000 }, (_, k) => send(`m${k}`, 'P1', 'P2', 0.5)))
    expect(many).toHaveLength(2_000)
  })

  test('say when they are lost, and there are none where nothing travels', () => {
    expect(tags(send('a', 'P1', 'P2', 0.5, true))[0]).toMatchObject({ lost: true, text: 'OK', id: 'a' })
    expect(draw(network()).tags).toBeUndefined()
  })
})

describe('a divided network', () => {
  test('has a titled region around the nodes of each part', () => {
    const { regions = [], nodes } = draw(network({}, { P2: { part: 2 }, P3: { part: 1 } }))
    expect(regions.map(({ text }) => text)).toEqual(['part 1', 'part 2'])
    for (const [part, inside] of [['part 1', ['P1', 'P3']] as const, ['part 2', ['P2']] as const]) {
      const region = regions.find(({ text }) => text === part)!
      const within = nodes.filter(
        ({ x, y, width }) =>
          x - width / 2 >= region.x &&
          x + width / 2 <= region.x + region.width &&
          y - width / 2 >= region.y &&
          y + width / 2 <= region.y + region.height,
      )
      expect(within.map(({ id }) => id)).toEqual(inside)
    }
  })

  test('has several regions for a part that others stand between, none with a node of another part', () => {
    const parts = [1, 2, 1, 2, 1, 1]
    const nodes = parts.map((part, k) => ({ id: `P${k}`, kind: 'node' as const, name: `P${k}`, part }))
    const positions = Object.fromEntries(parts.map((_, k) => [`P${k}`, { x: 130 * k, y: 0 }]))
    const { regions = [] } = lab.picture({ nodes, edges: [] }, { positions }, {})
    expect(regions.map(({ text }) => text).sort()).toEqual(['part 1', 'part 1', 'part 1', 'part 2', 'part 2'])
    for (const { x, width, text } of regions) {
      const held = nodes.filter((_, k) => 130 * k + 28 > x && 130 * k - 28 < x + width)
      expect(new Set(held.map(({ part }) => `part ${part}`))).toEqual(new Set([text]))
    }
    expect(new Set(regions.map(({ id }) => id)).size).toBe(5)
  })

  test('has none while all nodes are in one part', () => {
    expect(draw(network({}, { P1: { part: 3 }, P2: { part: 3 }, P3: { part: 3 } })).regions).toBeUndefined()
  })
})

describe('records', () => {
  const told = (change: Partial<DistributedModel>): string[] =>
    lab.faults(network(change)).map(({ path, message }) => `${path.join('.')}: ${message}`)
  const link = (id: string, from: string, to: string) => ({ id, kind: 'link' as const, from, to })

  test('that cannot be are told with their place', () => {
    expect(told({})).toEqual([])
    expect(told({ edges: [link('e1', 'P1', 'P9')] })[0]).toMatch(/^edges\.0\.to: .*P9/)
    expect(told({ edges: [link('e1', 'P1', 'P1')] })[0]).toMatch(/^edges\.0: /)
    expect(told({ edges: [link('e1', 'P1', 'P2'), link('e2', 'P2', 'P1')] })[0]).toMatch(/^edges\.1: .*e2.*e1/)
    expect(told({ edges: [link('P1', 'P1', 'P2')] })[0]).toMatch(/^edges\.0\.id: /)
  })

  test('made by the editor fit the schema, and a node cannot be linked to itself', () => {
    const [kind] = lab.nodeKinds
    const node = { ...kind?.defaults, id: 'P1', kind: 'node', name: 'P1' }
    expect(DistributedModel.safeParse({ nodes: [node], edges: [] }).success).toBe(true)
    expect(lab.connect(node, node)).toMatchObject({ refused: expect.stringContaining('P1') as string })
    expect(lab.connect(node, { ...node, id: 'P2' })).toEqual({ kind: 'link' })
  })
})
