// What must hold in runs of the ordered broadcasts, told from the logs of deliveries alone.
import { causalTexts } from '../../model/causal-texts.ts'
import { type Outcome, type Rule, atRest, lives } from '../../network/properties.ts'
import type { Self } from '../../network/types.ts'
import type { World } from '../../network/world.ts'
import { nameOf } from '../reactions.ts'
import { messageName } from './broadcast.ts'
import { type Deliverer, type Violation, causalViolation, fifoViolation, totalViolation } from './order.ts'

const texts = causalTexts.rules

/**
 * What was delivered out of order stays so. Up to so many deliveries each step is judged, so that a run shows where it
 * happened; beyond that only the end is, since judging looks at all deliveries again.
 */
const MOST_JUDGED = 400

function judged(world: World, judge: (states: readonly Deliverer[], self: Self) => Outcome): Outcome {
  const states = world.states as readonly Deliverer[]
  const [self] = world.setup.selves
  const deliveries = states.reduce((sum, { log }) => sum + log.length, 0)
  if (self === undefined || (deliveries > MOST_JUDGED && !atRest(world))) {
    return { holds: true, sentence: '', nodes: [] }
  }
  return judge(states, self)
}

const kept = (sentence: string): Outcome => ({ holds: true, sentence, nodes: [] })

type OrderTexts = (typeof texts)['causal' | 'fifo']

const orderRule = (id: string, words: OrderTexts, find: (states: readonly Deliverer[]) => Violation | null): Rule => ({
  id,
  title: words.title,
  what: words.what,
  check: (_, world) =>
    judged(world, (states, self) => {
      const found = find(states)
      if (found === null) return kept(words.kept)
      const { node, first, second } = found
      const sentence = words.broken(nameOf(self, node), messageName(second, self), messageName(first, self))
      return { holds: false, sentence, nodes: [node] }
    }),
})

export const causalOrder = orderRule('causal-order', texts.causal, causalViolation)
export const fifoOrder = orderRule('fifo-order', texts.fifo, fifoViolation)

export const totalOrder: Rule = {
  id: 'total-order',
  title: texts.total.title,
  what: texts.total.what,
  check: (_, world) =>
    judged(world, (states, self) => {
      const found = totalViolation(states)
      if (found === null) return kept(texts.total.kept)
      const [a, b] = found.nodes
      const [first, second] = [messageName(found.first, self), messageName(found.second, self)]
      const sentence = texts.total.broken(nameOf(self, a), nameOf(self, b), first, second)
      return { holds: false, sentence, nodes: found.nodes }
    }),
}

export const allDelivered: Rule = {
  id: 'all-delivered',
  title: texts.all.title,
  what: texts.all.what,
  atRest: true,
  check: (_, world) =>
    judged(world, (states, self) => {
      const live = states.flatMap(({ log }, node) =>
        lives(world, node) ? [{ node, names: new Set(log.map((one) => messageName(one, self))) }] : [],
      )
      const havers = new Map(live.flatMap(({ node, names }) => [...names].map((name) => [name, node] as const)))
      const without = live.find(({ names }) => names.size < havers.size)
      const missing = [...havers].find(([name]) => without?.names.has(name) === false)
      if (without === undefined || missing === undefined) return kept(texts.all.kept)
      const [name, haver] = missing
      const sentence = texts.all.broken(nameOf(self, without.node), nameOf(self, haver), name)
      return { holds: false, sentence, nodes: [without.node] }
    }),
}
