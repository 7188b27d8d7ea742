// The question for the fewest processes to kill. Each one killed gives back all that it holds, and is gone.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import { matricesOf } from '../dense-of.ts'
import { finishing } from '../engine/dense.ts'
import { fewestVictims } from '../engine/victims.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { without } from '../recovery/costs.ts'
import { judged } from './graph.ts'
import { namesOf, processesOf } from './items.ts'
import { answerAs, right, wrong } from '../../../contract/judging.ts'
import { About, check } from './make.ts'
import { setOf, texts } from './texts.ts'

/** sets named in the key */
const MOST_IN_KEY = 8

export const victims = check<z.infer<typeof About>>({
  id: 'victims',
  title: texts.titles.victims,
  params: About,
  form: (model) => (solved(model), { kind: 'set', items: processesOf(model) }),
  judge({ given }, answer) {
    const items = processesOf(given)
    const { ids } = answerAs(answer, 'set')
    const { size } = solved(given)
    const expected = keyOf(given)
    const found = setOf(namesOf(items, ids))
    const numbers = new Set(
      ids.map((id) => items.findIndex((item) => item.id === id)).filter((number) => number !== -1),
    )
    const { stuck } = finishing(without(matricesOf(given).asked, numbers), 'first')
    const left = stuck.filter((process) => !numbers.has(process)).map((process) => items[process]!.id)
    if (left.length > 0) return wrong(expected, found, texts.victims.stillDeadlock(namesOf(items, left)), left)
    if (numbers.size > size) return wrong(expected, found, texts.victims.more(numbers.size), [...ids], 0.5)
    return right(expected, found, size === 0 ? texts.victims.none : texts.victims.right(size), [...ids])
  },
  key: keyOf,
})

/** @throws InterlockError `bad-input` while more units are assigned than exist, or when the fewest cannot be found */
function solved(model: DeadlockModel): ReturnType<typeof fewestVictims> {
  judged(model)
  const found = fewestVictims(matricesOf(model).asked)
  if (!found.exact) throw new InterlockError('bad-input', texts.victims.tooMany)
  return found
}

function keyOf(model: DeadlockModel): string {
  const items = processesOf(model)
  const { size, sets, more } = solved(model)
  if (size === 0) return texts.victims.none
  const named = sets.slice(0, MOST_IN_KEY).map((set) => set.map((process) => items[process]!.label))
  return texts.victims.key(named, more || sets.length > MOST_IN_KEY)
}
