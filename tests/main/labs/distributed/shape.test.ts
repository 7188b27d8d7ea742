// A drawing that declares a topology is kept in it. What the shapes are is told by their links alone, in the test's own way.
import { readFileSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Layout } from '../../../../src-main/contract/document.ts'
import { gridOf, ringOf } from '../../../../src-main/labs/distributed/model/rings-and-grids.ts'
import type { DistributedModel, Topology } from '../../../../src-main/labs/distributed/model/schema.ts'
import { shaped } from '../../../../src-main/labs/distributed/model/shape.ts'

interface Drawn {
  model: DistributedModel
  layout: Layout
}

const place = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) })

function drawn(topology: Topology, places: readonly { x: number; y: number }[]): Drawn {
  const nodes = places.map((_, index) => ({ id: `n${index}`, kind: 'node' as const, name: `P${index}` }))
  return {
    model: { nodes, edges: [], topology },
    layout: { positions: Object.fromEntries(places.map((at, index) => [`n${index}`, at])) },
  }
}

const keep = ({ model, layout }: Drawn): Drawn => shaped(model, layout) ?? { model, layout }

const degrees = ({ nodes, edges }: DistributedModel): number[] =>
  nodes.map(({ id }) => edges.filter(({ from, to }) => from === id || to === id).length).sort((a, b) => a - b)

const topologies: Topology[] = ['ring', 'line', 'grid', 'star', 'tree', 'mesh']

