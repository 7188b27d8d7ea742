// What would break a deadlock, compared with trying every change on a reduction of its own.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RecordEdit } from '../../../../src-main/contract/verdict.ts'
import { repairs } from '../../../../src-main/labs/deadlock/repairs/index.ts'
import { verdict } from '../../../../src-main/labs/deadlock/verdict.ts'
import type { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'
import { draw } from './drawing.ts'
import { type Table, smallGraph } from './small-graphs.ts'

const copy = ({ total, held, asked }: Table): Table => ({
  total: [...total],
  held: held.map((row) => [...row]),
  asked: asked.map((row) => [...row]),
})

/** The obvious reduction: whoever fits gives back, until nobody fits. Requests count as at most what exists. */
function deadlocked({ total, held, asked }: Table): boolean {
  const work = total.map((units, r) => units - held.reduce((sum, row) => sum + row[r]!, 0))
  const left = new Set(held.keys())
  for (let again = true; again;) {
    again = false
    for (const p of left) {
      if (asked[p]!.some((units, r) => Math.min(units, total[r]!) > work[r]!)) continue
      left.delete(p)
      held[p]!.forEach((units, r) => (work[r]! += units))
      again = true
    }
  }
  return left.size > 0
}

interface Target {
  what: 'asked' | 'held' | 'total'
  p: number
  r: number
  units: number
}

/** Everything that a single change can concern, with all the units there are. */
function targets(graph: Table): Target[] {
  const list: Target[] = graph.total.map((_, r) => ({ what: 'total', p: 0, r, units: 1 }))
  for (const what of ['asked', 'held'] as const) {
    graph[what].forEach((row, p) => row.forEach((units, r) => units > 0 && list.push({ what, p, r, units })))
  }
  return list
}

function after(graph: Table, changes: readonly Target[]): Table {
  const next = copy(graph)
  for (const { what, p, r, units } of changes) {
    if (what === 'total') next.total[r]! += units
    else next[what][p]![r]! -= units
  }
  return next
}

function modelOf({ total, held, asked }: Table): DeadlockModel {
  const types = Object.fromEntries(total.map((units, r) => [`R${r}`, units]))
  const edges: string[] = []
  asked.forEach((row, p) => row.forEach((units, r) => units > 0 && edges.push(`P${p}>R${r} x${units}`)))
  held.forEach((row, p) => row.forEach((units, r) => units > 0 && edges.push(`R${r}>P${p} x${units}`)))
  return draw(
    held.map((_, p) => `P${p}`),
    types,
    edges,
  )
}

function apply(model: DeadlockModel, edits: readonly RecordEdit[]): DeadlockModel {
  let { nodes, edges } = structuredClone(model)
  for (const edit of edits) {
    if (edit.do === 'remove') edges = edges.filter(({ id }) => id !== edit.id)
    else if (edit.do === 'set') {
      nodes = nodes.map((node) => (node.id === edit.id ? { ...node, [edit.field]: edit.value } : node))
      edges = edges.map((edge) => (edge.id === edit.id ? { ...edge, [edit.field]: edit.value } : edge))
    }
  }
  return { nodes, edges }
}

/** A repair in the words of the table, such as "asked P0 R1 2". */
function saidAs(model: DeadlockModel, edits: readonly RecordEdit[]): string[] {
  return edits.map((edit) => {
    if (edit.do === 'add') throw new Error('a repair of a deadlock adds nothing')
    const value = edit.do === 'set' ? Number(edit.value) : 0
    const edge = model.edges.find(({ id }) => id === edit.id)
    if (edge !== undefined) {
      const [process, type] = edge.kind === 'request' ? [edge.from, edge.to] : [edge.to, edge.from]
      return `${edge.kind === 'request' ? 'asked' : 'held'} ${process} ${type} ${edge.count - value}`
    }
    const node = model.nodes.find(({ id }) => id === edit.id)
    return `total ${edit.id} ${node?.kind === 'resource' ? value - node.instances : NaN}`
  })
}

const said = ({ what, p, r, units }: Target): string =>
  what === 'total' ? `total R${r} ${units}` : `${what} P${p} R${r} ${units}`

/** Each single change that is enough, with the fewest units that are. */
function singles(graph: Table): string[] {
  return targets(graph).flatMap((target) => {
    for (let units = 1; units <= target.units; units += 1) {
      if (!deadlocked(after(graph, [{ ...target, units }]))) return [said({ ...target, units })]
    }
    return []
  })
}

/** Every two changes that are enough at full size, without units. */
function pairs(graph: Table): string[] {
  const all = targets(graph)
  const found: string[] = []
  all.forEach((one, i) => {
    for (const other of all.slice(one.what === 'total' ? i : i + 1)) {
      if (!deadlocked(after(graph, [one, other]))) found.push(twoOf([said(one), said(other)]))
    }
  })
  return found
}

/** Two changes without their units; two instances of one type are that type twice. */
function twoOf(changes: readonly string[]): string {
  const bare = changes.map((change) => change.replace(/ \d+$/, ''))
  return (bare.length === 1 ? [...bare, ...bare] : bare).sort().join(' + ')
}

const stuckGraph = smallGraph.filter(deadlockedTable)
function deadlockedTable(graph: Table): boolean {
  return deadlocked(copy(graph))
}

describe('repairs of a random graph', () => {
  test('are exactly the single changes that are enough, each with the fewest units', () => {
    fc.assert(
      fc.property(stuckGraph, (graph) => {
        const expected = singles(graph)
        const model = modelOf(graph)
        const found = repairs(model).repairs
        if (expected.length === 0) expect(found.every(({ edits }) => saidAs(model, edits).length <= 3)).toBe(true)
        else expect(found.map(({ edits }) => saidAs(model, edits).join(' + ')).sort()).toEqual(expected.sort())
      }),
      { numRuns: 600 },
    )
  })

  test('are exactly the pairs that are enough where no single change is', () => {
    let met = 0
    // several instances, and two graphs side by side, so that one change is often not enough
    const twice = fc.tuple(stuckGraph, stuckGraph).map(([a, b]): Table => {
      const beside = (rows: number[][], before: number, behind: number): number[][] =>
        rows.map((row) => [...new Array<number>(before).fill(0), ...row, ...new Array<number>(behind).fill(0)])
      const [left, right] = [a.total.length, b.total.length]
      return {
        total: [...a.total, ...b.total],
        held: [...beside(a.held, 0, right), ...beside(b.held, left, 0)],
        asked: [...beside(a.asked, 0, right), ...beside(b.asked, left, 0)],
      }
    })
    fc.assert(
      fc.property(fc.oneof(stuckGraph, twice), (graph) => {
        if (singles(graph).length > 0) return
        const expected = pairs(graph)
        const model = modelOf(graph)
        const { repairs: found, remark } = repairs(model)
        if (expected.length === 0) return
        met += 1
        const ours = found.map(({ edits }) => twoOf(saidAs(model, edits)))
        if (expected.length <= 60) expect(ours.sort()).toEqual(expected.sort())
        else expect(expected).toEqual(expect.arrayContaining(ours))
        expect(remark).toContain('No single change is enough')
      }),
      { numRuns: 200 },
    )
    expect(met).toBeGreaterThan(20)
  })

  test('each free the drawing when they are made, with the finishing order they say', () => {
    fc.assert(
      fc.property(stuckGraph, (graph) => {
        const model = modelOf(graph)
        for (const repair of repairs(model).repairs) {
          const mended = apply(model, repair.edits)
          expect(verdict(mended).word, repair.title).not.toBe('Deadlock')
          expect(repair.lights.length).toBeGreaterThan(0)
          expect(new Set(repair.lights).size).toBe(repair.lights.length)
        }
        const ids = repairs(model).repairs.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
      }),
      { numRuns: 200 },
    )
  })
})

describe('repairs', () => {
  const ring = draw(['P1', 'P2'], { R1: 1, R2: 1 }, ['R1>P1', 'R2>P2', 'P1>R2', 'P2>R1'])

  test('say what is changed and who finishes then', () => {
    const { repairs: found, remark } = repairs(ring)
    expect(remark).toBeNull()
    expect(found.map(({ title }) => title)).toEqual([
      'P1 withdraws its request for R2',
      'P2 withdraws its request for R1',
      'P2 gives back R2',
      'P1 gives back R1',
      'R2 gets 2 instances instead of 1',
      'R1 gets 2 instances instead of 1',
    ])
    expect(found[0]).toMatchObject({
      sentence: 'Finishing order: P1, P2.',
      lights: ['P1', 'e3', 'R2'],
      edits: [{ do: 'remove', id: 'e3' }],
    })
  })

  test('put one unit less before a whole edge, and both before a further instance', () => {
    const drawing = draw(['P1', 'P2'], { R1: 2, R2: 1 }, ['R1>P1', 'R2>P2', 'P1>R2', 'P2>R1 x2'])
    const titles = repairs(drawing).repairs.map(({ title }) => title)
    expect(titles[0]).toBe('P2 asks for 1 unit of R1 instead of 2')
    expect(titles[1]).toBe('P1 withdraws its request for R2')
    expect(titles.at(-1)).toMatch(/instances instead of/)
  })

  test('are sets where two rings stand apart, and say so', () => {
    const four = draw(['P1', 'P2', 'P3', 'P4'], { R1: 1, R2: 1, R3: 1, R4: 1 }, [
      'R1>P1',
      'R2>P2',
      'P1>R2',
      'P2>R1',
      'R3>P3',
      'R4>P4',
      'P3>R4',
      'P4>R3',
    ])
    const { repairs: found, remark } = repairs(four)
    expect(found).toHaveLength(36)
    expect(found.every(({ edits }) => edits.length === 2)).toBe(true)
    expect(remark).toBe('No single change is enough. These are the smallest sets, of 2 changes each.')
  })

  test('say when no set of three is enough', () => {
    const names = [1, 2, 3, 4]
    const many = draw(
      names.flatMap((n) => [`A${n}`, `B${n}`]),
      Object.fromEntries(names.flatMap((n) => [[`R${n}`, 1] as const, [`S${n}`, 1] as const])),
      names.flatMap((n) => [`R${n}>A${n}`, `S${n}>B${n}`, `A${n}>S${n}`, `B${n}>R${n}`]),
    )
    const { repairs: found, remark } = repairs(many)
    expect(found).toEqual([])
    expect(remark).toBe('No set of up to 3 changes breaks the deadlock. Larger sets were not looked for.')
  })

  test('say when the search was stopped', () => {
    expect(repairs(ring, 10)).toEqual({ repairs: [], remark: expect.stringContaining('search stopped') as string })
  })

  test('are none while the verdict is withheld, and none without a deadlock', () => {
    expect(repairs(draw(['P1', 'P2'], { R1: 1 }, ['R1>P1', 'R1>P2'])).remark).toContain('more units are assigned')
    expect(repairs(draw(['P1'], { R1: 1 }, ['P1>R1']))).toEqual({ repairs: [], remark: null })
    expect(repairs(draw(['P1'], { R1: 1 }, ['P1>R1 x2']))).toEqual({ repairs: [], remark: null })
  })

  test('of a ring of 300 take less than two seconds and are cut', () => {
    const names = Array.from({ length: 300 }, (_, i) => i)
    const large = draw(
      names.map((i) => `P${i}`),
      Object.fromEntries(names.map((i) => [`R${i}`, 1])),
      names.flatMap((i) => [`R${i}>P${i}`, `P${i}>R${(i + 1) % 300}`]),
    )
    const start = performance.now()
    const { repairs: found, remark } = repairs(large)
    expect(performance.now() - start).toBeLessThan(2000)
    expect(found).toHaveLength(60)
    expect(remark).toBe('The first 60 of 900 are listed.')
  })
})
