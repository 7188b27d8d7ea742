// The simulated network: events of a token ring per second beside the least loop that Python can do, exploring, seeking.
import { algorithmOf } from '../../src-main/labs/distributed/algorithms/index.ts'
import type { DistributedModel } from '../../src-main/labs/distributed/model/schema.ts'
import { exploreNetwork } from '../../src-main/labs/distributed/network/explore.ts'
import { setupOf } from '../../src-main/labs/distributed/network/setup.ts'
import { World } from '../../src-main/labs/distributed/network/world.ts'
import { ringDrawing } from '../../src-main/labs/distributed/operations/drawings.ts'
import { networkSimulation } from '../../src-main/labs/distributed/simulations/network.ts'
import { traceOf } from '../../src-main/labs/distributed/simulations/trace.ts'
import { verdict } from '../../src-main/labs/distributed/verdict.ts'
import { createRun } from '../../src-main/simulation/run.ts'
import { type Row, best, pythonPeer } from './measure.ts'

const NODES = 1_000
const EVENTS = 1_000_000
const LONG_RUN = 1_000_000

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)
const tokenRing: DistributedModel = {
  ...ringDrawing(upTo(NODES), { starts: [1] }),
  algorithm: 'token-ring',
  settings: { limit: 100_000, rest: 0 },
}

function play(traced: boolean): number {
  const world = new World(setupOf(tokenRing, algorithmOf('token-ring'), 1))
  const trace: unknown[] = []
  let events = 0
  while (events < EVENTS && world.step()) {
    events += 1
    if (traced) trace.push(traceOf(world))
  }
  return events
}

const row = (name: string, ours: number, peer: number | null, unit: string, note: string): Row => ({
  name,
  ours,
  peer,
  ratio: peer === null ? null : ours / peer,
  unit,
  note,
})

function seeking(): { worst: number; events: number; megabytes: number } {
  const run = createRun(
    networkSimulation(algorithmOf('token-ring')),
    { ...tokenRing, ...ringDrawing(upTo(100), { starts: [1] }) },
    1,
  )
  let at = 0
  while (at < LONG_RUN - 500) {
    const steps = run.continueFrom(at, 500)
    const last = steps.at(-1)
    if (last === undefined) break
    at = last.step
  }
  let worst = 0
  for (let k = 0; k < 200; k += 1) {
    const to = (k * 48_271) % at
    const start = performance.now()
    run.stateAt(to)
    worst = Math.max(worst, performance.now() - start)
  }
  return { worst, events: at, megabytes: process.memoryUsage().heapUsed / 1024 ** 2 }
}

export function bench(): Row[] {
  const seconds = best(() => play(false), 3) / 1000
  const traced = best(() => play(true), 2) / 1000
  const peer = pythonPeer('python3', 'heap-ring.py', new Uint8Array(), [String(NODES), String(EVENTS)])
  const perSecond = peer.milliseconds === null ? null : EVENTS / (peer.milliseconds / 1000)
  const five = setupOf(ringDrawing([5, 4, 3, 2, 1]), algorithmOf('chang-roberts'), 1)
  const freedom = { crashes: 0, losses: 0, impatient: false }
  const exploring = best(() => exploreNetwork(five, freedom, { most: 1_000_000 }), 3)
  const { worst, events, megabytes } = seeking()
  const large = { ...ringDrawing(upTo(NODES), { starts: [1] }), algorithm: 'ring' }
  return [
    row('token ring, 1,000 nodes', EVENTS / seconds, perSecond, 'events/s', `peer: heap loop, ${peer.note}`),
    row('the same with a trace', EVENTS / traced, 300_000, 'events/s', 'peer: the bound set'),
    row('every order, Chang-Roberts, 5 nodes', exploring, 10_000, 'ms', 'peer: the bound set'),
    row(
      `seeking in a run of ${events} events`,
      worst,
      100,
      'ms',
      `worst of 200 places, heap ${megabytes.toFixed(0)} MB; peer: the bound set`,
    ),
    row(
      'verdict, ring election, 1,000 nodes',
      best(() => verdict(large), 3),
      null,
      'ms',
      '2,000 messages',
    ),
  ]
}
