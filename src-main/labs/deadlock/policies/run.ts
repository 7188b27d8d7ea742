// A workload under one policy, tick by tick. The same workload, settings and seed give the same run. Knows no single
// policy: what differs is in its rule.
import { MAX_POLICY_TICKS, MAX_SCRIPT_EVENTS } from '../../../contract/limits.ts'
import { type Activity, type PolicyId, type PolicyRun, policyTexts as texts } from '../model/policies.ts'
import { measured, Recorder } from './record.ts'
import { type Rule, ruleOf } from './rules.ts'
import { type Settings, settingsSaid } from './settings.ts'
import { RunState } from './state.ts'
import type { Workload } from './workload.ts'

/**
 * Each tick: pauses end; every process that has run long enough does its next step, in the order of the drawing; units go
 * to the oldest request that fits and is allowed; then the policy looks at who has to wait and at the time.
 * @param bound ticks of waiting on end from which a process counts as starved
 */
export function runPolicy(
  workload: Workload,
  policy: PolicyId,
  { settings, seed, bound, ids }: { settings: Settings; seed: number; bound: number; ids: Ids },
): PolicyRun {
  const rule = ruleOf(policy, settings, seed)
  const state = new RunState(workload, new Set(rule.shared))
  const recorder = new Recorder(state)
  const episodes: { from: number; to: number | null; processes: number[] }[] = []
  const seen = new Map<string, number>()
  let progress = -1
  let ended: PolicyRun['ended'] = 'limit'
  let livelock: PolicyRun['livelock'] = null

  for (; state.tick < MAX_POLICY_TICKS; state.tick += 1) {
    const before = doTick(state, rule)
    const stuck = state.stuck()
    episode(episodes, state.tick, before, stuck)
    recorder.keep((process) => activityOf(state, stuck, process))
    if (state.actors.every(({ phase }) => phase === 'done')) {
      ended = 'finished'
      break
    }
    const idle = state.actors.every(({ phase }) => phase === 'wait' || phase === 'done')
    if (idle && rule.mayWake?.(state) !== true) {
      ended = 'deadlock'
      state.tick += 1
      break
    }
    if (rule.byChance !== true) {
      const now = recorder.progress()
      if (now > progress) seen.clear()
      progress = Math.max(progress, now)
      const key = `${rule.phase?.(state) ?? 0} ${state.key()}`
      const same = seen.get(key)
      if (same !== undefined) {
        // Standing still is no livelock: nobody does anything.
        ended = idle && stuck.length > 0 && state.tick - same === 1 ? 'deadlock' : 'livelock'
        if (ended === 'livelock') livelock = { from: same, period: state.tick - same }
        state.tick += 1
        break
      }
      seen.set(key, state.tick)
    }
    pass(state)
  }

  const open = episodes.at(-1)
  if (open?.to === state.tick) open.to = null
  const shared = rule.shared !== undefined && rule.shared.length > 0
  const played =
    shared || state.played.length > MAX_SCRIPT_EVENTS
      ? null
      : state.played.map(({ type, process, resource, count }) => ({
          type,
          process: ids.processes[process]!,
          resource: ids.types[resource]!,
          count,
        }))
  return {
    policy,
    settings: settingsSaid(policy, settings, workload.types),
    ticks: state.tick,
    ended,
    spans: recorder.spans(),
    holdings: recorder.holdings,
    events: state.events,
    episodes,
    looks: rule.looks ?? null,
    livelock,
    measures: measured(recorder, { episodes, looks: rule.looks ?? null, bound }),
    waits: recorder.waits(),
    finishedAt: state.actors.map(({ finishedAt }) => finishedAt),
    played,
    unplayable: played !== null ? null : shared ? texts.shared : texts.tooLong(MAX_SCRIPT_EVENTS),
  }
}

export interface Ids {
  processes: readonly string[]
  types: readonly string[]
}

/** @returns who was stuck before the policy looked at who waits and at the time */
function doTick(state: RunState, rule: Rule): number[] {
  state.actors.forEach((actor, process) => {
    if (actor.phase === 'pause' && actor.left === 0) state.resume(process)
  })
  state.actors.forEach((actor, process) => {
    // Below 0 when its units came back only after the steps of the tick in which its pause had ended.
    if (actor.phase === 'run' && actor.clock <= 0) doStep(state, rule, process)
  })
  grant(state, rule)
  const blocked = state.queue.filter((process) => state.actors[process]!.since === state.tick)
  for (const process of blocked) rule.blocked?.(state, process)
  grant(state, rule)
  const stuck = rule.tick === undefined ? [] : state.stuck()
  rule.tick?.(
    state,
    state.queue.filter((process) => state.actors[process]!.since === state.tick),
  )
  grant(state, rule)
  sayWhoWaits(state)
  return stuck
}

function doStep(state: RunState, rule: Rule, process: number): void {
  const actor = state.actors[process]!
  const step = actor.program.steps[actor.at]
  if (step === undefined) return state.finish(process)
  actor.began ??= state.tick
  state.done += 1
  const units = state.free.map((_, type) => (type === step.type ? step.count : 0))
  const name = state.name(process)
  if (step.kind === 'request') {
    if (rule.request !== undefined) return rule.request(state, process, units)
    state.tell(process, texts.asks(name, state.spoken(units)))
    return state.ask(process, [units])
  }
  if (rule.release !== undefined) rule.release(state, process, units)
  else {
    state.tell(process, texts.givesBack(name, state.spoken(units)))
    state.giveBack(process, units)
  }
  state.stepDone(process)
}

/** A grant may be followed by a request for the next part, so the oldest are asked again until nobody gets anything. */
function grant(state: RunState, rule: Rule): void {
  const next = (): number | undefined =>
    state.queue.find((process) => {
      const part = state.actors[process]!.parts[0]!
      return state.fits(part) && rule.allows?.(state, process) !== false
    })
  for (let process = next(); process !== undefined; process = next()) state.grant(process)
}

function sayWhoWaits(state: RunState): void {
  for (const process of state.queue) {
    const actor = state.actors[process]!
    if (actor.told) continue
    actor.told = true
    const part = actor.parts[0]!
    state.tell(process, (state.fits(part) ? texts.refused : texts.waits)(state.name(process), state.spoken(part)), state.fits(part)) // prettier-ignore
  }
}

/** A tick passes: who runs comes nearer to its next step, who pauses to the end of its pause. */
function pass(state: RunState): void {
  for (const actor of state.actors) {
    if (actor.phase === 'run') {
      actor.clock -= 1
      if (actor.began !== null) actor.ran += 1
    } else if (actor.phase === 'pause') actor.left -= 1
  }
}

function activityOf(state: RunState, stuck: readonly number[], process: number): Activity {
  const { phase } = state.actors[process]!
  if (phase === 'done') return 'finished'
  if (phase === 'pause') return 'pausing'
  if (phase === 'run') return 'running'
  return stuck.includes(process) ? 'deadlocked' : 'waiting'
}

/** `to` grows with each tick that the deadlock stands; one that is ended at once has stood for no tick. */
function episode(
  episodes: { from: number; to: number | null; processes: number[] }[],
  tick: number,
  before: readonly number[],
  after: readonly number[],
): void {
  const stuck = [...new Set([...before, ...after])].sort((a, b) => a - b)
  if (stuck.length === 0) return
  let open = episodes.at(-1)
  if (open?.to !== tick) episodes.push((open = { from: tick, to: tick, processes: [] }))
  open.processes = [...new Set([...open.processes, ...stuck])].sort((a, b) => a - b)
  if (after.length > 0) open.to = tick + 1
}
