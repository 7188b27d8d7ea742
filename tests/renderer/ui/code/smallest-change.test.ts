// The smallest change leads to the wanted text and leaves equal lines alone.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { smallestChange } from '../../../../src-renderer/ui/code/smallest-change.ts'

function apply(text: string, changes: ReturnType<typeof smallestChange>): string {
  return [...changes].reverse().reduce((now, { from, to, insert }) => now.slice(0, from) + insert + now.slice(to), text)
}

test('applying it gives the wanted text', () => {
  const text = fc.array(fc.constantFrom('a', 'b', '\n', 'ab\n'), { maxLength: 20 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(apply(a, smallestChange(a, b))).toBe(b)
    }),
  )
})

test('lines that differ are changed one by one, so that a cursor between them stays', () => {
  expect(smallestChange('R1 has 1\nP1 x\nP2 -> R1', 'R2 has 1\nP1 x\nP2 -> R2')).toEqual([
    { from: 1, to: 2, insert: '2' },
    { from: 21, to: 22, insert: '2' },
  ])
  expect(smallestChange('a\nc', 'a\nb\nc')).toEqual([{ from: 2, to: 2, insert: 'b\n' }])
  expect(smallestChange('same', 'same')).toEqual([])
})
