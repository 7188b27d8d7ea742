// The operation `topology.selfHealing`: a cluster played over time with a plan of failures, and the sums that a run must
// agree with: back-off after crashes, and how long the pods of a lost node stay away.
import { InterlockError } from '../../../contract/errors.ts'
import type { Operation, Progress } from '../../../contract/lab.ts'
import { MAX_CLUSTER_EVENTS, MAX_SIMULATED_NODES, MAX_SIMULATED_PODS } from '../../../contract/limits.ts'
import { anything, bad, readFields, readWhole, said } from '../../../contract/operation-input.ts'
import { clusterOf } from '../kubernetes/drawing.ts'
import { applyEvent } from '../kubernetes/reconcile/apply.ts'
import { ClusterEvent } from '../kubernetes/reconcile/events.ts'
import { told } from '../kubernetes/reconcile/simulation.ts'
import { type ClusterState, availableOf, dueIn, initialState } from '../kubernetes/reconcile/state.ts'
import { type ClusterSpec, ClusterTimes, type StartingPod } from '../kubernetes/spec.ts'
import { crashes, lostNode } from './clock-questions.ts'
import { answered, list, oneOf, onlyFields, readNumber, record, text } from './cluster-fields.ts'
import { readNode, readPod } from './cluster-input.ts'
import { readDrawing } from './drawing-input.ts'

const FIELDS = ['nodes', 'drawing', 'deployments', 'pods', 'times', 'plan', 'until', 'seed', 'crashes', 'nodeLoss']
const USUAL_UNTIL = 1_000
const LONGEST = 86_400
const DEEDS = ['crash', 'silence', 'return', 'cordon', 'uncordon', 'drain', 'delete', 'scale']

interface Planned {
  at: number
  place: string
  event: ClusterEvent
}

function readSpec(fields: Record<string, unknown>): ClusterSpec {
  const nodes = list(fields['nodes'], 'nodes').map((one, index) => readNode(one, `nodes[${index}]`, index))
  const pods = list(fields['pods'], 'pods').map((one, index) => readStartingPod(one, index))
  const deployments = list(fields['deployments'], 'deployments').map((one, index) => {
    const at = `deployments[${index}]`
    const { name, replicas, template, ...own } = record(one, at)
    const called = text(name, `${at}.name`, `app${index + 1}`)
    const { pod } = readPod(template ?? own, template === undefined ? at : `${at}.template`, index)
    return {
      name: called,
      replicas: readWhole(replicas ?? 1, `${at}.replicas`, 0, MAX_SIMULATED_PODS),
      // Pods of a deployment are told apart from others by its label.
      template: { ...pod, name: called, labels: { app: called, ...pod.labels } },
    }
  })
  const times = readTimes(fields['times'])
  for (const { node, deployment, spec } of pods) {
    if (node !== null && nodes.every(({ name }) => name !== node))
      throw bad('pods', `${spec.name} runs on ${node}, but there is no such node.`)
    if (deployment !== null && deployments.every(({ name }) => name !== deployment)) {
      throw bad('pods', `${spec.name} belongs to ${deployment}, but there is no such deployment.`)
    }
  }
  const podNames = pods.map(({ spec }) => spec)
  for (const [at, names] of [
    ['nodes', nodes],
    ['deployments', deployments],
    ['pods', podNames],
  ] as const) {
    const twice = names.findIndex(({ name }, index) => names.findIndex((one) => one.name === name) !== index)
    if (twice >= 0)
      throw bad(`${at}[${twice}].name`, `the name ${names[twice]?.name ?? ''} is there twice. Give each its own.`)
  }
  return checkedSize({ nodes, pods, deployments, times })
}

function readTimes(value: unknown): ClusterTimes {
  const fields = record(value, 'times')
  onlyFields(fields, 'times', Object.keys(ClusterTimes.shape))
  const times = ClusterTimes.safeParse(fields)
  if (times.success) return times.data
  const issue = times.error.issues[0]
  throw bad(['times', ...(issue?.path ?? [])].join('.'), `expected a time in s; ${issue?.message ?? ''}.`)
}

/** @throws InterlockError `bad-input` for a cluster that is too large to be played */
function checkedSize(spec: ClusterSpec): ClusterSpec {
  const { nodes, pods, deployments } = spec
  if (nodes.length > MAX_SIMULATED_NODES) throw bad('nodes', `expected at most ${MAX_SIMULATED_NODES} nodes.`)
  const total = deployments.reduce((sum, { replicas }) => sum + replicas, pods.length)
  if (total > MAX_SIMULATED_PODS) throw bad('deployments', `expected at most ${MAX_SIMULATED_PODS} pods in all.`)
  return spec
}

function readDrawn(fields: Record<string, unknown>): ClusterSpec {
  const other = ['nodes', 'pods', 'deployments'].find((name) => fields[name] !== undefined)
  if (other !== undefined) throw bad(other, 'this comes from the drawing. Leave it out, or the drawing.')
  const spec = clusterOf(readDrawing({ drawing: fields['drawing'] }))
  return { ...checkedSize(spec), times: readTimes(fields['times']) }
}

