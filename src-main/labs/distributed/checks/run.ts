// The run that a question is about: the drawing's algorithm or another one, begun by those whom the question names, to its
// end. Judges no answer.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import { MAX_NAME_LENGTH } from '../../../contract/limits.ts'
import { algorithmOf, algorithms } from '../algorithms/index.ts'
import { diagnose } from '../diagnostics.ts'
import type { DistributedModel, NetworkNode } from '../model/schema.ts'
import { type RunOutcome, runToEnd } from '../network/outcome.ts'
import { lives } from '../network/properties.ts'
import { setupOf, usualSeed } from '../network/setup.ts'
import { texts } from './texts.ts'

/** A run that has not ended by then cannot be asked about: it is run again with every answer. */
const MOST_EVENTS = 50_000

const Names = z.array(z.string().max(MAX_NAME_LENGTH))
export const AlgorithmId = z.enum(algorithms.map(({ id }) => id))

/** The same drawing serves several questions: with another algorithm, begun by others, with others crashed. */
export const RunOf = z.strictObject({
  algorithm: AlgorithmId.optional().describe(texts.params.algorithm),
  initiators: Names.min(1).optional().describe(texts.params.initiators),
  crashed: Names.optional().describe(texts.params.crashed),
})
export type RunOf = z.infer<typeof RunOf>

export const bad = (sentence: string): InterlockError => new InterlockError('bad-input', sentence)

/**
 * The node of this name.
 * @throws InterlockError `bad-input` with those there are
 */
export function nodeNamed({ nodes }: DistributedModel, name: string): NetworkNode {
  const found = nodes.find((node) => node.name === name)
  if (found !== undefined) return found
  throw bad(
    texts.noSuch(
      'node',
      name,
      nodes.map((node) => node.name),
    ),
  )
}

/** The drawing as the question changes it. @throws InterlockError `bad-input` for a name that is not there */
export function askedAbout(model: DistributedModel, { algorithm, initiators, crashed }: RunOf): DistributedModel {
  const ids = (names: readonly string[] | undefined): Set<string> | null =>
    names === undefined ? null : new Set(names.map((name) => nodeNamed(model, name).id))
  const [begin, down] = [ids(initiators), ids(crashed)]
  const nodes = model.nodes.map((node) => ({
    ...node,
    ...(begin === null ? {} : { starts: begin.has(node.id) }),
    ...(down === null ? {} : { down: down.has(node.id) }),
  }))
  return { ...model, nodes, ...(algorithm === undefined ? {} : { algorithm }) }
}

/** @throws InterlockError `bad-input` when the drawing cannot be run, or its run does not end */
export function outcomeOf(model: DistributedModel, params: RunOf): RunOutcome {
  if (model.nodes.length === 0) throw bad(texts.noNodes)
  const asked = askedAbout(model, params)
  const problem = diagnose(asked).find(({ severity }) => severity === 'error')
  if (problem !== undefined) throw bad(texts.cannotRun(problem.sentence, problem.remedy))
  const outcome = runToEnd(setupOf(asked, algorithmOf(asked.algorithm), asked.seed ?? usualSeed), MOST_EVENTS)
  if (!outcome.ended) throw bad(texts.endless)
  return outcome
}

/** Index of the node that all live ones take for the leader; null where they do not agree. */
export function leaderOf({ world, looks }: RunOutcome): { leader: number | null; followers: number } {
  const live = world.conditions.flatMap((_, index) => (lives(world, index) ? [index] : []))
  const named = new Set(live.map((index) => looks[index]?.leader ?? null))
  const [leader = null] = named
  return { leader: named.size === 1 ? leader : null, followers: live.length }
}
