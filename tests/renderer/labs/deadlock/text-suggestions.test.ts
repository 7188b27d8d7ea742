// Completion offers what may stand at the cursor, and nothing where nothing may.
import { expect, test } from 'vitest'
import { suggestionsFor } from '../../../../src-renderer/labs/deadlock/views/text-suggestions.ts'

const nodes = [
  { name: 'P1', kind: 'process' },
  { name: 'P 2', kind: 'process' },
  { name: 'R1', kind: 'resource' },
]
const at = (before: string): string =>
  suggestionsFor(before, nodes)
    ?.suggestions.map(({ text }) => text)
    .join(' ') ?? 'nothing'

test.each([
  ['', 'P1 "P 2" R1 process type'],
  ['P', 'P1 "P 2" R1 process type'],
  ['P1 ', 'holds wants claims -> ~>'],
  ['R1 ', 'has ->'],
  ['new ', 'holds wants claims -> ~> has'],
  ['P1 holds ', 'R1'],
  ['P1 holds R1 ', 'R1 wants claims'],
  ['P1 holds R1, wa', 'R1 wants claims'],
  ['P1 holds R1, wants R1, claims ', 'R1'],
  ['P1 claims R1 ', 'R1 holds wants'],
  ['P1 ~> ', 'R1'],
  ['P1 claims R1, ', 'R1 holds wants'],
  ['P1 wants ', 'R1'],
  ['P1 -> ', 'R1'],
  ['"P 2" -> R', 'R1'],
  ['P1 -> R1 -> ', 'P1 "P 2"'],
  ['R1 has ', ''],
  ['process ', ''],
  ['P1 # holds ', 'nothing'],
])('after %j: %s', (before, wanted) => expect(at(before)).toBe(wanted))

test('the word at the cursor is what is replaced, an open quotation mark with it', () => {
  expect(suggestionsFor('P1 holds R', nodes)?.from).toBe(9)
  expect(suggestionsFor('  "P', nodes)?.from).toBe(2)
})
