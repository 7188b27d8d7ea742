// What can happen in a cluster, as data that a script keeps: by itself, or by a person's hand; and as lines of text.
import { z } from 'zod'
import { InterlockError } from '../../../../contract/errors.ts'
import { type ClusterState, dueIn } from './state.ts'
import { clusterTexts as texts } from './texts.ts'

const Name = z.string().min(1).max(200)

export const ClusterEvent = z.discriminatedUnion('do', [
  z.object({ do: z.enum(['notReady', 'silence', 'return', 'cordon', 'uncordon', 'drain']), node: Name }),
  z.object({ do: z.enum(['evict', 'run', 'restart', 'schedule', 'crash', 'delete']), pod: Name }),
  z.object({ do: z.enum(['create', 'reduce']), deployment: Name }),
  z.object({ do: z.literal('scale'), deployment: Name, replicas: z.number().int().min(0).max(1000) }),
  z.object({ do: z.literal('wait'), seconds: z.number().min(0.001).max(86_400) }),
])
export type ClusterEvent = z.infer<typeof ClusterEvent>

/** s that a person waits when nothing else is said. */
const USUAL_WAIT = 10

/** What comes next by itself, all at its time; then what a person can do. */
export function possibleEvents(state: ClusterState): ClusterEvent[] {
  const due = dueIn(state)
  const next = due.filter(({ at }) => at === due[0]?.at).map(({ event }) => event as ClusterEvent)
  const immediate = due[0]?.at === state.now
  return [
    ...next,
    ...(immediate ? [] : [{ do: 'wait', seconds: USUAL_WAIT } as const]),
    ...state.nodes.flatMap(({ spec: { name: node }, condition, cordoned }): ClusterEvent[] => [
      { do: condition === 'ready' ? 'silence' : 'return', node },
      { do: cordoned ? 'uncordon' : 'cordon', node },
      { do: 'drain', node },
    ]),
    ...state.pods.flatMap(({ spec: { name: pod }, phase, node }): ClusterEvent[] => {
      const heard = state.nodes.some(({ spec, condition }) => spec.name === node && condition === 'ready')
      const deletes: ClusterEvent[] = phase === 'terminating' ? [] : [{ do: 'delete', pod }]
      return phase === 'running' && heard ? [{ do: 'crash', pod }, ...deletes] : deletes
    }),
    ...state.deployments.flatMap(({ name: deployment, replicas }): ClusterEvent[] => [
      { do: 'scale', deployment, replicas: replicas + 1 },
      ...(replicas > 0 ? [{ do: 'scale', deployment, replicas: replicas - 1 } as const] : []),
    ]),
  ]
}

const verbs = {
  silence: 'falls silent',
  return: 'is back',
  notReady: 'is not ready',
  crash: 'crashes',
  run: 'runs',
  restart: 'starts again',
  evict: 'is evicted',
} as const
const commands = ['uncordon', 'cordon', 'drain', 'delete', 'schedule', 'create', 'reduce'] as const

/** The line of an event; never throws. */
export function writeEvent(event: ClusterEvent): string {
  if (event.do === 'wait') return `wait ${event.seconds}`
  if (event.do === 'scale') return `scale ${event.deployment} to ${event.replicas}`
  const subject = 'node' in event ? event.node : 'pod' in event ? event.pod : event.deployment
  return event.do in verbs ? `${subject} ${verbs[event.do as keyof typeof verbs]}` : `${event.do} ${subject}`
}

/** @throws InterlockError `bad-input` with what was expected */
export function readEvent(line: string, state: ClusterState): ClusterEvent {
  const wait = /^wait (\d+(?:\.\d+)?)$/.exec(line)
  if (wait !== null && Number(wait[1]) > 0) return { do: 'wait', seconds: Number(wait[1]) }
  const scale = /^scale (.+) to (\d{1,4})$/.exec(line)
  if (scale !== null) return { do: 'scale', deployment: scale[1] ?? '', replicas: Number(scale[2]) }
  const about = (verb: string, name: string): ClusterEvent => {
    const known = {
      node: state.nodes.some(({ spec }) => spec.name === name),
      pod: state.pods.some(({ spec }) => spec.name === name),
      deployment: state.deployments.some((one) => one.name === name),
    }
    for (const key of ['node', 'pod', 'deployment'] as const) {
      const parsed = ClusterEvent.safeParse({ do: verb, [key]: name })
      if (parsed.success && known[key]) return parsed.data
    }
    const from = Math.max(0, line.indexOf(name))
    throw new InterlockError('bad-input', `There is nothing called ${name} that this could be said of.`, {
      from,
      to: from + name.length,
    })
  }
  for (const [verb, words] of Object.entries(verbs)) {
    if (line.endsWith(` ${words}`)) return about(verb, line.slice(0, -words.length - 1))
  }
  for (const verb of commands) if (line.startsWith(`${verb} `)) return about(verb, line.slice(verb.length + 1))
  throw new InterlockError('bad-input', texts.line)
}
