// The operation that plays a script: where the deadlock arises, who is in it, and refusals that name the line.
import { expect, test } from 'vitest'
import { InterlockError } from '../../../../src-main/contract/errors.ts'
import { play, type PlayInput } from '../../../../src-main/labs/deadlock/operations/play.ts'

const graph = { processes: ['P1', 'P2', 'P3'], resources: { R1: 1, R2: 1 }, assignment: ['R1>P1', 'R2>P2'] }

function refusal(input: unknown): string {
  try {
    play.run(input as PlayInput)
  } catch (error) {
    if (error instanceof InterlockError && error.code === 'bad-input') return error.message
    throw error
  }
  return 'accepted'
}

test('says the first step with a deadlock, who is in it or waits behind it, and what is so at the end', () => {
  const script = ['P3 requests R1', '', '# crossed', 'P1 requests R2', 'P2 requests R1', 'P3 withdraws R1']
  const output = play.run({ ...graph, script })
  expect(output).toEqual(play.run({ ...graph, script: script.join('\r\n') }))
  expect(output.deadlockAt).toBe(2)
  expect(output.steps.map(({ deadlock, deadlocked }) => [deadlock, deadlocked.join(' ')])).toEqual([
    [false, ''],
    [false, ''],
    [true, 'P1 P2 P3'],
    [true, 'P1 P2'],
  ])
  expect(output.final).toMatchObject({
    deadlock: true,
    assignment: ['R1>P1', 'R2>P2'],
    request: ['P1>R2', 'P2>R1'],
    available: { R1: 0, R2: 0 },
  })
})

test('plays nothing at all as well, and reads names that are no plain words', () => {
  expect(play.run({ ...graph, script: '' })).toMatchObject({ steps: [], deadlockAt: null })
  const odd = { processes: ['a b'], resources: { __proto__x: 2, '>': 1 } }
  expect(play.run({ ...odd, script: '"a b" requests ">"\n">" grants' }).final.assignment).toEqual(['>>a b'])
})

test('refuses what is above a declared maximum, with the line', () => {
  const declared = { ...graph, claim: ['P1~R2'] }
  expect(play.run({ ...declared, script: 'P1 requests R2' }).final.request).toEqual(['P1>R2'])
  expect(refusal({ ...declared, script: '\nP1 requests R1' })).toMatch(
    /^script, line 2: P1 has not declared that it will use R1/,
  )
  expect(refusal({ ...declared, claim: ['P1>R2'], script: '' })).toMatch(/^claim\[0\]: /)
})

test('the example of its help is right', () => {
  const { input, output } = play.example
  expect(play.run(input)).toEqual(output)
  expect(output.deadlockAt).toBe(3)
})

test.each([
  [{ ...graph, script: 'P1 requests R2\n\nP1 requests R2' }, /^script, line 3: P1 waits/],
  [{ ...graph, script: ['P7 requests R2'] }, /^script, line 1: There is no process called P7/],
  [{ ...graph, script: 7 }, /^script: expected lines/],
  [{ ...graph }, /^script: expected lines/],
  [{ ...graph, script: '', strange: 1 }, /^strange: there is no such field/],
  [null, /expected lines/],
])('refuses %j', (input, why) => expect(refusal(input)).toMatch(why))
