// Live migration by pre-copy as a run: each step is a round in which memory is sent while the guest goes on writing, and
// the formula with its numbers is told. A person may stop the machine early, slow it down, or switch to post-copy.
// Clark et al., Live migration of virtual machines, 2005.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import type { Mark } from '../../../contract/verdict.ts'
import type { Simulation, StateView } from '../../../simulation/simulation.ts'
import { THROTTLE } from '../migration/pre-copy.ts'
import { numberOf } from '../model/properties.ts'
import type { TopologyModel } from '../model/schema.ts'
import { migrationNetwork, migrations } from '../rules/vsphere.ts'
import { Topology } from '../rules/topology.ts'
import { migrationTexts as texts, mib, seconds } from './migration-texts.ts'

/** What the device state of a machine takes, in MiB: what has to move before it can run at the target by post-copy. */
const DEVICE_STATE = 8
/** Rounds without progress after which nobody goes on by himself. */
const PATIENCE = 2

const Event = z.strictObject({
  do: z.enum(['round', 'stop', 'throttle', 'post-copy']),
  /** id of the line that says which machine goes where */
  migration: z.string(),
})
export type MigrationEvent = z.infer<typeof Event>

interface Job {
  /** id of the line */
  id: string
  vm: string
  name: string
  from: string
  to: string
  target: string
  /** MiB and MiB/s; the longest stop in s */
  memory: number
  link: number
  dirtyRate: number
  workingSet: number
  limit: number
}

interface Round {
  sent: number
  time: number
  dirtied: number
  /** per cent of CPU time that was taken away from the guest */
  throttle: number
  /** sent while the machine stood still */
  stopped: boolean
}

export interface MigrationState {
  readonly model: TopologyModel
  readonly jobs: readonly Job[]
  /** index of the migration that is under way; the number of all when all are done */
  readonly at: number
  /** of the one under way, or of the last one that is done */
  readonly rounds: readonly Round[]
  readonly clock: number
  readonly throttle: number
  /** dirty memory that is still to be sent */
  readonly rest: number
  readonly ended: { how: 'stop' | 'post-copy'; downtime: number; job: Job; total: number } | null
}

/** Migrations that can begin, in the order of the lines: from one host to another, joined by a network for it. */
export function jobsOf(model: TopologyModel): Job[] {
  const topology = new Topology(model)
  const jobs: Job[] = []
  for (const { edge, vm, from, to } of migrations(topology)) {
    const network = migrationNetwork(topology, from, to)
    if (network === null || numberOf(network, 'bandwidth') === 0) continue
    const memory = numberOf(vm, 'memory')
    jobs.push({
      id: edge,
      vm: vm.id,
      name: vm.name,
      from: from.name,
      to: to.name,
      target: to.id,
      memory,
      link: numberOf(network, 'bandwidth'),
      dirtyRate: numberOf(vm, 'dirtyRate'),
      workingSet: numberOf(vm, 'workingSet') || memory,
      limit: numberOf(vm, 'downtime') / 1000,
    })
  }
  return jobs
}

const jobAt = (state: MigrationState): Job | null => state.jobs[state.at] ?? null
const smallEnough = (job: Job, state: MigrationState): boolean =>
  state.rounds.length >= 1 && state.rest <= job.link * job.limit

/** Whether a round dirtied no less than it sent. */
const fruitless = ({ sent, dirtied }: Round): boolean => dirtied >= sent && sent > 0

function stuck({ rounds }: MigrationState): boolean {
  return rounds.length >= PATIENCE && rounds.slice(-PATIENCE).every(fruitless)
}

function enabled(told: MigrationState): MigrationEvent[] {
  const job = jobAt(told)
  if (job === null) return []
  const state = begun(told, job)
  const event = (what: MigrationEvent['do']): MigrationEvent => ({ do: what, migration: job.id })
  if (smallEnough(job, state)) return [event('stop'), event('post-copy')]
  const throttled = state.throttle < THROTTLE.most && job.dirtyRate > 0
  return [
    event('round'),
    event('stop'),
    ...(throttled && state.rounds.length > 0 ? [event('throttle')] : []),
    event('post-copy'),
  ]
}

function apply(state: MigrationState, event: MigrationEvent): MigrationState {
  const job = jobAt(state)
  if (job?.id !== event.migration || !enabled(state).some((one) => one.do === event.do)) {
    throw new InterlockError('bad-event', texts.notNow)
  }
  const before = begun(state, job)
  switch (event.do) {
    case 'throttle':
      return { ...before, throttle: nextThrottle(before.throttle) }
    case 'round': {
      const time = before.rest / job.link
      const rate = job.dirtyRate * (1 - before.throttle / 100)
      const dirtied = Math.min(rate * time, job.workingSet, job.memory)
      const round = { sent: before.rest, time, dirtied, throttle: before.throttle, stopped: false }
      return { ...before, rounds: [...before.rounds, round], clock: before.clock + time, rest: dirtied }
    }
    case 'stop':
      return done(before, job, 'stop', before.rest / job.link, before.rest)
    case 'post-copy':
      return done(before, job, 'post-copy', DEVICE_STATE / job.link, before.rest)
  }
}

