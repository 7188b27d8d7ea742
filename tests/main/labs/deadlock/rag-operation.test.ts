// The operation as a script meets it: all fields always there, odd names, counts, and refusals that name the place.
import { describe, expect, test } from 'vitest'
import { InterlockError } from '../../../../src-main/contract/errors.ts'
import { MAX_CYCLE_WORK, MAX_LISTED_CYCLES } from '../../../../src-main/contract/limits.ts'
import { rag } from '../../../../src-main/labs/deadlock/operations/rag.ts'

const run = (json: string) => rag.run(JSON.parse(json))

function refusal(input: unknown): string {
  try {
    rag.run(input as Parameters<typeof rag.run>[0])
  } catch (error) {
    if (error instanceof InterlockError && error.code === 'bad-input') return error.message
    throw error
  }
  return 'accepted'
}

describe('output', () => {
  test('has every field even where there is nothing to say', () => {
    expect(run('{"processes": [], "resources": {}}')).toEqual({
      deadlock: false,
      sentence: 'Nothing is drawn yet. Add a process with P and a resource type with R, then connect them.',
      withheld: null,
      neverFinish: [],
      finishOrder: [],
      available: {},
      work: [[]],
      cycleCount: 0,
      cycleCountComplete: true,
      cycles: [],
      waitFor: [],
      onACycle: [],
      blockedBehind: [],
      impossibleRequest: [],
      overAllocated: [],
      remarks: [],
    })
  })

  test('gives Work at the start and after each process that finishes', () => {
    const { work, finishOrder } = run(
      '{"processes": ["A", "B"], "resources": {"R": 3, "S": 1}, "assignment": ["R>A x2", "S>B"], "request": ["A>S"]}',
    )
    expect(finishOrder).toEqual(['B', 'A'])
    expect(work).toEqual([
      [1, 0],
      [1, 1],
      [3, 1],
    ])
  })

  test('withholds the answer while more is assigned than exists', () => {
    const output = run('{"processes": ["P1", "P2"], "resources": {"R1": 1}, "assignment": ["R1>P1", "R1>P2"]}')
    expect(output).toMatchObject({ deadlock: null, overAllocated: ['R1 2 of 1'], available: { R1: -1 } })
    expect(output.withheld).toContain('R1')
  })

  test('counts repeated entries and counts written out alike', () => {
    const repeated = run('{"processes": ["P"], "resources": {"R": 2}, "request": ["P>R", "P>R", "P>R"]}')
    const written = run('{"processes": ["P"], "resources": {"R": 2}, "request": ["P>R x3"]}')
    const mixed = run('{"processes": ["P"], "resources": {"R": 2}, "request": [" P > R x2", "P>R"]}')
    expect(repeated.impossibleRequest).toEqual(['P>R x3 of 2'])
    expect(written).toEqual(repeated)
    expect(mixed).toEqual(repeated)
  })

  test('lists the first cycles, counts on, and says what is not known', () => {
    const names = Array.from({ length: 12 }, (_, i) => i)
    const input = {
      processes: names.map((i) => `P${i}`),
      resources: Object.fromEntries(names.map((i) => [`R${i}`, 12])),
      assignment: names.flatMap((r) => names.map((p) => `R${r}>P${p}`)),
      request: names.flatMap((r) => names.map((p) => `P${p}>R${r}`)),
    }
    const output = rag.run(input)
    expect(output.cycles).toHaveLength(MAX_LISTED_CYCLES)
    expect(output.cycles[0]).toBe('P0 R0 P0')
    expect(output.cycleCount).toBeGreaterThan(MAX_LISTED_CYCLES)
    expect(output.cycleCountComplete).toBe(false)
    expect(output.remarks.join()).toContain(MAX_CYCLE_WORK.toLocaleString('en'))
  })

  test('its example in the help is what it gives', () => {
    expect(rag.run(rag.example.input)).toEqual(rag.example.output)
    expect(rag.example.output.deadlock).toBe(true)
    for (const field of [...Object.keys(rag.example.input), ...Object.keys(rag.example.output)]) {
      expect(
        rag.help.some((line) => line.trim().startsWith(`${field} `)),
        field,
      ).toBe(true)
    }
  })
})

describe('names', () => {
  test('may be keys that objects have already', () => {
    const output = run(
      '{"processes": ["constructor", "1"], "resources": {"__proto__": 1, "toString": 1}, ' +
        '"assignment": ["__proto__>constructor", "toString>1"], "request": ["constructor>toString", "1>__proto__"]}',
    )
    expect(output.cycles).toEqual(['constructor toString 1 __proto__ constructor'])
    expect(JSON.stringify(output.available)).toBe('{"__proto__":0,"toString":0}')
  })

  test('may hold an arrow, or end like a count', () => {
    const output = run(
      '{"processes": ["a>b", "c"], "resources": {"R x2": 1, "x>y": 1}, "assignment": ["R x2>c", "x>y>a>b"], ' +
        '"request": ["a>b>R x2", "c>x>y"]}',
    )
    expect(output.cycles).toEqual(['a>b R x2 c x>y a>b'])
    expect(output.impossibleRequest).toEqual([])
  })
})

describe('bad input', () => {
  const base = { processes: ['P1', 'P2'], resources: { R1: 2 } }
  test.each([
    [{ ...base, request: ['P1>R1', 'P2>R1', 'P1>R9'] }, /^request\[2\]: "R9" in "P1>R9" is neither/],
    [{ ...base, request: ['R1>P1'] }, /^request\[0\]: a request goes from process to resource type\. Turn/],
    [{ ...base, assignment: ['P1>R1'] }, /^assignment\[0\]: an assignment goes from resource type to process\. Turn/],
    [{ ...base, request: ['P1>P2'] }, /^request\[0\]: .*joins two of one kind/],
    [{ ...base, request: ['P1'] }, /^request\[0\]: expected process, ">" and resource type/],
    [{ ...base, request: [7] }, /^request\[0\]: expected/],
    [{ ...base, request: 'P1>R1' }, /^request: expected a list/],
    [{ ...base, request: ['P1>R1 x-1'] }, /^request\[0\]: expected a whole number of units/],
    [{ ...base, request: ['P1>R1 x1.5'] }, /^request\[0\]: expected a whole number of units/],
    [{ ...base, request: ['P1>R1 x0'] }, /^request\[0\]: expected a whole number of units/],
    [{ ...base, requests: [] }, /^requests: there is no such field/],
    [{ processes: ['P1'], resources: { P1: 1 } }, /^resources\.P1: "P1" is a process already/],
    [{ processes: ['P1', 'P1'], resources: {} }, /^processes\[1\]: the name "P1" is used already/],
    [{ processes: [1], resources: {} }, /^processes\[0\]: expected a name/],
    [{ processes: 'P1', resources: {} }, /^processes: expected a list/],
    [{ processes: [], resources: { R1: -1 } }, /^resources\.R1: expected a whole number of instances/],
    [{ processes: [], resources: { R1: 1.5 } }, /^resources\.R1: expected a whole number of instances/],
    [{ processes: [], resources: { R1: '1' } }, /^resources\.R1: expected a whole number of instances/],
    [{ processes: [], resources: ['R1'] }, /^resources: expected an object/],
    [{ processes: [] }, /^resources: expected an object/],
    [null, /^input: expected an object/],
    [[], /^input: expected an object/],
  ])('%j is refused at its place', (input, message) => expect(refusal(input)).toMatch(message))
})