describe.each(topologies)('%s', (topology) => {
  test('stands still once it is in its shape, and loses no node', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(place, { minLength: 1, maxLength: 14, selector: ({ x, y }) => `${x} ${y}` }),
        (places) => {
          const first = keep(drawn(topology, places))
          expect(shaped(first.model, first.layout)).toBeNull()
          expect(first.model.nodes).toHaveLength(places.length)
          expect(new Set(Object.values(first.layout.positions).map(({ x, y }) => `${x} ${y}`)).size).toBe(places.length)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('has the links of its shape', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(place, { minLength: 3, maxLength: 14, selector: ({ x, y }) => `${x} ${y}` }),
        (places) => {
          const { model } = keep(drawn(topology, places))
          const n = places.length
          const found = degrees(model)
          if (topology === 'ring') expect(ringOf(model)).toHaveLength(n)
          if (topology === 'line') expect(found).toEqual([1, 1, ...Array<number>(n - 2).fill(2)])
          if (topology === 'star') expect(found).toEqual([...Array<number>(n - 1).fill(1), n - 1].sort((a, b) => a - b))
          if (topology === 'mesh') expect(found).toEqual(Array<number>(n).fill(n - 1))
          if (topology === 'tree') expect(model.edges).toHaveLength(n - 1)
          const columns = Math.round(Math.sqrt(n))
          if (topology === 'grid' && n % columns === 0) expect(gridOf(model)).not.toBeNull()
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('a ring', () => {
  const ring = keep(
    drawn(
      'ring',
      [0, 1, 2, 3, 4, 5, 6, 7].map((k) => ({
        x: Math.round(400 + 170 * Math.sin((k * Math.PI) / 4)),
        y: Math.round(300 - 170 * Math.cos((k * Math.PI) / 4)),
      })),
    ),
  )

  test('takes a node that is dropped between two others in between them', () => {
    for (let k = 0; k < 8; k += 1) {
      const [a, b] = [ring.layout.positions[`n${k}`]!, ring.layout.positions[`n${(k + 1) % 8}`]!]
      const model = { ...ring.model, nodes: [...ring.model.nodes, { id: 'new', kind: 'node' as const, name: 'P9' }] }
      const positions = { ...ring.layout.positions, new: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } }
      const order = ringOf(keep({ model, layout: { positions } }).model)!
      const at = order.indexOf('new')
      expect([order[(at + 8) % 9], order[(at + 1) % 9]].sort()).toEqual([`n${k}`, `n${(k + 1) % 8}`].sort())
    }
  })

  /** a ring of so many in its place */
  const standing = (count: number): Drawn =>
    keep(
      drawn(
        'ring',
        Array.from({ length: count }, (_, k) => ({
          x: Math.round(400 + 170 * Math.sin((2 * k * Math.PI) / count)),
          y: Math.round(300 - 170 * Math.cos((2 * k * Math.PI) / count)),
        })),
      ),
    )
  /** the places beside one in the order of a ring, sorted */
  const beside = (model: DistributedModel, id: string): string[] => {
    const order = ringOf(model)!
    const at = order.indexOf(id)
    return [order.at(at - 1)!, order[(at + 1) % order.length]!].sort()
  }
  const awayFrom = ({ layout }: Drawn, slot: number, count: number, far: number): { x: number; y: number } => {
    const middle = Object.values(layout.positions).reduce(
      (sum, { x, y }) => ({ x: sum.x + x / count, y: sum.y + y / count }),
      { x: 0, y: 0 },
    )
    const [angle, radius] = [(2 * Math.PI * slot) / count, Math.max(150, 65 / Math.sin(Math.PI / count)) * far]
    return {
      x: Math.round(middle.x + radius * Math.sin(angle)),
      y: Math.round(middle.y - radius * Math.cos(angle)),
    }
  }

  test('takes a node between two others also when it is dropped far outside or well inside of them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 12 }),
        fc.nat(11),
        fc.double({ min: -0.3, max: 0.3, noNaN: true }),
        fc.double({ min: 0.4, max: 6, noNaN: true }),
        (count, which, aside, far) => {
          const before = standing(count)
          const k = which % count
          const positions = {
            ...before.layout.positions,
            new: awayFrom(before, k + 0.5 + aside, count, far),
          }
          const nodes = [...before.model.nodes, { id: 'new', kind: 'node' as const, name: 'P99' }]
          const { model } = keep({ model: { ...before.model, nodes }, layout: { positions } })
          expect(beside(model, 'new')).toEqual([`n${k}`, `n${(k + 1) % count}`].sort())
        },
      ),
    )
  })

  test('gives a node that is dragged elsewhere its new place, and the others stay in order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 12 }),
        fc.nat(11),
        fc.nat(11),
        fc.double({ min: 0.8, max: 5, noNaN: true }),
        (count, which, where, far) => {
          const before = standing(count)
          const [moved, k] = [which % count, where % count]
          fc.pre(k !== moved && (k + 1) % count !== moved)
          const positions = {
            ...before.layout.positions,
            [`n${moved}`]: awayFrom(before, k + 0.5, count, far),
          }
          const { model } = keep({ model: before.model, layout: { positions } })
          expect(beside(model, `n${moved}`)).toEqual([`n${k}`, `n${(k + 1) % count}`].sort())
          const rest = model.nodes.map(({ id }) => id).filter((id) => id !== `n${moved}`)
          const order = ringOf(model)!.filter((id) => rest.includes(id))
          const start = order.indexOf(rest[0]!)
          expect([...order.slice(start), ...order.slice(0, start)]).toEqual(rest)
        },
      ),
    )
  })

  test('stays where it is when one node is dragged far away and comes back to its place', () => {
    const positions = { ...ring.layout.positions, n2: { x: 2400, y: 310 } }
    expect(keep({ model: ring.model, layout: { positions } }).layout).toEqual(ring.layout)
  })

  test('stays as large as it was drawn while nodes change places', () => {
    const large = drawn(
      'ring',
      [0, 1, 2, 3, 4, 5, 6, 7].map((k) => ({
        x: Math.round(400 + 240 * Math.sin((k * Math.PI) / 4)),
        y: Math.round(300 - 240 * Math.cos((k * Math.PI) / 4)),
      })),
    )
    const edges = ring.model.edges
    const positions = { ...large.layout.positions, n0: { x: 700, y: 310 } }
    const { layout } = keep({ model: { ...large.model, edges }, layout: { positions } })
    expect(Math.hypot(layout.positions['n4']!.x - 400, layout.positions['n4']!.y - 300)).toBeGreaterThan(235)
    expect(shaped({ ...large.model, edges }, large.layout)).toBeNull()
  })

  test('begins clockwise, whichever of its first two nodes the first link leads from', () => {
    const places = [
      { x: 0, y: 0 },
      { x: 100, y: 100 },
      { x: -100, y: 100 },
    ]
    for (const [from, to] of [
      ['n0', 'n1'],
      ['n1', 'n0'],
    ] as const) {
      const three = drawn('ring', places)
      const edges = [{ id: 'e1', kind: 'link' as const, from, to }]
      expect(ringOf(keep({ ...three, model: { ...three.model, edges } }).model)).toEqual(['n0', 'n1', 'n2'])
    }
  })

  test('keeps the sense in which it was drawn when a node comes in', () => {
    const edges = ring.model.edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from }))
    const nodes = [...ring.model.nodes, { id: 'new', kind: 'node' as const, name: 'P9' }]
    const positions = { ...ring.layout.positions, new: { x: 480, y: 130 } }
    const { model } = keep({ model: { ...ring.model, nodes, edges }, layout: { positions } })
    expect(ringOf(model)).toEqual(['n0', 'n7', 'n6', 'n5', 'n4', 'n3', 'n2', 'n1', 'new'])
  })

  test('closes the gap when a node is removed, and keeps what the other links say', () => {
    const edges = ring.model.edges.map((edge) => (edge.from === 'n0' ? { ...edge, delay: 70 } : edge))
    const nodes = ring.model.nodes.filter(({ id }) => id !== 'n4')
    const left = edges.filter(({ from, to }) => from !== 'n4' && to !== 'n4')
    const positions = Object.fromEntries(Object.entries(ring.layout.positions).filter(([id]) => id !== 'n4'))
    const { model } = keep({ model: { ...ring.model, nodes, edges: left }, layout: { positions } })
    expect(ringOf(model)).toEqual(['n0', 'n1', 'n2', 'n3', 'n5', 'n6', 'n7'])
    expect(model.edges.find(({ from }) => from === 'n0')).toMatchObject({ to: 'n1', delay: 70 })
  })

  test('a link that is turned to follow the others stays as quick in each direction', () => {
    const edges = ring.model.edges.map((edge) =>
      edge.from === 'n2' ? { ...edge, from: 'n3', to: 'n2', delay: 5, back: 25 } : edge,
    )
    const { model } = keep({ ...ring, model: { ...ring.model, edges } })
    expect(model.edges.find(({ from }) => from === 'n2')).toMatchObject({ to: 'n3', delay: 25, back: 5 })
  })

  test('keeps the direction in which it was drawn', () => {
    const edges = ring.model.edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from }))
    expect(shaped({ ...ring.model, edges }, ring.layout)).toBeNull()
  })
})

