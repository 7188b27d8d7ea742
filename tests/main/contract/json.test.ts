// The JSON reader against JSON.parse: accepts the same texts, and names the place that the runtime itself names.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../../src-main/contract/json.ts'

const native = (text: string): { value: unknown } | { error: string } => {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    return { error: error instanceof Error ? error.message : '' }
  }
}

/** A JSON text with one thing done to it: a character replaced, inserted or removed. */
const damaged = fc
  .tuple(
    fc.json(),
    fc.nat(),
    fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', 'x', '1', '\n', '\\', ' ', '\u0001'),
    fc.boolean(),
  )
  .map(([text, place, char, replace]) => {
    const at = place % (text.length + 1)
    return text.slice(0, at) + char + text.slice(replace ? at + 1 : at)
  })

describe('reading JSON', () => {
  it('accepts exactly what JSON.parse accepts, with the same value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), damaged, fc.string()), (text) => {
        const expected = native(text)
        const got = parseJson(text, 1000)
        if ('value' in expected) expect(got).toEqual(expected)
        else expect(got).toHaveProperty('fault')
      }),
      { numRuns: 2000 },
    )
  })

  it('names the offset that the runtime names', () => {
    let compared = 0
    fc.assert(
      fc.property(damaged, (text) => {
        const expected = native(text)
        const position = 'error' in expected ? /at position (\d+)/.exec(expected.error)?.[1] : undefined
        const got = parseJson(text, 1000)
        if (position === undefined || !('fault' in got)) return
        // Words and numbers: the runtime names the character that breaks them, we name their beginning.
        if (/[\w.+-]/.test(text[Number(position) - 1] ?? '') && got.fault.offset < Number(position)) return
        // Escapes: the runtime names the wrong character, we name the backslash.
        if (text.slice(got.fault.offset, Number(position)).startsWith('\\')) return
        compared += 1
        expect(got.fault.offset).toBe(Number(position))
      }),
      { numRuns: 3000 },
    )
    expect(compared).toBeGreaterThan(300)
  })

  it('calls every proper beginning of an object truncated', () => {
    const text = '{"a": [1, -2.5e3, true, null, "x\\u00e4\\n"], "b": {"c": false}}'
    for (let length = 0; length < text.length; length += 1) {
      const got = parseJson(text.slice(0, length), 10)
      expect(got, text.slice(0, length)).toHaveProperty('fault.kind', 'truncated')
    }
  })

  it('counts lines and columns from one', () => {
    const got = parseJson('{\n  "a": 1,\n  "b" 2\n}', 10)
    expect(got).toMatchObject({ fault: { kind: 'syntax', line: 3, column: 7, expected: '":"', found: '"2"' } })
  })

  it('stops at the depth limit, not before, and ignores brackets in strings', () => {
    expect(parseJson('[[["[[[[["]]]', 3)).toEqual({ value: [[['[[[[[']]] })
    expect(parseJson('[[[[]]]]', 3)).toMatchObject({ fault: { kind: 'depth', offset: 3 } })
    expect(parseJson('["\\\\", [["\\"["]]]', 3)).toEqual({ value: ['\\', [['"[']]] })
  })

  it('answers ten million nested brackets at once', () => {
    const begun = performance.now()
    expect(parseJson('['.repeat(10_000_000), 32)).toMatchObject({ fault: { kind: 'depth' } })
    expect(performance.now() - begun).toBeLessThan(1000)
  })
})
