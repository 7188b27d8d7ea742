// The scheduling cycle as a run: what is told bit by bit is what small formulas of its own give, on any drawing.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDrawing } from '../../../../../src-main/labs/topology/operations/drawing-input.ts'
import { type SchedulingEvent, scheduling } from '../../../../../src-main/labs/topology/simulations/scheduling.ts'
import { createRun } from '../../../../../src-main/simulation/run.ts'

interface Amounts {
  cpu: number
  memory: number
}

const drawing = (nodes: readonly Amounts[], pods: readonly (Amounts & { tolerations?: string })[], taint = '') =>
  readDrawing({
    nodes: [
      {
        kind: 'cluster',
        name: 'K',
        children: [
          ...nodes.map((node, index) => ({
            kind: 'node',
            name: `n${index}`,
            ...node,
            ...(index === 0 && taint !== '' && { taints: taint }),
          })),
          ...pods.map((pod, index) => ({ kind: 'pod', name: `p${index}`, ...pod })),
        ],
      },
    ],
  })

/** Where each pod may go by the formulas of the documentation, given where the others went. */
function bestNodes(nodes: readonly Amounts[], pod: Amounts, there: readonly Amounts[][]): number[] {
  const totals = nodes.map((node, index) => {
    const sum = (key: keyof Amounts): number => pod[key] + (there[index] ?? []).reduce((all, one) => all + one[key], 0)
    const [cpu, memory] = [sum('cpu'), sum('memory')]
    if (cpu > node.cpu || memory > node.memory) return -1
    const least = (asked: number, all: number): number => Math.floor(((all - asked) * 100) / all)
    const fit = Math.floor((least(cpu, node.cpu) + least(memory, node.memory)) / 2)
    const even = Math.floor((1 - Math.abs(cpu / node.cpu - memory / node.memory) / 2) * 100 + 1e-9)
    return 3 * 100 + fit + even
  })
  const most = Math.max(...totals)
  return most < 0 ? [] : totals.flatMap((total, index) => (total === most ? [index] : []))
}

const amounts = (least: number, most: number) =>
  fc.record({ cpu: fc.integer({ min: least, max: most }), memory: fc.integer({ min: least, max: most }) })

test('every pod goes where filters and points send it, or stays Pending', () => {
  fc.assert(
    fc.property(
      fc.array(amounts(500, 4000), { minLength: 1, maxLength: 4 }),
      fc.array(amounts(100, 3000), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 0, max: 99 }),
      (nodes, pods, seed) => {
        const run = createRun(scheduling, drawing(nodes, pods), seed)
        const events = run.continueFrom(0, 1000).map(({ event }) => event as SchedulingEvent)
        const there: Amounts[][] = nodes.map(() => [])
        let pod: Amounts | undefined
        const ends: string[] = []
        for (const event of events) {
          if (event.do === 'take') pod = pods[Number(event.pod.slice(1))]
          if (event.do !== 'bind' && event.do !== 'wait') continue
          const best = bestNodes(nodes, pod!, there)
          if (event.do === 'wait') expect(best).toEqual([])
          else {
            const node = Number(event.node.slice(1))
            expect(best).toContain(node)
            there[node]?.push(pod!)
          }
          ends.push(event.do)
        }
        expect(ends).toHaveLength(pods.length)
      },
    ),
    { numRuns: 150 },
  )
})

