// Sites of processes in a drawing: what is drawn of them, and which simulations are offered where.
import { describe, expect, test } from 'vitest'
import { deadlock } from '../../../../src-main/labs/deadlock/index.ts'
import { deadlockModel } from '../../../../src-main/labs/deadlock/model/index.ts'
import { DeadlockModel } from '../../../../src-main/labs/deadlock/model/schema.ts'
import { siteOf, sitesOf } from '../../../../src-main/labs/deadlock/model/sites.ts'
import { draw } from './drawing.ts'
import { placed } from './sites.ts'

const two = draw(['P1', 'P2'], { R1: 1 }, ['R1>P1', 'P2>R1'])

const sublabels = (model: DeadlockModel): string[] =>
  deadlockModel
    .picture(model, { positions: {} }, {})
    .nodes.filter(({ kind }) => kind === 'process')
    .map(({ sublabel }) => sublabel)

const offered = (model: DeadlockModel): string[] => deadlock.verdict(model).simulations.map(({ id }) => id)

describe('sites of processes', () => {
  test('are whole numbers from 1, and 1 where nothing is said', () => {
    const parse = (site: unknown) =>
      DeadlockModel.safeParse({ nodes: [{ id: 'P1', kind: 'process', name: 'P1', site }], edges: [] }).success
    expect([1, 99, undefined].map(parse)).toEqual([true, true, true])
    expect([0, 100, 1.5, '2', null].map(parse)).toEqual([false, false, false, false, false])
    expect(siteOf({ id: 'P1', kind: 'process', name: 'P1' })).toBe(1)
    expect(sitesOf(placed(draw(['P1', 'P2', 'P3'], {}, []), [3, 1, 3]))).toEqual([1, 3])
  })

  test('are written below processes as soon as there are several', () => {
    expect(sublabels(two)).toEqual(['', ''])
    expect(sublabels(placed(two, [2, 2]))).toEqual(['', ''])
    expect(sublabels(placed(two, [1, 2]))).toEqual(['site 1', 'site 2'])
    const [first, second] = two.nodes
    const half = { ...two, nodes: [first!, { ...second!, site: 4 }, ...two.nodes.slice(2)] } as DeadlockModel
    expect(sublabels(half)).toEqual(['site 1', 'site 4'])
  })

  test('can be changed where the properties of a process are', () => {
    const process = deadlockModel.nodeKinds.find(({ kind }) => kind === 'process')
    expect(process?.fields).toContainEqual({ key: 'site', label: 'Site', type: 'integer', min: 1, max: 99, usual: 1 })
    expect(process?.defaults).not.toHaveProperty('site')
  })
})

describe('what is offered', () => {
  test('probes and the central detector where processes run on several sites, row locks for transactions on one', () => {
    expect(offered(placed(two, [1, 2]))).toEqual(expect.arrayContaining(['probes', 'central-detector']))
    expect(offered(placed(two, [1, 2]))).not.toContain('database')
    const transactions = { ...two, nodes: two.nodes.map((node) => ({ ...node, name: node.name.replace('P', 'T') })) }
    expect(offered(transactions)).toContain('database')
    expect(offered(two)).not.toContain('database')
    expect(offered(two)).not.toContain('probes')
  })

  test('neither where a type has several units, and no row locks with maxima or for a row that is held already', () => {
    const several = placed(draw(['P1', 'P2'], { R1: 2 }, ['R1>P1']), [1, 2])
    const others = [draw(['P1'], { R1: 1 }, ['P1~R1']), draw(['P1'], { R1: 1 }, ['R1>P1', 'P1>R1']), several]
    for (const model of others) {
      for (const id of ['probes', 'central-detector', 'database']) expect(offered(model)).not.toContain(id)
    }
  })

  test('can be begun, each of them', () => {
    for (const model of [two, placed(two, [1, 2])]) {
      for (const id of offered(model)) expect(() => deadlock.simulations[id]?.init(model, 1)).not.toThrow()
    }
  })
})
