// The small questions about scheduling that need no cluster: numbers in, scores with their arithmetic out.
import { bad, readWhole } from '../../../contract/operation-input.ts'
import { oomScoreAdj } from '../capacity/oom.ts'
import { parseAmount } from '../kubernetes/quantity.ts'
import { nodesToFind } from '../kubernetes/schedule.ts'
import { changeBalance, evenBalance } from '../kubernetes/score/balanced.ts'
import { type Filling, fitScore, weightedMean } from '../kubernetes/score/fit.ts'
import { imageScore } from '../kubernetes/score/images.ts'
import { byMaximum, byMaximumReversed, byRange, bySpread, workedBy } from '../kubernetes/score/normalise.ts'
import { spreadLine, spreadPart, spreadRaw } from '../kubernetes/score/spread.ts'
import { type FitStrategy, type ScorePlugin, type ShapePoint, usualScoreOptions } from '../kubernetes/score/types.ts'
import { crashes, lostNode, members } from './clock-questions.ts'
import {
  type Fields,
  type Question,
  list,
  oneOf,
  oneOrMore,
  readNumber,
  readNumbers,
  record,
  text,
} from './cluster-fields.ts'

const MOST_NODES = 1_000_000

/** Names that people give to plugins, without case, to the plugin. */
const pluginNames: Readonly<Record<string, ScorePlugin>> = {
  taint: 'TaintToleration',
  taints: 'TaintToleration',
  tainttoleration: 'TaintToleration',
  affinity: 'NodeAffinity',
  nodeaffinity: 'NodeAffinity',
  spread: 'PodTopologySpread',
  podtopologyspread: 'PodTopologySpread',
  interpod: 'InterPodAffinity',
  podaffinity: 'InterPodAffinity',
  interpodaffinity: 'InterPodAffinity',
  fit: 'NodeResourcesFit',
  noderesourcesfit: 'NodeResourcesFit',
  balanced: 'NodeResourcesBalancedAllocation',
  balancedallocation: 'NodeResourcesBalancedAllocation',
  noderesourcesbalancedallocation: 'NodeResourcesBalancedAllocation',
  image: 'ImageLocality',
  images: 'ImageLocality',
  imagelocality: 'ImageLocality',
}

/** @throws InterlockError `bad-input` for a name that no plugin has */
export function readWeights(value: unknown, at: string): Record<ScorePlugin, number> {
  const weights = { ...usualScoreOptions.weights }
  for (const [name, weight] of Object.entries(record(value, at))) {
    weights[pluginOf(name, at)] = readNumber(weight, `${at}.${name}`, 0, 1_000)
  }
  return weights
}

function pluginOf(name: string, at: string): ScorePlugin {
  const plugin = pluginNames[name.replace(/[-_ ]/g, '').toLowerCase()]
  if (plugin !== undefined) return plugin
  throw bad(
    `${at}.${name}`,
    `there is no plugin of this name. Name one of ${Object.keys(usualScoreOptions.weights).join(', ')}.`,
  )
}

export function readShape(value: unknown, at: string): ShapePoint[] {
  const points = list(value, at).map((one, index) => {
    const here = `${at}[${index}]`
    const [utilization, score] = Array.isArray(one)
      ? (one as unknown[])
      : [record(one, here)['utilization'] ?? record(one, here)['utilisation'], record(one, here)['score']]
    return {
      utilization: readWhole(utilization, `${here}.utilization`, 0, 100),
      score: readWhole(score, `${here}.score`, 0, 10),
    }
  })
  if (points.length === 0) throw bad(at, 'expected at least one point { "utilization": 0 to 100, "score": 0 to 10 }.')
  const wrong = points.findIndex(
    (point, index) => index > 0 && point.utilization <= (points[index - 1]?.utilization ?? 0),
  )
  if (wrong > 0) throw bad(`${at}[${wrong}].utilization`, 'the utilization of the points has to rise.')
  return points
}

export const strategies: readonly FitStrategy[] = ['LeastAllocated', 'MostAllocated', 'RequestedToCapacityRatio']

const taintCounts: Question = (value, at) => workedBy(byMaximumReversed, readNumbers(value, at, 0))
const affinitySums: Question = (value, at) => workedBy(byMaximum, readNumbers(value, at, 0))
const interPodSums: Question = (value, at) => workedBy(byRange, readNumbers(value, at))

const spread: Question = (value, at) => {
  const fields: Fields = Array.isArray(value) ? { counts: value } : record(value, at)
  const counts = list(fields['counts'], `${at}.counts`).map((one, index) =>
    one === null ? null : readNumber(one, `${at}.counts[${index}]`, 0),
  )
  const maxSkew = readWhole(fields['maxSkew'] ?? 1, `${at}.maxSkew`, 1, MOST_NODES)
  const domains = readWhole(
    fields['domains'] ?? counts.filter((one) => one !== null).length,
    `${at}.domains`,
    0,
    MOST_NODES,
  )
  const raw = counts.map((count) => (count === null ? null : spreadRaw([spreadPart(count, domains, maxSkew)])))
  const { scores, working } = workedBy(
    bySpread,
    raw.map((one) => one ?? NaN),
  )
  return {
    raw,
    scores,
    working: working.map((line, index) => {
      const count = counts[index] ?? null
      return count === null ? line : `${spreadLine(count, domains, maxSkew)}, rounded ${raw[index] ?? 0}; ${line}`
    }),
  }
}

