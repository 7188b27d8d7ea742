// What the arithmetic operations refuse, and that nothing else comes of an input than an answer or such a sentence.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InterlockError } from '../../../../../src-main/contract/errors.ts'
import { arithmeticOperations } from '../../../../../src-main/labs/topology/operations/arithmetic.ts'
import { runOperation } from '../../../../../src-main/services/operations.ts'
import { type Name, refused } from './refused.ts'

const names = Object.keys(arithmeticOperations) as Name[]
const run = (name: Name, input: unknown): unknown => runOperation(arithmeticOperations[name], input)

describe('a question that cannot be answered', () => {
  test.each(refused.map(([name, input, message]) => [name, message, input] as const))(
    'topology.%s: %s',
    (name, message, input) => {
      let caught: unknown
      try {
        run(name, input)
      } catch (error) {
        caught = error
      }
      expect(caught).toBeInstanceOf(InterlockError)
      expect(caught).toMatchObject({ code: 'bad-input', message })
    },
  )
})

describe('whatever is written into a question', () => {
  const strange: fc.Arbitrary<unknown> = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      -1,
      0,
      1,
      0.1,
      1e15,
      1e300,
      true,
      '',
      '5Gi',
      '250m',
      [],
      {},
      [[]],
      [null],
      [1],
      [[1, 2]],
    ),
    fc.jsonValue(),
  )

  test.each(names)('topology.%s answers or refuses with a sentence', (name) => {
    const questions = refused.filter(([one]) => one === name).map(([, input]) => input)
    const inputs = [arithmeticOperations[name].example.input, ...questions]
    fc.assert(
      fc.property(fc.constantFrom(...inputs), fc.nat(), fc.option(strange), (input, place, value) => {
        const changed = structuredClone(input) as Record<string, unknown>
        const fields = Object.keys(changed)
        const field = fields[place % Math.max(1, fields.length)] ?? 'x'
        if (value === null) delete changed[field]
        else changed[field] = value
        try {
          expect(typeof run(name, changed)).toBe('object')
        } catch (error) {
          expect(error).toBeInstanceOf(InterlockError)
          expect((error as InterlockError).message).toMatch(/^\S.*[.]$/)
        }
      }),
      { numRuns: 300 },
    )
  })
})
