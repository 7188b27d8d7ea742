// What a person may type into the inspector's fields.
import { describe, expect, test } from 'vitest'
import { MAX_NAME_LENGTH } from '@contract/limits.ts'
import { checkName, checkNumber } from '@page/shell/panels/check.ts'

describe('numbers', () => {
  test.each([
    ['1', 1],
    [' 12 ', 12],
    ['+7', 7],
    ['007', 7],
    ['1000', 1000],
  ])('%j is taken as %i', (text, value) => expect(checkNumber(text, 1, 1000)).toEqual({ value }))

  test.each(['0', '-1', '1001', '1.5', '1e2', '0x10', 'two', '', '  ', '1 000', '9'.repeat(30), '٣'])(
    '%j is refused with the range',
    (text) => {
      const checked = checkNumber(text, 1, 1000)
      expect(checked).toHaveProperty('problem')
      if ('problem' in checked) expect(checked.problem).toContain('from 1 to 1,000')
    },
  )
})

describe('names', () => {
  test.each(['P1', 'Drucker 2', '打印机', '👩‍🔬', 'a'.repeat(MAX_NAME_LENGTH)])('%j is taken as it is', (text) =>
    expect(checkName(text)).toEqual({ value: text }),
  )

  test('spaces around a name are left out', () => expect(checkName('  P1 ')).toEqual({ value: 'P1' }))

  test.each(['', '   ', 'a\tb', 'a\u0000b', 'a'.repeat(MAX_NAME_LENGTH + 1)])('%j is refused', (text) =>
    expect(checkName(text)).toHaveProperty('problem'),
  )
})
