// The operation `distributed.compare`: algorithms side by side on a drawing, and over sizes and placements.
import { z } from 'zod'
import type { Operation } from '../../../contract/lab.ts'
import { bad, readFields, readWhole } from '../../../contract/operation-input.ts'
import { algorithmOf } from '../algorithms/index.ts'
import { bySize, onDrawing } from '../compare.ts'
import type { CompareInput, CompareOutput } from '../model/comparison.ts'
import { DistributedModel } from '../model/schema.ts'
import { meshOf } from './drawings.ts'

const MOST_SIZE = 200
const MOST_SIZES = 20
const MOST_ALGORITHMS = 12
const MOST_ARRANGEMENTS = 200
const USUAL_ARRANGEMENTS = 20

function read(input: unknown): Required<Pick<CompareInput, 'algorithms' | 'sizes' | 'arrangements' | 'seed'>> & {
  model: DistributedModel | null
} {
  const fields = readFields(input)
  const { algorithms, sizes = [], model } = fields
  if (!Array.isArray(algorithms) || algorithms.length < 1 || algorithms.length > MOST_ALGORITHMS) {
    throw bad('algorithms', `expected a list of 1 to ${MOST_ALGORITHMS} ids of algorithms.`)
  }
  if (!Array.isArray(sizes) || sizes.length > MOST_SIZES) {
    throw bad('sizes', `expected a list of at most ${MOST_SIZES} numbers of nodes.`)
  }
  const parsed = model === undefined ? null : DistributedModel.safeParse(model)
  if (parsed !== null && !parsed.success) {
    const issue = parsed.error.issues[0]
    throw bad(['model', ...(issue?.path ?? [])].join('.'), issue?.message ?? 'is no drawing of a distributed system.')
  }
  return {
    model: parsed?.data ?? null,
    algorithms: algorithms.map((id) => algorithmOf(String(id)).id),
    sizes: sizes.map((n, index) => readWhole(n, `sizes[${index}]`, 1, MOST_SIZE)),
    arrangements: readWhole(fields['arrangements'] ?? USUAL_ARRANGEMENTS, 'arrangements', 0, MOST_ARRANGEMENTS),
    seed: readWhole(fields['seed'] ?? 1, 'seed', 0, 0xffff_ffff),
  }
}

const example = { model: meshOf([1, 2, 3], { crashed: [3], starts: [1] }), algorithms: ['bully'], sizes: [3] }

export const compareOperation: Operation<unknown, CompareOutput> = {
  summary: 'Compares algorithms by the messages and the time that their runs take.',
  input: z.custom<unknown>(() => true),
  help: [
    'Input:',
    '  algorithms     ids, see distributed.algorithms',
    '  model          a drawing that each is run on; may be left out',
    '  sizes          numbers of nodes, 1 to 200, for which each is run on drawings of its own; may be left out',
    '  arrangements   arrangements of ids drawn by chance for each size, besides rising and falling; 20 when left out',
    '  seed           of that chance; 1 when left out',
    'Output:',
    '  drawing        for each algorithm: why it does not fit (unfit), or word, messages, withoutToCrashed, kinds, time',
    '                 in ms, the busiest node, and figures of the textbook (costs)',
    '  sizes          for each algorithm and size: runs, and best, average and worst number of messages, mean time',
  ],
  get example() {
    return { input: example, output: compareOperation.run(example) }
  },
  run(input, progress) {
    const { model, algorithms, sizes, arrangements, seed } = read(input)
    return {
      drawing: model === null ? [] : algorithms.map((id) => onDrawing(model, id)),
      sizes: bySize(algorithms, sizes, arrangements, seed, progress),
    }
  },
}
