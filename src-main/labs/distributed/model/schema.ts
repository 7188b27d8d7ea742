// The drawing of a distributed system as records: nodes that compute, links between neighbours, and how the network
// behaves. What happens at which time without anybody's hand (crashes, cuts, partitions) is the plan.
import { z } from 'zod'
import { Name, RecordId } from '../../../contract/document.ts'
import { MAX_PLAN_ENTRIES, MAX_SIM_TIME } from '../../../contract/limits.ts'

const Percent = z.number().int().min(0).max(100)
const Duration = z.number().int().min(0).max(MAX_SIM_TIME)

export const NetworkNode = z.looseObject({
  id: RecordId,
  kind: z.literal('node'),
  /** the number in it is the node's id in the sense of the algorithms: P7 has the id 7 */
  name: Name,
  /** crashed before the run begins */
  down: z.boolean().optional(),
  /** begins at time 0: starts an election, asks for the critical section, sends the first message */
  starts: z.boolean().optional(),
  /** how far its clock is ahead of true time at time 0, in ms */
  offset: z.number().int().min(-MAX_SIM_TIME).max(MAX_SIM_TIME).optional(),
  /** how much faster than true time its clock runs, in millionths */
  drift: z.number().int().min(-500_000).max(500_000).optional(),
  /** nodes with different parts cannot reach each other; 1 when nothing is said */
  part: z.number().int().min(1).max(9).optional(),
})
export type NetworkNode = z.infer<typeof NetworkNode>

/** Neighbours in the sense of the algorithms, and how messages between the two behave; what is not said is the network's. */
export const LinkEdge = z.looseObject({
  id: RecordId,
  kind: z.literal('link'),
  from: RecordId,
  to: RecordId,
  /** nothing passes */
  cut: z.boolean().optional(),
  /** least time a message takes, in ms; 0: as the network says */
  delay: Duration.optional(),
  /** the same for what goes from `to` to `from`; 0: as the other way */
  back: Duration.optional(),
  /** of a hundred messages so many are lost, by chance; 0: as the network says */
  loss: Percent.optional(),
})
export type LinkEdge = z.infer<typeof LinkEdge>

/** How messages travel where a link says nothing else. */
export const NetworkSettings = z.object({
  /** least time a message takes, in ms */
  delay: Duration,
  /** by chance up to so much longer, in ms, every length equally likely */
  spread: Duration,
  /** of a hundred messages so many are lost, and so many arrive twice, by chance */
  loss: Percent,
  duplicates: Percent,
  /** whether messages between two nodes can overtake each other */
  overtaking: z.boolean(),
  /** a link sends one message in so many ms; 0: any number at once */
  gap: Duration,
})
export type NetworkSettings = z.infer<typeof NetworkSettings>

const usualNetwork: NetworkSettings = { delay: 10, spread: 0, loss: 0, duplicates: 0, overtaking: false, gap: 0 }

/** What a person calls an event or a message: one line of a script can hold it. */
export const HandLabel = z
  .string()
  .max(40)
  .regex(/^[^\s#](?:.*[^\s])?$/u)
  .regex(/^(?:[^#]|\S#)*$/u)

const at = Duration
const node = RecordId
/** What happens at a time by itself. */
export const PlanEntry = z.discriminatedUnion('do', [
  z.object({ do: z.literal('start'), at, node }),
  z.object({ do: z.literal('crash'), at, node }),
  z.object({ do: z.literal('recover'), at, node }),
  z.object({ do: z.literal('pause'), at, node }),
  z.object({ do: z.literal('resume'), at, node }),
  z.object({ do: z.literal('cut'), at, from: RecordId, to: RecordId }),
  z.object({ do: z.literal('mend'), at, from: RecordId, to: RecordId }),
  /** nodes that are named stand apart from all others from then on */
  z.object({ do: z.literal('part'), at, nodes: z.array(RecordId).min(1) }),
  z.object({ do: z.literal('heal'), at }),
  /** by hand: something happens in a node */
  z.object({ do: z.literal('act'), at, node, label: HandLabel.optional() }),
  /** by hand: a message; `takes` is its time on the way in ms, as the network says when nothing is said */
  z.object({
    ...{ do: z.literal('send'), at, from: RecordId, to: RecordId },
    ...{ label: HandLabel.optional(), takes: Duration.optional() },
  }),
])
export type PlanEntry = z.infer<typeof PlanEntry>

export const Topology = z.enum(['free', 'ring', 'line', 'grid', 'star', 'tree', 'mesh'])
export type Topology = z.infer<typeof Topology>

/** Settings that the shape of a drawing reads, whichever algorithm runs in it. */
export const SHAPE_SETTINGS: readonly string[] = ['columns']

/** A message on its way, as a run shows it; documents have none. */
export const Travelling = z.object({
  id: z.string(),
  from: RecordId,
  to: RecordId,
  text: z.string(),
  /** how far it is, 0 to 1 */
  done: z.number(),
  lost: z.boolean(),
})

export const DistributedModel = z.looseObject({
  nodes: z.array(NetworkNode),
  edges: z.array(LinkEdge),
  /** the shape that is kept while nodes come and go; free when nothing is said */
  topology: Topology.optional(),
  /** id of the algorithm that the nodes run */
  algorithm: z.string().max(60).optional(),
  /** what the algorithm can be told, by key: numbers, and switches as 0 or 1 */
  settings: z.record(z.string().max(60), z.number().int().min(0).max(MAX_SIM_TIME)).optional(),
  network: NetworkSettings.partial().optional(),
  plan: z.array(PlanEntry).max(MAX_PLAN_ENTRIES).optional(),
  /** where all chance of the verdict's run comes from */
  seed: z.number().int().min(0).max(0xffff_ffff).optional(),
  /** put in by a run, for the picture: what is on its way, and a word below each node */
  travelling: z.array(Travelling).optional(),
  said: z.record(RecordId, z.string()).optional(),
})
export type DistributedModel = z.infer<typeof DistributedModel>

/** The network's settings with everything filled in. */
export const networkOf = ({ network }: Pick<DistributedModel, 'network'>): NetworkSettings => ({
  ...usualNetwork,
  // What is left out and what is undefined are the same here.
  ...Object.fromEntries(Object.entries(network ?? {}).filter(([, value]) => value !== undefined)),
})

/**
 * The same link, written down from its other end: what it says of either direction it says of that direction still.
 * A direction that is as the network says is written out, since only the first one can be left to the network; a delay
 * of 0 becomes 1 ms there, as `back: 0` means something else.
 */
export function turned(link: LinkEdge, usual: NetworkSettings): LinkEdge {
  const { from, to, delay = 0, back = 0 } = link
  const round = { ...link, from: to, to: from }
  return back === 0 ? round : { ...round, delay: back, back: delay === 0 ? Math.max(1, usual.delay) : delay }
}

/** The id of a node in the sense of the algorithms: the number in its name; null when there is none. */
export function numberOf(name: string): number | null {
  const digits = /\d+/.exec(name)?.[0]
  const number = digits === undefined ? null : Number(digits)
  return number !== null && Number.isSafeInteger(number) ? number : null
}
