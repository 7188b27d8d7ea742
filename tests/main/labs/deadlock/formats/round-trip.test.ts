// Every format that is read and written keeps the meaning of a drawing, through any names and any chain of formats.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InterlockError } from '../../../../../src-main/contract/errors.ts'
import type { TextFormat } from '../../../../../src-main/contract/lab.ts'
import { deadlockModel, type DeadlockModel } from '../../../../../src-main/labs/deadlock/model/index.ts'
import { matrixName } from '../../../../../src-main/labs/deadlock/model/formats/matrix-tables.ts'
import { anyName, drawings, meaning, withAllMaxima } from './meaning.ts'

const both = deadlockModel.formats.filter((format) => format.read !== undefined && format.write !== undefined)
const tables = ['csv', 'markdown']
const positions = { positions: {} }

function write(format: TextFormat<DeadlockModel>, model: DeadlockModel): string {
  return format.write?.({ model, layout: positions, title: 'A “title”', verdict: 'Deadlock. P1 --> R1.' }) ?? ''
}

/** The tables of this lab know their own words and signs as what they are; a name that is one of them is ambiguous. */
const namesFor = (id: string): fc.Arbitrary<string> =>
  tables.includes(id)
    ? anyName.filter(
        (name) => matrixName(name) === null && !/^(?:process(?:es)?|name|pid|#|[-+–—·.]|[-+]?\d.*)$/i.test(name),
      )
    : anyName

describe.each(both)('the format $id', (format) => {
  it('gives back the drawing it was written from', () => {
    fc.assert(
      fc.property(drawings(namesFor(format.id)), (model) => {
        let text: string
        try {
          text = write(format, model)
        } catch (error) {
          // An edge list cannot tell all names apart, and then says so instead of writing another graph.
          expect(format.id).toBe('json')
          expect(error).toBeInstanceOf(InterlockError)
          expect(model.nodes.some(({ name }) => /[>~]|\s[x×*]/.test(name))).toBe(true)
          return
        }
        const whole = tables.includes(format.id) ? withAllMaxima(model) : model
        expect(meaning(format.read!(text).model)).toEqual(meaning(whole))
      }),
      { numRuns: 300 },
    )
  })

  it('recognises what it writes', () => {
    fc.assert(
      fc.property(
        drawings(fc.stringMatching(/^[A-Z][a-z0-9]{0,4}$/).filter((name) => matrixName(name) === null)),
        (model) => {
          const text = write(format, model)
          expect(deadlockModel.formats.find((other) => other.recognises(text, ''))?.id).toBe(format.id)
        },
      ),
      { numRuns: 50 },
    )
  })
})

it('keeps the meaning through a chain of all formats', () => {
  const name = fc
    .stringMatching(/^[A-Za-zäöü][A-Za-z0-9_]{0,6}$/u)
    .filter((text) => matrixName(text) === null && !/^(?:process(?:es)?|name|pid)$/i.test(text))
  fc.assert(
    fc.property(drawings(name), (model) => {
      const last = both.reduce((now, format) => format.read!(write(format, now)).model, model)
      expect(meaning(last)).toEqual(meaning(withAllMaxima(model)))
      expect(deadlockModel.schema.safeParse(last).success).toBe(true)
      expect(deadlockModel.faults(last)).toEqual([])
    }),
    { numRuns: 100 },
  )
})

it('keeps positions through DOT', () => {
  const dot = both.find(({ id }) => id === 'dot')
  const coordinate = fc.integer({ min: -2000, max: 2000 })
  fc.assert(
    fc.property(
      drawings(fc.stringMatching(/^[A-Z][a-z0-9]{0,4}$/)),
      fc.array(fc.tuple(coordinate, coordinate), { minLength: 8, maxLength: 8 }),
      (model, places) => {
        const layout = {
          positions: Object.fromEntries(
            model.nodes.map(({ id }, index) => [id, { x: places[index]![0], y: places[index]![1] }]),
          ),
        }
        const read = dot!.read!(dot!.write!({ model, layout, title: '', verdict: null }))
        for (const { id, name } of model.nodes) {
          const again = read.model.nodes.find((node) => node.name === name)
          const [here, there] = [layout.positions[id]!, read.layout!.positions[again!.id]!]
          expect(Math.hypot(here.x - there.x, here.y - there.y)).toBeLessThan(0.05)
        }
      },
    ),
    { numRuns: 50 },
  )
})
