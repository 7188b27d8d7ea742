// Questions that a run of the drawing answers: who leads, how many messages, how long, who enters in which order.
import { z } from 'zod'
import type { Judgement } from '../../../contract/exercise.ts'
import { MAX_NAME_LENGTH } from '../../../contract/limits.ts'
import { algorithmOf } from '../algorithms/index.ts'
import type { DistributedModel } from '../model/schema.ts'
import { totalsOf } from '../network/outcome.ts'
import { lives } from '../network/properties.ts'
import { ricartAgrawala } from '../operations/ricart-agrawala.ts'
import { answerAs, because, noAnswer, right, wrong } from '../../../contract/judging.ts'
import { check, choice, numeric } from './make.ts'
import { RunOf, askedAbout, bad, leaderOf, nodeNamed, outcomeOf } from './run.ts'
import { listOf, texts } from './texts.ts'

const NOBODY = '-'

export const leader = choice<RunOf>({
  id: 'leader',
  title: texts.titles.leader,
  params: RunOf,
  options: ({ nodes }) => [
    ...nodes.map(({ id, name }) => ({ value: id, label: name })),
    { value: NOBODY, label: texts.leader.nobody },
  ],
  solve(given, params) {
    const { label, family } = algorithmOf(params.algorithm ?? given.algorithm)
    if (family !== 'election') throw bad(texts.noElection(label))
    const { leader: index, followers } = leaderOf(outcomeOf(given, params))
    const node = given.nodes[index ?? -1]
    if (node === undefined) return { value: NOBODY, because: texts.leader.becauseNobody }
    return { value: node.id, because: texts.leader.because(node.name, followers), at: [node.id] }
  },
  against(value, given, params) {
    if (value === NOBODY) return texts.leader.againstNobody
    const index = given.nodes.findIndex(({ id }) => id === value)
    const name = given.nodes[index]?.name ?? noAnswer
    return lives(outcomeOf(given, params).world, index) ? texts.leader.against(name) : texts.leader.againstCrashed(name)
  },
})

const MessagesOf = RunOf.extend({
  kind: z.string().max(MAX_NAME_LENGTH).optional().describe(texts.params.kind),
  /** every message is counted when it is sent; whoever sends cannot know that the receiver has crashed */
  toCrashed: z.enum(['count', 'leave out']).default('count').describe(texts.params.toCrashed),
})
type MessagesOf = z.infer<typeof MessagesOf>

interface Counts {
  sent: number
  reached: number
}

/** @throws InterlockError `bad-input` when no message is of the kind */
function countsOf(
  given: DistributedModel,
  params: MessagesOf,
): { asked: Counts; all: Counts; kinds: [string, Counts][] } {
  const { world } = outcomeOf(given, params)
  const counts = (tally: { sent: number; toCrashed: number }): Counts => ({
    sent: tally.sent,
    reached: tally.sent - tally.toCrashed,
  })
  const kinds = [...world.tallies].map(([kind, tally]): [string, Counts] => [kind, counts(tally)])
  const all = counts(totalsOf(world))
  if (params.kind === undefined) return { asked: all, all, kinds }
  const asked = new Map(kinds).get(params.kind)
  if (asked !== undefined) return { asked, all, kinds }
  throw bad(
    texts.messages.noKind(
      params.kind,
      kinds.map(([kind]) => kind),
    ),
  )
}

const counted = ({ sent, reached }: Counts, { toCrashed }: MessagesOf): number =>
  toCrashed === 'count' ? sent : reached