describe('shapes told from links', () => {
  test('a ring is found in whatever order its links stand, and two rings are none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 12 }), fc.infiniteStream(fc.nat()), (n, chance) => {
        const ids = Array.from({ length: n }, (_, k) => ({ k, by: chance.next().value as number }))
        const order = [...ids].sort((a, b) => a.by - b.by || a.k - b.k).map(({ k }) => `n${k}`)
        const nodes = ids.map(({ k }) => ({ id: `n${k}`, kind: 'node' as const, name: `P${k}` }))
        const edges = order
          .map((id, k) => ({ id: `e${k}`, kind: 'link' as const, from: id, to: order[(k + 1) % n]! }))
          .sort((a, b) => (a.from < b.from ? -1 : 1))
        const found = ringOf({ nodes, edges })!
        const start = order.indexOf('n0')
        expect(found).toEqual([...order.slice(start), ...order.slice(0, start)])
        expect(ringOf({ nodes, edges: edges.slice(1) })).toBeNull()
      }),
    )
    const two = ['a', 'b', 'c', 'd', 'e', 'f']
    const links = [0, 1, 2].flatMap((k) => [
      { id: `x${k}`, kind: 'link' as const, from: two[k]!, to: two[(k + 1) % 3]! },
      { id: `y${k}`, kind: 'link' as const, from: two[3 + k]!, to: two[3 + ((k + 1) % 3)]! },
    ])
    expect(ringOf({ nodes: two.map((id) => ({ id, kind: 'node' as const, name: id })), edges: links })).toBeNull()
  })

  test('a grid is found whatever its nodes are called, and one link less or more is none', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 2, max: 5 }),
        fc.infiniteStream(fc.nat()),
        (rows, columns, chance) => {
          const cells = Array.from({ length: rows * columns }, (_, k) => ({ k, by: chance.next().value as number }))
          const nodes = [...cells]
            .sort((a, b) => a.by - b.by || a.k - b.k)
            .map(({ k }) => ({ id: `n${k}`, kind: 'node' as const, name: `P${k}` }))
          const links = cells.flatMap(({ k }) => [
            ...((k + 1) % columns === 0 ? [] : [[k, k + 1]]),
            ...(k + columns >= rows * columns ? [] : [[k, k + columns]]),
          ])
          const shuffled = links
            .map(([a, b]) => ({
              ends: (chance.next().value as number) % 2 === 0 ? [a, b] : [b, a],
              by: chance.next().value as number,
            }))
            .sort((a, b) => a.by - b.by)
          const edges = shuffled.map(({ ends: [a, b] }, k) => ({
            id: `e${k}`,
            kind: 'link' as const,
            from: `n${a}`,
            to: `n${b}`,
          }))
          const grid = gridOf({ nodes, edges })!
          expect([grid.rows, grid.columns].sort()).toEqual([rows, columns].sort())
          for (const { from, to } of edges) {
            const [a, b] = [grid.places.get(from)!, grid.places.get(to)!]
            expect(Math.abs(a.row - b.row) + Math.abs(a.column - b.column)).toBe(1)
          }
          // A square that lacks a side is a line, which is a grid of one row.
          if (rows * columns !== 4) expect(gridOf({ nodes, edges: edges.slice(1) })).toBeNull()
        },
      ),
    )
  })
})