describe('one cycle', () => {
  const model = drawing(
    [
      { cpu: 4000, memory: 8192 },
      { cpu: 4000, memory: 8192 },
      { cpu: 8000, memory: 8192 },
      { cpu: 1000, memory: 8192 },
    ],
    [{ cpu: 2000, memory: 2048 }],
    'gpu=yes:NoSchedule',
  )
  const run = createRun(scheduling, model, 1)
  const steps = run.continueFrom(0, 100)
  const texts = steps.map(({ text }) => text)

  test('tells each node with its reason, each plugin with its points, and the binding', () => {
    expect(texts[0]).toBe('p0 is taken from the queue')
    expect(texts[1]).toBe(
      'n0 falls out by TaintToleration: n0 has the taint {gpu: yes} with the effect NoSchedule, which the pod does not tolerate',
    )
    expect(texts.slice(2, 5)).toEqual([
      'n1 passes all filters',
      'n2 passes all filters',
      'n3 falls out by NodeResourcesFit: cpu: 0 + 2 = 2 > 1',
    ])
    // (4 - 2) / 4 = 50 and (8 - 2) / 8 = 75: 62; the same 75 of both: 75
    expect(texts).toContain('NodeResourcesFit, weight 1: n1 62, n2 75')
    // |0.5 - 0.25| / 2 = 0.125: 87; nothing between 0.25 and 0.25: 100
    expect(texts).toContain('NodeResourcesBalancedAllocation, weight 1: n1 87, n2 100')
    expect(texts.at(-1)).toBe('p0 is bound to n2: 475 points, against n1 with 449')
    const end = run.stateAt(steps.length)
    const { nodes } = end.model as { nodes: { id: string; parent?: string }[] }
    expect(nodes.find(({ id }) => id === 'p0')?.parent).toBe('n2')
    expect(end.status).toBe('p0 runs on n2.')
    expect(end.table.rows.map(({ cells }) => cells.at(-1))).toEqual(['–', '449', '475', '–'])
  })

  test('shows the arithmetic of the node that leads', () => {
    const at = 1 + texts.indexOf('NodeResourcesFit, weight 1: n1 62, n2 75')
    expect(run.stateAt(at).status).toContain('cpu: floor((8 - 2) * 100 / 8) = 75')
  })
})

test('a person may take any waiting pod first, and what cannot be is refused', () => {
  const model = drawing(
    [{ cpu: 1000, memory: 1000 }],
    [
      { cpu: 800, memory: 100 },
      { cpu: 500, memory: 100 },
    ],
  )
  const state = scheduling.init(model, 1)
  const take = scheduling.enabled(state)
  expect(take.map((event) => ('pod' in event ? event.pod : ''))).toEqual(['p0', 'p1'])
  const second = scheduling.apply(state, take[1]!)
  expect(second.now?.pod.id).toBe('p1')
  expect(() => scheduling.apply(second, { do: 'bind', node: 'n0' })).toThrow(/not possible/)
  expect(() => scheduling.apply(state, { do: 'take', pod: 'nobody' })).toThrow(/not possible/)
  const run = createRun(scheduling, model, 1)
  run.continueFrom(0, 100)
  expect(run.stateAt(run.length - 1).status).toBe('p1: 0/1 nodes are available: 1 Insufficient cpu.')
})

test('a tie is drawn by lot from the seed, and a person may choose', () => {
  const same = { cpu: 1000, memory: 1000 }
  const model = drawing([same, same, same], [{ cpu: 100, memory: 100 }])
  const ends = new Set<string>()
  for (let seed = 0; seed < 40; seed += 1) {
    const run = createRun(scheduling, model, seed)
    const steps = run.continueFrom(0, 100)
    ends.add(steps.at(-1)?.text ?? '')
  }
  expect([...ends].sort()).toEqual(
    [
      'p0 is bound to n0: 300 points, as many as n1 and n2, and lots were drawn',
      'p0 is bound to n1: 300 points, as many as n0 and n2, and lots were drawn',
      'p0 is bound to n2: 300 points, as many as n0 and n1, and lots were drawn',
    ].map((text) => text.replace('300', String(300 + 90 + 100))),
  )
})

test('a drawing without waiting pods has nothing to play', () => {
  expect(scheduling.enabled(scheduling.init(readDrawing({ nodes: [] }), 1))).toEqual([])
  expect(scheduling.enabled(scheduling.init(drawing([{ cpu: 1, memory: 1 }], []), 1))).toEqual([])
})
