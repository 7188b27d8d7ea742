// What must hold in runs of the failure detector. Only the outside can judge it: no node knows whether another crashed.
import { type Outcome, type Rule, lives } from '../../network/properties.ts'
import type { World } from '../../network/world.ts'
import { nameOf } from '../reactions.ts'
import { heartbeatTexts } from './heartbeat-texts.ts'

const texts = heartbeatTexts.rules

/** What the rules look at in a node's state. */
interface Detector {
  readonly election: { readonly leader: number | null }
  readonly suspects: boolean
}

/** The first live node that suspects, or does not suspect, a coordinator that has, or has not, crashed. */
function mistaken(world: World, suspects: boolean, words: (typeof texts)['accuracy' | 'completeness']): Outcome {
  const [self] = world.setup.selves
  for (const [node, state] of (world.states as readonly Detector[]).entries()) {
    const { leader } = state.election
    if (leader === null || leader === node || !lives(world, node)) continue
    if (state.suspects !== suspects || lives(world, leader) !== suspects || self === undefined) continue
    return { holds: false, sentence: words.broken(nameOf(self, node), nameOf(self, leader)), nodes: [node, leader] }
  }
  return { holds: true, sentence: words.kept, nodes: [] }
}

/** Accuracy: who is suspected has crashed. */
export const accuracy: Rule = {
  id: 'accuracy',
  title: texts.accuracy.title,
  what: texts.accuracy.what,
  check: (_, world) => mistaken(world, true, texts.accuracy),
}

/** Completeness: who has crashed is suspected in the end. */
export const completeness: Rule = {
  id: 'completeness',
  title: texts.completeness.title,
  what: texts.completeness.what,
  atRest: true,
  check: (_, world) => mistaken(world, false, texts.completeness),
}
