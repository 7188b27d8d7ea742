// What in a drawing stands in the way of its algorithm, and what a person should know. Never blocks an edit.
import type { Diagnostic } from '../../contract/verdict.ts'
import { algorithmOf, algorithms } from './algorithms/index.ts'
import { handTexts } from './model/hand-texts.ts'
import { gridOf, ringOf } from './model/rings-and-grids.ts'
import { type DistributedModel, numberOf } from './model/schema.ts'
import type { Algorithm } from './network/types.ts'
import { verdictTexts as texts } from './model/verdict-texts.ts'

/** Errors withhold the verdict. */
export function diagnose(model: DistributedModel): Diagnostic[] {
  const { nodes } = model
  if (nodes.length === 0) return []
  const known = algorithms.some(({ id }) => id === model.algorithm) || model.algorithm === undefined
  if (!known) return [error([], texts.unknownAlgorithm(model.algorithm ?? ''), texts.chooseAlgorithm)]
  const algorithm = algorithmOf(model.algorithm)
  return [...names(model), ...shape(model, algorithm), ...plan(model, algorithm), ...nobody(model)]
}

const error = (at: string[], sentence: string, remedy: string): Diagnostic => ({
  severity: 'error',
  at,
  sentence,
  remedy,
})
const warning = (at: string[], sentence: string, remedy: string): Diagnostic => ({
  severity: 'warning',
  at,
  sentence,
  remedy,
})

/** Algorithms compare ids, so each node needs one of its own. */
function names({ nodes }: DistributedModel): Diagnostic[] {
  const without = nodes.filter(({ name }) => numberOf(name) === null)
  const first = without[0]
  const found: Diagnostic[] = []
  if (first !== undefined)
    found.push(
      error(
        without.map(({ id }) => id),
        texts.noNumber(first.name, without.length),
        texts.giveNumber,
      ),
    )
  const by = new Map<number, string[]>()
  for (const { id, name } of nodes) {
    const number = numberOf(name)
    if (number !== null) by.set(number, [...(by.get(number) ?? []), id])
  }
  const twice = [...by].find(([, ids]) => ids.length > 1)
  if (twice !== undefined) found.push(error(twice[1], texts.sameNumber(twice[0], twice[1].length), texts.changeNumber))
  return found
}

function shape(model: DistributedModel, algorithm: Algorithm): Diagnostic[] {
  if (algorithm.needs === 'ring' && ringOf(model) === null) {
    return [error([], texts.needsRing(algorithm.label), texts.makeRing)]
  }
  if (algorithm.needs === 'grid' && gridOf(model) === null) {
    return [error([], texts.needsGrid(algorithm.label), texts.makeGrid)]
  }
  if (algorithm.needs === 'links' && !connected(model)) {
    return [error([], texts.needsLinks(algorithm.label), texts.makeLinks)]
  }
  return []
}

function connected({ nodes, edges }: DistributedModel): boolean {
  const [first] = nodes
  if (first === undefined) return true
  const near = new Map<string, string[]>(nodes.map(({ id }) => [id, []]))
  for (const { from, to } of edges) {
    near.get(from)?.push(to)
    near.get(to)?.push(from)
  }
  const found = new Set([first.id])
  for (const id of found) for (const other of near.get(id) ?? []) found.add(other)
  return found.size === nodes.length
}

function plan({ nodes, plan: entries }: DistributedModel, algorithm: Algorithm): Diagnostic[] {
  const ids = new Set(nodes.map(({ id }) => id))
  const lost = (entries ?? []).filter((entry) => {
    if (entry.do === 'heal') return false
    const said = entry.do === 'part' ? entry.nodes : 'node' in entry ? [entry.node] : [entry.from, entry.to]
    return said.some((id) => !ids.has(id))
  })
  const found = lost.length === 0 ? [] : [warning([], texts.planLost(lost.length), texts.removePlan)]
  const byHand = (entries ?? []).filter((entry) => entry.do === 'act' || entry.do === 'send')
  if (algorithm.byHand !== true) {
    return byHand.length === 0 ? found : [...found, warning([], handTexts.planned(byHand.length), handTexts.choose)]
  }
  const itself = byHand.some((entry) => entry.do === 'send' && entry.from === entry.to)
  return itself ? [...found, warning([], handTexts.plannedItself, texts.removePlan)] : found
}

function nobody({ nodes }: DistributedModel): Diagnostic[] {
  if (nodes.some(({ down }) => down !== true)) return []
  return [
    error(
      nodes.map(({ id }) => id),
      texts.allDown,
      texts.bringBack,
    ),
  ]
}