const fractions: Question = (value, at) => {
  const fields: Fields = Array.isArray(value) ? { after: value } : record(value, at)
  const after = readNumbers(fields['after'] ?? fields['fractions'], `${at}.after`, 0)
  return fields['before'] === undefined
    ? evenBalance(after)
    : changeBalance(readNumbers(fields['before'], `${at}.before`, 0), after)
}

const fit: Question = (value, at) => {
  const fields = record(value, at)
  const strategy = oneOf(fields['strategy'], `${at}.strategy`, strategies, 'LeastAllocated')
  const weights = (count: number): number[] =>
    fields['weights'] === undefined ? Array<number>(count).fill(1) : readNumbers(fields['weights'], `${at}.weights`, 0)
  if (fields['scores'] !== undefined) {
    const scores = readNumbers(fields['scores'], `${at}.scores`, 0, 100)
    const by = weights(scores.length)
    if (by.length !== scores.length)
      throw bad(`${at}.weights`, `expected ${scores.length} weights, one for each score.`)
    const score = weightedMean(scores, by)
    const sum = by.reduce((total, one) => total + one, 0)
    return {
      score,
      working: [`floor((${scores.map((one, i) => `${by[i] ?? 1} * ${one}`).join(' + ')}) / ${sum}) = ${score}`],
    }
  }
  const shape = fields['shape'] === undefined ? usualScoreOptions.shape : readShape(fields['shape'], `${at}.shape`)
  const given = list(fields['resources'], `${at}.resources`)
  if (given.length === 0) throw bad(at, 'expected scores with weights, or resources with capacity and requested.')
  const by = weights(given.length)
  const fillings = given.map((one, index): Filling => {
    const here = `${at}.resources[${index}]`
    const resource = record(one, here)
    return {
      name: text(resource['name'], `${here}.name`, `r${index + 1}`),
      capacity: readNumber(resource['capacity'], `${here}.capacity`, 0),
      requested: readNumber(resource['requested'], `${here}.requested`, 0),
      weight: readNumber(resource['weight'] ?? by[index] ?? 1, `${here}.weight`, 0),
    }
  })
  return fitScore(strategy, fillings, shape)
}

const weighted: Question = (value, at) => {
  const many = oneOrMore(value).map((one, index) => {
    const here = Array.isArray(value) ? `${at}[${index}]` : at
    const { weights: own, ...scores } = record(one, here)
    const weights = readWeights(own, `${here}.weights`)
    const parts = Object.entries(scores).map(([name, score]) => {
      const plugin = pluginOf(name, here)
      return { plugin, weight: weights[plugin], score: readNumber(score, `${here}.${name}`) }
    })
    const total = parts.reduce((sum, { weight, score }) => sum + weight * score, 0)
    return { total, working: [`${parts.map(({ weight, score }) => `${weight} * ${score}`).join(' + ')} = ${total}`] }
  })
  return Array.isArray(value)
    ? { totals: many.map(({ total }) => total), working: many.flatMap(({ working }) => working) }
    : { ...many[0] }
}

const images: Question = (value, at) => {
  const fields = record(value, at)
  const nodes = readWhole(fields['nodes'], `${at}.nodes`, 1, MOST_NODES)
  const containers = readWhole(fields['containers'] ?? 1, `${at}.containers`, 1, 1_000)
  const here = list(fields['images'], `${at}.images`).map((one, index) => {
    const image = record(one, `${at}.images[${index}]`)
    return {
      size: parseAmount(image['size'], `${at}.images[${index}].size`),
      nodes: readWhole(image['nodes'], `${at}.images[${index}].nodes`, 1, nodes),
    }
  })
  return imageScore(here, nodes, containers)
}

const nodesExamined: Question = (value, at) => {
  const fields: Fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? record(value, at) : {}
  const percentage = readWhole(fields['percentage'] ?? 0, `${at}.percentage`, 0, 100)
  const asked = fields['nodes'] ?? value
  const found = oneOrMore(asked).map((one, index) =>
    nodesToFind(readWhole(one, Array.isArray(asked) ? `${at}[${index}]` : at, 0, MOST_NODES), percentage),
  )
  return Array.isArray(asked)
    ? { counts: found.map(({ count }) => count), working: found.flatMap(({ working }) => working.slice(-1)) }
    : { ...found[0] }
}

const oom: Question = (value, at) => {
  const adjusted = oneOrMore(value).map((one, index) => {
    const here = Array.isArray(value) ? `${at}[${index}]` : at
    const fields = record(one, here)
    const qos = oneOf(fields['qos'], `${here}.qos`, ['Guaranteed', 'Burstable', 'BestEffort'], 'Burstable')
    if (qos !== 'Burstable') return oomScoreAdj(qos, 0, 1)
    const capacity = parseAmount(fields['capacity'], `${here}.capacity`)
    if (capacity === 0) throw bad(`${here}.capacity`, 'expected the memory of the node, which is above 0.')
    return oomScoreAdj(qos, parseAmount(fields['request'], `${here}.request`), capacity)
  })
  return Array.isArray(value)
    ? { adj: adjusted.map(({ adj }) => adj), working: adjusted.flatMap(({ working }) => working) }
    : { ...adjusted[0] }
}

/** By the name of the field that asks it. */
export const questions: Readonly<Record<string, Question>> = {
  taintCounts,
  affinitySums,
  interPodSums,
  spreadCounts: spread,
  fractions,
  fit,
  weighted,
  images,
  nodesExamined,
  oomScoreAdj: oom,
  crashes,
  nodeLoss: lostNode,
  members,
}