describe('other shapes', () => {
  const grid = keep(
    drawn(
      'grid',
      Array.from({ length: 9 }, (_, k) => ({ x: 130 * (k % 3), y: 130 * Math.floor(k / 3) })),
    ),
  )

  test('a grid takes a node where it would be read, and moves the ones after it on', () => {
    const nodes = [...grid.model.nodes, { id: 'new', kind: 'node' as const, name: 'P9' }]
    const positions = { ...grid.layout.positions, new: { x: 70, y: 145 } }
    const { layout } = keep({ model: { ...grid.model, nodes }, layout: { positions } })
    const [first, fresh, pushed] = ['n3', 'new', 'n4'].map((id) => layout.positions[id]!)
    expect([fresh!.y, pushed!.y]).toEqual([first!.y, first!.y])
    expect([fresh!.x - first!.x, pushed!.x - fresh!.x]).toEqual([130, 130])
    expect(layout.positions['n5']).toEqual({ x: first!.x, y: first!.y + 130 })
  })

  test('a grid has the columns that the drawing says', () => {
    const { model } = keep({ model: { ...grid.model, edges: [], settings: { columns: 9 } }, layout: grid.layout })
    expect(gridOf(model)).toMatchObject({ rows: 1, columns: 9 })
  })

  test('a star keeps its centre while others come, and links keep their ends where direction says nothing', () => {
    const star = keep(
      drawn(
        'star',
        [0, 1, 2, 3, 4].map((k) => ({ x: k * 90, y: (k * k * 37) % 200 })),
      ),
    )
    const hub = star.model.nodes.find(({ id }) => star.model.edges.every(({ from, to }) => from === id || to === id))!
    const edges = star.model.edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from, loss: 5 }))
    const at = star.layout.positions[hub.id]!
    const nodes = [...star.model.nodes, { id: 'new', kind: 'node' as const, name: 'P9' }]
    const positions = { ...star.layout.positions, new: { x: at.x + 40, y: at.y + 10 } }
    const after = keep({ model: { ...star.model, nodes, edges }, layout: { positions } })
    expect(after.layout.positions[hub.id]).toEqual(at)
    expect(after.model.edges.slice(0, 4)).toEqual(expect.arrayContaining(edges))
    expect(after.model.edges).toHaveLength(5)
  })

  test('a mesh that no document could hold is left as it is', () => {
    const many = drawn(
      'mesh',
      Array.from({ length: 250 }, (_, k) => ({ x: k, y: 0 })),
    )
    expect(shaped(many.model, many.layout)).toBeNull()
  })
})

test('every sample that declares a shape stands in it', () => {
  const folder = new URL('../../../../src-main/labs/distributed/samples/', import.meta.url)
  const declared = readdirSync(folder)
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Drawn)
    .filter(({ model }) => model.topology !== undefined)
  expect(declared.length).toBeGreaterThan(0)
  for (const { model, layout } of declared) expect(shaped(model, layout)).toBeNull()
})
