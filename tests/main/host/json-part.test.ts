// Bulk that stays text on its way: what is cut out and put back is the same JSON, and what is no JSON is not accepted.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, encode, JsonPart } from '../../../src-main/host/json-part.ts'

const filler = 'x'.repeat(300 * 1024)
const fields = ['model', 'document']

/** The value with every part parsed. */
function whole(value: unknown): unknown {
  if (value instanceof JsonPart) return value.parse()
  if (Array.isArray(value)) return value.map(whole)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, whole(inner)]))
}

function parts(value: unknown): JsonPart[] {
  if (value instanceof JsonPart) return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(parts) : []
}

const ok = (text: string): unknown => {
  const result = decode(text, fields)
  if ('fault' in result) throw new Error(result.fault.expected)
  return result.value
}

describe('large messages', () => {
  it('keep their bulky field as text, at its place', () => {
    const model = { nodes: [{ name: '}],"t":"q"' }], filler }
    const message = { m: 'call', a: ['verdict.of', { lab: 'deadlock', key: 'k', model }], t: 'q', i: 'abc' }
    const value = ok(JSON.stringify(message))
    expect(parts(value)).toHaveLength(1)
    expect(parts(value)[0]?.text).toBe(JSON.stringify(model))
    expect(value).toMatchObject({ m: 'call', t: 'q', i: 'abc', a: ['verdict.of', { lab: 'deadlock', key: 'k' }] })
    expect(whole(value)).toEqual(message)
  })

  it('mean the same as when they are parsed whole, whatever stands around and in the field', () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 })
    fc.assert(
      fc.property(value, value, value, fc.constantFrom(...fields), (before, model, after, field) => {
        const message = { before, inner: [{ ...before, [field]: { ...model, filler }, after }], after }
        const text = JSON.stringify(message)
        expect(whole(ok(text))).toEqual(JSON.parse(text))
      }),
      { numRuns: 60 },
    )
  })

  it('come out of encode as they went in', () => {
    const message = {
      r: { ok: { document: { title: '"document":{', filler }, readOnly: null, remarks: ['$&', '$1'] } },
    }
    const text = JSON.stringify(message)
    const value = ok(text)
    expect(parts(value)).toHaveLength(1)
    expect(encode(value)).toBe(text)
  })

  it('that are broken are refused: at once, or by whoever parses the part', () => {
    const model = { nodes: [{ id: 'P1', name: 'a' }], filler }
    const text = JSON.stringify({ a: ['verdict.of', { model }], t: 'q', i: 'abc' })
    for (const broken of [
      text.slice(0, -1),
      text.slice(0, -20),
      text.replace('"P1"', 'P1'),
      text.replace('[', ''),
      `${text}}`,
    ]) {
      expect(() => whole(ok(broken))).toThrow()
    }
  })

  it('nest no deeper in the field than elsewhere', () => {
    const deep = `{"a":${'['.repeat(200)}${']'.repeat(200)},"filler":"${filler}"}`
    expect(() => whole(ok(`{"a":["x",{"model":${deep}}]}`))).toThrow()
  })

  it('without a bulky field, and small ones, are parsed whole', () => {
    expect(parts(ok(JSON.stringify({ text: filler })))).toEqual([])
    expect(parts(ok(JSON.stringify({ model: { nodes: [] } })))).toEqual([])
  })
})