export const messages = numeric<MessagesOf>({
  id: 'messages',
  title: texts.titles.messages,
  params: MessagesOf,
  solve(given, params) {
    const { asked, kinds } = countsOf(given, params)
    const parts = kinds.map(([kind, { sent, reached }]) => texts.messages.part(kind, sent, sent - reached))
    const because = texts.messages.because(parts.length === 0 ? [texts.messages.none] : parts)
    return { value: counted(asked, params), because }
  },
  against(value, given, params) {
    const { asked, all, kinds } = countsOf(given, params)
    const words = texts.messages
    if (params.toCrashed === 'count' && value === asked.reached) return words.leftOut
    if (params.toCrashed !== 'count' && value === asked.sent) return words.tookIn
    if (params.kind !== undefined) return value === counted(all, params) ? words.allKinds(params.kind) : words.against
    const one = kinds.find(([, counts]) => value === counted(counts, params))
    return one === undefined ? words.against : words.oneKind(one[0])
  },
})

export const duration = numeric<RunOf>({
  id: 'duration',
  title: texts.titles.duration,
  params: RunOf,
  solve: (given, params) => ({ value: outcomeOf(given, params).world.now, because: texts.duration.because }),
  against: () => texts.duration.against,
})

const EntriesOf = RunOf.extend({
  /** by name of the node; whoever is not named does not ask */
  stamps: z
    .record(z.string().max(MAX_NAME_LENGTH), z.number().int().min(1).max(1_000_000))
    .optional()
    .describe(texts.params.requestStamps),
})
type EntriesOf = z.infer<typeof EntriesOf>

export const entries = check<EntriesOf>({
  id: 'entries',
  title: texts.titles.entries,
  params: EntriesOf,
  form(given, params) {
    entryOrder(given, params)
    return { kind: 'order', items: given.nodes.map(({ id, name }) => ({ id, label: name })) }
  },
  judge: ({ given, params }, answer) => judgeOrder(given, entryOrder(given, params), answerAs(answer, 'order').ids),
  key: (given, params) => because(namesOf(given, entryOrder(given, params)), texts.entries.because),
})

/** Record ids by first entry. @throws InterlockError `bad-input` for an algorithm without a critical section */
function entryOrder(given: DistributedModel, params: EntriesOf): string[] {
  const { id, label, family } = algorithmOf(params.algorithm ?? given.algorithm)
  if (family !== 'exclusion') throw bad(texts.noSection(label))
  const { stamps } = params
  if (stamps === undefined) {
    const { visits, world } = outcomeOf(given, params)
    const entered = visits.all.filter((visit) => visit.entered !== null)
    entered.sort((a, b) => (a.entered ?? 0) - (b.entered ?? 0))
    return [...new Set(entered.map(({ node }) => world.setup.ids[node] ?? ''))]
  }
  if (id !== 'ricart-agrawala') throw bad(texts.entries.noStamp)
  const { nodes } = askedAbout(given, params)
  const requests = Object.entries(stamps).map(([name, ts]) => {
    const { id: record } = nodeNamed(given, name)
    return { p: nodes.findIndex((node) => node.id === record), ts }
  })
  const { entries: log } = ricartAgrawala.run({ processes: nodes.length, requests })
  return log.map(([, process]) => nodes[process]?.id ?? '')
}

const namesOf = ({ nodes }: DistributedModel, ids: readonly string[]): string =>
  ids.length === 0 ? texts.entries.none : listOf(ids.map((id) => nodes.find((node) => node.id === id)?.name ?? id))

function judgeOrder(given: DistributedModel, solution: readonly string[], ids: readonly string[]): Judgement {
  const words = texts.entries
  const name = (id: string): string => namesOf(given, [id])
  const expected = namesOf(given, solution)
  const found = namesOf(given, ids)
  const first = ids.findIndex((id, place) => id !== solution[place])
  const good = first === -1 ? ids.length : first
  const share = Math.floor((good / Math.max(1, solution.length)) * 4) / 8
  const id = ids[first]
  if (id !== undefined) {
    const sentence = ids.indexOf(id) !== first ? words.doubled(name(id)) : words.next(name(id), first + 1)
    return wrong(expected, found, solution.includes(id) ? sentence : words.stranger(name(id)), [id], share)
  }
  const missing = solution.length - ids.length
  if (missing > 0) return wrong(expected, found, words.missing(missing), [...ids], share)
  return right(expected, found, words.because, [...ids])
}
