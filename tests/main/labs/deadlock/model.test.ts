// What can be drawn, what is refused, and what the picture of a drawing is.
import { describe, expect, test } from 'vitest'
import { MAX_INSTANCES } from '../../../../src-main/contract/limits.ts'
import { deadlockModel } from '../../../../src-main/labs/deadlock/model/index.ts'
import { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'
import { deepFreeze, draw } from './drawing.ts'

const { connect, merge, faults, picture } = deadlockModel
const process = (id: string) => ({ id, kind: 'process', name: id })
const resource = (id: string) => ({ id, kind: 'resource', name: id, instances: 1 })

describe('connections', () => {
  test('mean what their direction says', () => {
    expect(connect(process('P1'), resource('R1'))).toEqual({ kind: 'request' })
    expect(connect(resource('R1'), process('P1'))).toEqual({ kind: 'assignment' })
  })

  test('between two of a kind are refused with the reason', () => {
    expect(connect(process('P1'), process('P2'))).toHaveProperty('refused', expect.stringContaining('process'))
    expect(connect(resource('R1'), resource('R2'))).toHaveProperty('refused', expect.stringContaining('type'))
    expect(connect(process('P1'), process('P1'))).toEqual({ refused: 'P1 cannot point to itself.' })
  })

  test('made again raise the count, up to the limit', () => {
    const edge = deepFreeze({ id: 'e1', kind: 'request', from: 'P1', to: 'R1', count: 1, own: 'kept' })
    expect(merge(edge)).toEqual({ ...edge, count: 2 })
    expect(merge({ ...edge, count: MAX_INSTANCES })).toHaveProperty('count', MAX_INSTANCES)
  })
})

describe('schema', () => {
  test.each([0, -1, 1.5, MAX_INSTANCES + 1, '1', null])('refuses %j instances or units', (count) => {
    const node = { id: 'R1', kind: 'resource', name: 'R1', instances: count }
    expect(DeadlockModel.safeParse({ nodes: [node], edges: [] }).success).toBe(false)
    const edge = { id: 'e1', kind: 'request', from: 'P1', to: 'R1', count }
    expect(DeadlockModel.safeParse({ nodes: [], edges: [edge] }).success).toBe(false)
  })

  test('keeps fields it does not know', () => {
    const model = { nodes: [{ ...process('P1'), colour: 'red' }], edges: [], extra: 1 }
    expect(DeadlockModel.parse(model)).toEqual(model)
  })
})

describe('faults', () => {
  const places = (model: DeadlockModel): string[] => faults(model).map((fault) => fault.path.join('.'))

  test('are none in a sound drawing', () => {
    expect(faults(draw(['P1'], { R1: 1 }, ['P1>R1', 'R1>P1']))).toEqual([])
  })

  test('name the place of a missing end, a wrong direction, a repeated id and parallel edges', () => {
    const sound = draw(['P1', 'P2'], { R1: 2 }, ['P1>R1', 'R1>P2'])
    const [asks, holds] = sound.edges
    expect(places({ ...sound, edges: [{ ...asks!, to: 'R7' }] })).toEqual(['edges.0.to'])
    expect(places({ ...sound, edges: [{ ...asks!, from: 'R1', to: 'P1' }] })).toEqual(['edges.0.from', 'edges.0.to'])
    expect(places({ ...sound, edges: [asks!, { ...holds!, id: 'P1' }] })).toEqual(['edges.1.id'])
    expect(places({ ...sound, nodes: [...sound.nodes, sound.nodes[0]!] })).toEqual(['nodes.3.id'])
    expect(places({ ...sound, edges: [asks!, { ...asks!, id: 'e9' }] })).toEqual(['edges.1'])
  })
})

describe('picture', () => {
  const layout = { positions: { P1: { x: 10, y: 20 }, R1: { x: 200, y: 20 } } }
  const shapes = (model: DeadlockModel) => {
    const scene = picture(deepFreeze(model), layout, {})
    const box = scene.nodes.find((node) => node.kind === 'resource')
    if (box === undefined) throw new Error('no box')
    return { ...scene, box, taken: box.dots.filter((dot) => dot.taken).length }
  }

  test('starts each assignment at a taken dot of its own', () => {
    const { box, edges, taken } = shapes(draw(['P1', 'P2'], { R1: 5 }, ['R1>P1 x2', 'R1>P2', 'P1>R1']))
    expect(taken).toBe(3)
    const [two, one, request] = edges.map((edge) => edge.start)
    const takenDots = box.dots.filter((dot) => dot.taken).map(({ x, y }) => ({ x, y }))
    expect(takenDots).toContainEqual(two)
    expect(takenDots).toContainEqual(one)
    expect(two).not.toEqual(one)
    expect(request).toBeNull()
    expect(edges.map((edge) => edge.label)).toEqual(['×2', '', ''])
    expect(edges.map((edge) => edge.arrow)).toEqual(['filled', 'filled', 'open'])
  })

  test('starts an assignment at the dot that is nearest to its process', () => {
    const model = draw(['P1', 'P2'], { R1: 2 }, ['R1>P1', 'R1>P2'])
    const at = (left: number, right: number) =>
      deadlockModel
        .picture(model, { positions: { P1: { x: left, y: 0 }, P2: { x: right, y: 0 }, R1: { x: 0, y: 0 } } }, {})
        .edges.map((edge) => Math.sign(edge.start?.x ?? 0))
    expect(at(-200, 200)).toEqual([-1, 1])
    expect(at(200, -200)).toEqual([1, -1])
  })

  test('writes the name of a type on a side of its box that no line crosses', () => {
    const model = draw(['P1'], { R1: 1 }, ['P1>R1'])
    const place = (x: number, y: number) =>
      deadlockModel
        .picture(model, { positions: { P1: { x, y }, R1: { x: 0, y: 0 } } }, {})
        .nodes.find((node) => node.id === 'R1')?.labelPlace
    expect([place(0, -200), place(-200, -60), place(0, 200), place(-60, -90)]).toEqual([
      'below',
      'above',
      'above',
      'below',
    ])
    const between = draw(['P1', 'P2'], { R1: 1 }, ['P1>R1', 'R1>P2'])
    const positions = { P1: { x: -60, y: -120 }, P2: { x: -60, y: 120 }, R1: { x: 0, y: 0 } }
    expect(deadlockModel.picture(between, { positions }, {}).nodes.find((node) => node.id === 'R1')?.labelPlace).toBe(
      'right',
    )
  })

  test('bends only the edges that would cover each other', () => {
    const { edges } = shapes(draw(['P1', 'P2'], { R1: 2 }, ['R1>P1', 'P1>R1', 'P2>R1']))
    expect(edges.map((edge) => edge.bend !== 0)).toEqual([true, true, false])
  })

  test.each([1, 2, 3, 4, 5, 9, 12, 36])('keeps %i dots apart and inside the box', (instances) => {
    const { box } = shapes(draw([], { R1: instances }, []))
    expect(box.dots).toHaveLength(instances)
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(64)
    for (const [index, dot] of box.dots.entries()) {
      expect(Math.abs(dot.x) + 5).toBeLessThan(box.width / 2)
      expect(Math.abs(dot.y) + 5).toBeLessThan(box.height / 2)
      for (const other of box.dots.slice(index + 1)) {
        expect(Math.hypot(dot.x - other.x, dot.y - other.y)).toBeGreaterThanOrEqual(14)
      }
    }
  })

  test('says large numbers instead of drawing them, and never hides that some units are free or taken', () => {
    const all = shapes(draw(['P1'], { R1: 400 }, ['R1>P1 x400']))
    expect([all.box.dots.length, all.taken, all.box.sublabel]).toEqual([36, 36, '0 of 400 free'])
    const most = shapes(draw(['P1'], { R1: 400 }, ['R1>P1 x399']))
    expect([most.taken, most.box.sublabel]).toEqual([35, '1 of 400 free'])
    const few = shapes(draw(['P1', 'P2'], { R1: 1_000_000 }, ['R1>P1', 'R1>P2']))
    expect([few.taken, few.box.sublabel]).toEqual([1, '999,998 of 1,000,000 free'])
    expect(few.edges.every((edge) => edge.start !== null)).toBe(true)
  })

  test('starts units that do not exist at the rim and says so', () => {
    const { box, edges, taken } = shapes(draw(['P1', 'P2'], { R1: 1 }, ['R1>P1', 'R1>P2']))
    expect([taken, box.sublabel]).toEqual([1, '2 assigned, 1 exists'])
    expect(edges.map((edge) => edge.start === null)).toEqual([false, true])
  })

  test('places by the layout and marks by id, whatever the id is', () => {
    const model = draw(['P1', 'constructor'], {}, [])
    const { nodes } = picture(model, layout, { P1: 'ring' })
    expect(nodes.map(({ x, y, mark }) => ({ x, y, mark }))).toEqual([
      { x: 10, y: 20, mark: 'ring' },
      { x: 0, y: 0, mark: null },
    ])
  })
})