const nextThrottle = (now: number): number =>
  now === 0 ? THROTTLE.initial : Math.min(THROTTLE.most, now + THROTTLE.step)

/** The rounds of the last migration are shown until the next one begins, with a clean sheet. */
function begun(state: MigrationState, job: Job): MigrationState {
  return state.ended === null ? state : { ...state, rounds: [], throttle: 0, rest: job.memory, ended: null }
}

function done(
  state: MigrationState,
  job: Job,
  how: 'stop' | 'post-copy',
  downtime: number,
  sent: number,
): MigrationState {
  const time = sent / job.link
  const round = { sent, time, dirtied: 0, throttle: state.throttle, stopped: how === 'stop' }
  const rounds = [...state.rounds, round]
  const total = rounds.reduce((sum, one) => sum + one.time, 0)
  return {
    ...state,
    at: state.at + 1,
    rounds,
    clock: state.clock + time,
    rest: 0,
    ended: { how, downtime, job, total },
  }
}

function describe(event: MigrationEvent, told: MigrationState): { text: string; lights: string[] } {
  const job = told.jobs.find(({ id }) => id === event.migration)
  if (job === undefined) return { text: texts.notNow, lights: [] }
  const state = begun(told, job)
  const { rest } = state
  const lights = [job.vm, job.id, job.target]
  switch (event.do) {
    case 'round': {
      const time = rest / job.link
      const rate = job.dirtyRate * (1 - state.throttle / 100)
      return {
        text: texts.round(state.rounds.length, rest, job.link, time, rate, Math.min(rate * time, job.workingSet)),
        lights,
      }
    }
    case 'stop':
      return { text: texts.stop(job.name, rest, job.link, rest / job.link), lights }
    case 'throttle':
      return { text: texts.throttle(job.name, nextThrottle(state.throttle)), lights }
    case 'post-copy':
      return { text: texts.postCopy(job.name, DEVICE_STATE, DEVICE_STATE / job.link), lights }
  }
}

function view(state: MigrationState): StateView<TopologyModel> {
  const job = jobAt(state)
  const marks: Record<string, Mark> = {}
  for (const one of state.jobs.slice(0, state.at)) marks[one.id] = 'free'
  if (job !== null && state.ended === null && state.rounds.length > 0) {
    marks[job.id] = marks[job.vm] = stuck(state) ? 'unsafe' : 'behind'
  }
  return {
    model: state.model,
    marks,
    table: {
      columns: texts.columns,
      rows: state.rounds.map((round, index) => ({
        id: `round ${index}`,
        label: round.stopped
          ? texts.last
          : state.ended?.how === 'post-copy' && index === state.rounds.length - 1
            ? texts.after
            : String(index),
        lights: [],
        cells: [
          mib(round.sent),
          seconds(round.time),
          round.stopped ? '–' : mib(round.dirtied),
          round.throttle === 0 ? '–' : `${round.throttle} %`,
        ],
      })),
    },
    status: statusOf(state, job),
  }
}

function statusOf(state: MigrationState, job: Job | null): string {
  if (state.ended !== null) {
    const { job: last, how, downtime, total } = state.ended
    const next = job === null ? '' : ` ${texts.next(job.name)}`
    return texts.done(last.name, last.to, how, downtime, total) + next
  }
  if (job === null) return texts.nothing
  if (state.rounds.length === 0) return texts.ready(job.name, job.from, job.to, job.memory, job.link, job.dirtyRate)
  return smallEnough(job, state)
    ? texts.small(state.rest, job.link, job.limit)
    : texts.left(state.rest, job.link, job.limit)
}

export const migration: Simulation<TopologyModel, MigrationState, MigrationEvent> = {
  id: 'live-migration',
  label: texts.label,
  start: texts.start,
  event: Event,
  init(model) {
    const jobs = jobsOf(model)
    return { model, jobs, at: 0, rounds: [], clock: 0, throttle: 0, rest: jobs[0]?.memory ?? 0, ended: null }
  },
  enabled,
  // Goes on until it would go on for ever; then a person decides.
  pick: (state) => (stuck(state) && state.ended === null ? undefined : enabled(state)[0]),
  apply,
  describe,
  view,
  properties: [
    {
      id: 'converges',
      what: 'end of the copying',
      check(state) {
        const last = state.rounds.at(-1)
        const job = jobAt(state)
        const bad = state.ended === null && job !== null && last !== undefined && stuck(state)
        return {
          holds: !bad,
          mark: bad ? 'unsafe' : 'free',
          sentence: bad
            ? texts.diverges(last.sent, last.dirtied, job.dirtyRate * (1 - last.throttle / 100), job.link)
            : texts.converges,
          lights: job === null ? [] : [job.vm],
        }
      },
    },
  ],
}