function readStartingPod(value: unknown, index: number): StartingPod {
  const at = `pods[${index}]`
  if (typeof value !== 'object' || value === null)
    return { spec: readPod(value, at, index).pod, node: null, deployment: null }
  const { deployment, ...own } = value as Record<string, unknown>
  const { pod, node } = readPod(own, at, index)
  return { spec: pod, node, deployment: deployment === undefined ? null : text(deployment, `${at}.deployment`) }
}

function readPlan(value: unknown): Planned[] {
  return list(value, 'plan')
    .map((one, index) => {
      const place = `plan[${index}]`
      const { at, ...rest } = record(one, place)
      oneOf(rest['do'], `${place}.do`, DEEDS)
      const event = ClusterEvent.safeParse(rest)
      if (!event.success)
        throw bad(place, `expected such as { "at": 60, "do": "silence", "node": "n1" }, found ${said(one)}.`)
      return { at: readNumber(at, `${place}.at`, 0, LONGEST), place, event: event.data }
    })
    .sort((a, b) => a.at - b.at)
}

function play(fields: Record<string, unknown>, progress?: Progress): Record<string, unknown> {
  const plan = readPlan(fields['plan'])
  const until = readNumber(fields['until'] ?? USUAL_UNTIL, 'until', 0, LONGEST)
  let state: ClusterState = initialState(
    fields['drawing'] === undefined ? readSpec(fields) : readDrawn(fields),
    readWhole(fields['seed'] ?? 1, 'seed', 0, 0xffff_ffff),
  )
  const timeline: { at: number; text: string; said: string }[] = []
  const take = (event: ClusterEvent): void => {
    const words = told(event, state)
    state = applyEvent(state, event)
    if (event.do !== 'wait') timeline.push({ at: state.now, text: words, said: state.said })
    if (timeline.length > MAX_CLUSTER_EVENTS) {
      throw new InterlockError(
        'too-large',
        `More than ${MAX_CLUSTER_EVENTS} events happen before ${until} s. Play for a shorter time.`,
      )
    }
  }
  /** Plays on by itself; what is due at that very moment comes before what is planned for it. */
  const playTo = (time: number): void => {
    for (let next = dueIn(state)[0]; next !== undefined && next.at <= time; next = dueIn(state)[0]) {
      take(next.event as ClusterEvent)
      progress?.(Math.min(1, state.now / Math.max(1, until)))
    }
    if (state.now < time) take({ do: 'wait', seconds: time - state.now })
  }
  for (const { at, place, event } of plan) {
    if (at > until) break
    playTo(at)
    try {
      take(event)
    } catch (error) {
      if (error instanceof InterlockError && error.code === 'bad-event') throw bad(place, error.message)
      throw error
    }
  }
  playTo(until)
  return {
    at: state.now,
    timeline,
    pods: state.pods.map(({ spec, phase, node, restarts, message }) => ({
      pod: spec.name,
      node,
      phase,
      restarts,
      ...(message === '' ? {} : { message }),
    })),
    deployments: state.deployments.map(({ name, replicas }) => ({
      deployment: name,
      replicas,
      available: availableOf(state, name),
      longestShort: state.outages[name]?.longestShort ?? 0,
      longestOutage: state.outages[name]?.longestNone ?? 0,
    })),
  }
}

function run(input: unknown, progress?: Progress): Record<string, unknown> {
  const fields = readFields(input)
  onlyFields(fields, '', FIELDS)
  return answered(fields, { crashes, nodeLoss: lostNode }, 'nodes with deployments, or a drawing', () =>
    fields['nodes'] === undefined && fields['drawing'] === undefined ? null : play(fields, progress),
  )
}

const example = {
  nodes: [
    { name: 'n1', cpu: 1, memory: '1Gi' },
    { name: 'n2', cpu: 1, memory: '1Gi' },
  ],
  deployments: [{ name: 'web', replicas: 1, cpu: '500m', memory: '256Mi' }],
  plan: [{ at: 60, do: 'silence', node: 'n2' }],
  until: 500,
}

export const selfHealing: Operation<unknown, Record<string, unknown>> = {
  summary:
    'A cluster over time: crashes with back-off, silent nodes, eviction and replacement; and the sums behind it.',
  input: anything(),
  help: [
    'Input:',
    '  nodes, pods   as for topology.schedule; pods with node run from the beginning, with deployment they are its own',
    '  deployments   each { name, replicas } and the fields of a pod, or template with them',
    '  drawing       instead of these three: a drawing as for topology.check',
    '  times         in s: grace 40, toleration 300, start 2, backoff 10, backoffMost 300, backoffReset 600',
    '  plan          each { at, do } with node for silence, return, cordon, uncordon, drain; pod for crash, delete;',
    '                deployment and replicas for scale. Pods of a deployment web are called web-1, web-2, …',
    '  until         s that are played; 1000 when left out',
    '  seed          breaks ties of the scheduler; 1 when left out',
    '  crashes       a number, or { count, by: "kubelet" or "docker", first, most }: the waits and their sum',
    '  nodeLoss      true, or { grace, toleration, place, start }: when its pods are evicted and run elsewhere',
    'Output:',
    '  timeline      what happened, each with at in s, text and said',
    '  pods          with node, phase, restarts',
    '  deployments   with available, longestShort and longestOutage in s (fewer than wanted; none at all)',
    '  crashes       delays, total, working (kubelet in s, docker in ms)',
    '  nodeLoss      notReady, eviction, running in s after the last sign of life, working',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}
