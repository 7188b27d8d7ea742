// Merge patches against the table of examples in RFC 7396, appendix A, and as a property: a patch leads where it should.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KernelSample } from '../../../src-main/contract/kernel.ts'
import { patched, patchOf, samplesOf } from '../../../src-main/contract/merge-patch.ts'

/** Any JSON without null in objects, as samples are. Few keys, so that two of them meet often. */
const { tree } = fc.letrec<{ tree: Record<string, unknown>; value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(fc.integer({ min: 0, max: 3 }), fc.boolean(), fc.constantFrom('', 'a')),
    fc.array(fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constant(null)), { maxLength: 3 }),
    tie('tree'),
  ),
  tree: fc.dictionary(fc.constantFrom('a', 'b', '/proc', '__proto__', 'constructor'), tie('value'), {
    maxKeys: 4,
    noNullPrototype: true,
  }) as fc.Arbitrary<Record<string, unknown>>,
}))

const text = (value: unknown): string => JSON.stringify(value)
/** The same for equal documents, whatever the order of their members; names such as `constructor` are names. */
const sorted = (value: unknown): string =>
  typeof value !== 'object' || value === null
    ? text(value)
    : Array.isArray(value)
      ? `[${value.map(sorted).join()}]`
      : `{${Object.entries(value)
          .map(([key, member]) => `${text(key)}:${sorted(member)}`)
          .sort()
          .join()}}`

describe('a merge patch', () => {
  // Original, patch, result: the test cases of the standard.
  it.each([
    ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
    ['{"a":"b"}', '{"a":null}', '{}'],
    ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
    ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
    ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
    ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
    ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
    ['["a","b"]', '["c","d"]', '["c","d"]'],
    ['{"a":"b"}', '["c"]', '["c"]'],
    ['{"a":"foo"}', 'null', 'null'],
    ['{"a":"foo"}', '"bar"', '"bar"'],
    ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
    ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
    ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
  ])('makes of %s by %s what the standard says', (before, patch, after) => {
    expect(patched(JSON.parse(before), JSON.parse(patch))).toEqual(JSON.parse(after))
  })

  it('leads from any document to any other, also after it was written and read', () => {
    fc.assert(
      fc.property(tree, tree, (before, next) => {
        const patch = JSON.parse(text(patchOf(before, next))) as unknown
        expect(sorted(patched(before, patch))).toBe(sorted(next))
      }),
      { numRuns: 2000 },
    )
  })

  it('is empty between equal documents, and changes neither of them', () => {
    fc.assert(
      fc.property(tree, tree, (before, next) => {
        const [was, will] = [text(before), text(next)]
        expect(patchOf(before, JSON.parse(was) as object)).toEqual({})
        patched(before, patchOf(before, next))
        expect([text(before), text(next)]).toEqual([was, will])
      }),
    )
  })

  it('holds nothing that stayed the same', () => {
    const before = { kept: { deep: [1, 2] }, gone: 1, changed: { a: 1, b: 2 } }
    expect(patchOf(before, { kept: { deep: [1, 2] }, changed: { a: 1, b: 3 }, come: {} })).toEqual({
      gone: null,
      changed: { b: 3 },
      come: {},
    })
  })

  it('takes a member that holds nothing for one that is not there', () => {
    expect(patchOf({ a: undefined, b: 1 }, { b: undefined })).toEqual({ b: null })
  })
})

const first: KernelSample = {
  time: 0,
  host: { namespaces: { pid: 1 }, hostname: 'vm', uid: 0 },
  shell: 7,
  processes: {},
  mounts: {},
  networks: {},
  hostnames: {},
  queues: {},
  cgroups: {},
  relations: {},
  files: {},
}

describe('the samples of a recording', () => {
  it('are whole again, and share what did not change', () => {
    const samples = samplesOf({
      first,
      changes: [
        { time: 100, ended: { status: 1 } },
        { time: 200, ended: null },
      ],
    })
    expect(samples).toEqual([first, { ...first, time: 100, ended: { status: 1 } }, { ...first, time: 200 }])
    expect(samples[2]?.host).toBe(first.host)
  })

  it('are refused with the place when a change leads nowhere', () => {
    expect(() => samplesOf({ first, changes: [{ time: 1 }, { shell: 'seven' }] })).toThrow(
      'Change 2 of this recording does not lead to a sample: at "shell"',
    )
  })
})
