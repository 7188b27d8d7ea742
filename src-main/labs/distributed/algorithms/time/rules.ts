// What must hold of clocks: no error beyond the bound that a node itself believes in, and agreement where there is no
// server. Only here the truth is looked at; the nodes know none of it.
import { lives, type Rule } from '../../network/properties.ts'
import type { Self } from '../../network/types.ts'
import { shown, type SoftClock } from './soft-clock.ts'
import { timeTexts as texts } from './texts.ts'

export interface Believed {
  readonly soft: SoftClock
  /** how wrong the node takes its clock to be at most, in ms */
  readonly bound: number
  /** how many clocks stand between it and the server, itself included */
  readonly levels: number
}

/** Rounding of binary fractions in clocks of some hours, in ms. */
const DUST = 1e-6

/**
 * Clocks that are still on their way to a correction are not judged. Where clocks drift, they are allowed what the
 * fastest and the slowest could have parted since the beginning, twice for each level: during the exchange and since.
 * @param believed null for a node that has not set its clock
 */
export function withinBound(believed: (state: unknown) => Believed | null, server: (self: Self) => number): Rule {
  return {
    id: 'within-bound',
    title: texts.rule.title,
    what: texts.rule.what,
    check(_, world) {
      const { selves, rates } = world.setup
      const top = selves[0] === undefined ? -1 : server(selves[0])
      const parted = (Math.max(...rates) - Math.min(...rates)) * world.now
      const { algorithm } = world.setup
      const truth = algorithm.time?.(world.states[top], world.clock(top)) ?? world.clock(top)
      let widest = -1
      for (const { index, names } of selves) {
        const belief = index === top || !lives(world, index) ? null : believed(world.states[index])
        if (belief === null) continue
        const { soft, bound, levels } = belief
        const clock = world.clock(index)
        const error = Math.abs(shown(soft, clock) - truth)
        if (Math.abs(shown(soft, clock) - clock - soft.target) > DUST) continue
        if (error > bound + 2 * levels * parted + DUST) {
          const sentence = texts.rule.fails(names[index] ?? '?', texts.ms(error), texts.ms(bound))
          return { holds: false, sentence, nodes: [index, top] }
        }
        widest = Math.max(widest, error)
      }
      return { holds: true, sentence: widest < 0 ? texts.rule.unset : texts.rule.holds(texts.ms(widest)), nodes: [] }
    },
  }
}

/**
 * When nothing more is to come, the corrections of all that answered the last poll lead to one time, as nearly as their
 * round trips let the master know it: each clock can be misjudged by half of its own.
 */
export function inAgreement(
  soft: (state: unknown) => SoftClock,
  answers: (state: unknown) => readonly (readonly [node: number, ahead: number, roundTrip: number])[],
  master: (self: Self) => number,
): Rule {
  return {
    id: 'in-agreement',
    title: texts.agreement.title,
    what: texts.agreement.what,
    atRest: true,
    check(_, world) {
      const { selves, rates } = world.setup
      const top = selves[0] === undefined ? -1 : master(selves[0])
      const heard = top < 0 ? [] : answers(world.states[top]).filter(([node]) => lives(world, node))
      if (heard.length === 0 || !lives(world, top)) return { holds: true, sentence: texts.agreement.none, nodes: [] }
      const parted = (Math.max(...rates) - Math.min(...rates)) * world.now
      const aimed = (node: number): number => world.clock(node) + soft(world.states[node]).target
      const nodes = [top, ...heard.map(([node]) => node)].sort((a, b) => aimed(a) - aimed(b))
      const [first, last] = [nodes[0]!, nodes.at(-1)!]
      const apart = aimed(last) - aimed(first)
      const most = Math.max(...heard.map(([, , roundTrip]) => roundTrip))
      const names = [first, last].map((node) => selves[node]?.names[node] ?? '?')
      if (apart <= most + 2 * parted + DUST) {
        return { holds: true, sentence: texts.agreement.holds(texts.ms(apart)), nodes: [] }
      }
      const sentence = texts.agreement.fails(names[0]!, names[1]!, texts.ms(apart), texts.ms(most))
      return { holds: false, sentence, nodes: [first, last] }
    },
  }
}
