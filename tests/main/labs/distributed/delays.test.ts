// A link that is slower in one direction than in the other: what arrives when, what the drawing says, and what it does
// to an algorithm that takes both ways for equal.
import { expect, test } from 'vitest'
import { algorithmOf } from '../../../../src-main/labs/distributed/algorithms/index.ts'
import { picture } from '../../../../src-main/labs/distributed/model/picture.ts'
import { DistributedModel, networkOf, turned } from '../../../../src-main/labs/distributed/model/schema.ts'
import { networkSimulation } from '../../../../src-main/labs/distributed/simulations/network.ts'
import { verdict } from '../../../../src-main/labs/distributed/verdict.ts'
import { createRun } from '../../../../src-main/simulation/run.ts'

const drawing = (link: object, network: object = {}) =>
  DistributedModel.parse({
    nodes: [
      { id: 'n1', kind: 'node', name: 'P1', offset: 40 },
      { id: 'n2', kind: 'node', name: 'P2' },
    ],
    edges: [{ id: 'e1', kind: 'link', from: 'n1', to: 'n2', ...link }],
    algorithm: 'cristian',
    network,
  })

/** When the first message in each direction arrives, less when it was sent. */
function travelling(link: object, network: object = {}): [number, number] {
  const run = createRun(networkSimulation(algorithmOf('cristian')), drawing(link, network), 1)
  const steps = run.continueFrom(0, 12)
  const sent = new Map<string, { at: number; to: string }>()
  const took = new Map<string, number>()
  for (const { trace } of [...run.steps(0, 1), ...steps]) {
    if (trace === undefined) continue
    const start = sent.get(trace.message ?? '')
    if (trace.kind === 'receive' && start !== undefined && !took.has(start.to)) took.set(start.to, trace.at - start.at)
    for (const { message, to } of trace.sends) sent.set(message, { at: trace.at, to })
  }
  return [took.get('n2') ?? NaN, took.get('n1') ?? NaN]
}

test.each([
  [{}, [10, 10]],
  [{ delay: 5 }, [5, 5]],
  [{ delay: 5, back: 25 }, [5, 25]],
  [{ back: 25 }, [10, 25]],
] as const)('a link with %o takes %o ms there and back', (link, expected) => {
  expect(travelling(link)).toEqual(expected)
})

test('the direction is that in which the link was drawn, whoever begins', () => {
  expect(travelling({ from: 'n2', to: 'n1', delay: 5, back: 25 })).toEqual([25, 5])
})

test.each([
  [{ delay: 5, back: 25 }, 10],
  [{ delay: 5 }, 10],
  [{ back: 25 }, 10],
  [{ back: 25 }, 40],
])(
  'a link with %o in a network of %i ms takes as long each way when it is written from its other end',
  (link, delay) => {
    const usual = networkOf({ network: { delay } })
    const [edge] = drawing(link).edges
    const round = turned(edge!, usual)
    expect([round.from, round.to]).toEqual(['n2', 'n1'])
    const network = { delay }
    expect(travelling(round, network)).toEqual(travelling(link, network))
    expect(turned(turned(round, usual), usual)).toEqual(round)
  },
)

test.each([
  [{ delay: 5 }, '5 ms'],
  [{ delay: 5, back: 5 }, '5 ms'],
  [{ delay: 5, back: 25 }, 'P1 → P2 5 ms, P2 → P1 25 ms'],
  [{ back: 25 }, 'P1 → P2 as usual, P2 → P1 25 ms'],
])('a link with %o is labelled “%s”', (link, label) => {
  expect(picture(drawing(link), { positions: {} }, {}).edges[0]?.label).toBe(label)
})

test.each([
  [5, 25],
  [30, 10],
  [8, 8],
])('a clock that halves the round trip of %i and %i ms is wrong by half of the difference', (delay, back) => {
  expect(verdict(drawing({ delay, back })).evidence[0]?.items[0]?.detail).toContain(
    `the largest error is ${Math.abs(back - delay) / 2} ms`,
  )
})
