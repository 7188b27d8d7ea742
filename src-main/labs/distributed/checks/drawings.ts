// The question for a drawing on which an election runs as the task tells: judged by running what the student drew.
import { z } from 'zod'
import type { Judgement } from '../../../contract/exercise.ts'
import { MAX_NAME_LENGTH } from '../../../contract/limits.ts'
import { InterlockError } from '../../../contract/errors.ts'
import { gridOf } from '../model/rings-and-grids.ts'
import type { DistributedModel } from '../model/schema.ts'
import { totalsOf } from '../network/outcome.ts'
import { right, wrong } from '../../../contract/judging.ts'
import { check } from './make.ts'
import { AlgorithmId, leaderOf, outcomeOf } from './run.ts'
import { texts } from './texts.ts'

const words = texts.elects
const Count = z.number().int().min(1)
const Elects = z.strictObject({
  algorithm: AlgorithmId.describe(texts.params.asked),
  nodes: Count.optional().describe(texts.params.leastNodes),
  rows: Count.optional().describe(texts.params.rows),
  columns: Count.optional().describe(texts.params.columns),
  leader: z.string().max(MAX_NAME_LENGTH).optional().describe(texts.params.leader),
  most: Count.optional().describe(texts.params.most),
  exactly: Count.optional().describe(texts.params.exactly),
})
type Elects = z.infer<typeof Elects>

export const elects = check<Elects>({
  id: 'elects',
  title: texts.titles.elects,
  params: Elects,
  form: () => ({ kind: 'drawing' }),
  judge: ({ drawing, params }) => judge(drawing, params),
  key: (_, params) => wanted(params),
})

function wanted({ nodes = 1, rows, columns, leader, most, exactly }: Elects): string {
  return words.wanted([
    words.nodes(nodes),
    ...(rows === undefined && columns === undefined ? [] : [words.grid(rows ?? 1, columns ?? 1)]),
    ...(leader === undefined ? [] : [words.leader(leader)]),
    ...(most === undefined ? [] : [words.most(most)]),
    ...(exactly === undefined ? [] : [words.exactly(exactly)]),
  ])
}

function judge(drawing: DistributedModel, params: Elects): Judgement {
  const { algorithm, nodes = 1, rows, columns, leader, most, exactly } = params
  const expected = wanted(params)
  const drawn = words.found(drawing.nodes.length)
  if (drawing.nodes.length < nodes) return wrong(expected, drawn, words.lacks(words.nodes(nodes)))
  if (rows !== undefined || columns !== undefined) {
    const grid = gridOf(drawing)
    if (grid === null) return wrong(expected, drawn, words.noGrid)
    const [high, wide] = [rows ?? 1, columns ?? 1]
    const fits = (r: number, c: number): boolean => r >= high && c >= wide
    if (!fits(grid.rows, grid.columns) && !fits(grid.columns, grid.rows)) {
      return wrong(expected, drawn, words.lacks(words.grid(high, wide)))
    }
  }
  // What the drawing's own plan makes happen would hide what the election costs.
  if ((drawing.plan ?? []).length > 0) return wrong(expected, drawn, words.plan)
  try {
    const outcome = outcomeOf(drawing, { algorithm })
    const node = drawing.nodes[leaderOf(outcome).leader ?? -1]
    if (node === undefined) return wrong(expected, drawn, words.nobody)
    const { sent } = totalsOf(outcome.world)
    const found = words.run(node.name, sent)
    if (leader !== undefined && node.name !== leader) {
      return wrong(expected, found, words.leads(node.name, leader), [node.id])
    }
    if (sent > (most ?? Infinity) || (exactly !== undefined && sent !== exactly)) {
      return wrong(expected, found, words.sends(sent), [], 0.5)
    }
    return right(expected, found, words.all(node.name, sent), [node.id])
  } catch (error) {
    if (error instanceof InterlockError) return wrong(expected, drawn, error.message)
    throw error
  }
}
