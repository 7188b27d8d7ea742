// The operations on physical clocks: other forms of input, numbers without dust, properties of the estimates, and what
// is refused.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { berkeley } from '../../../../../src-main/labs/distributed/operations/berkeley.ts'
import { cristian } from '../../../../../src-main/labs/distributed/operations/cristian.ts'
import { driftingClocks } from '../../../../../src-main/labs/distributed/operations/drifting-clocks.ts'
import { ntp } from '../../../../../src-main/labs/distributed/operations/ntp.ts'

/** Clock readings as people write them: with at most three digits behind the point. */
const readings = (most = 1_000_000): fc.Arbitrary<number> => fc.integer({ min: 0, max: most }).map((n) => n / 1_000)

describe('drifting clocks', () => {
  test('with two processes one message goes there and one back', () => {
    // P2 sends in round 4; 5 rounds of P1 are 15, so it is put forward to 41.
    expect(driftingClocks.run({ ticks: [3, 10] })).toEqual([
      ['P1', 3, 'P2', 20, 20],
      ['P2', 40, 'P1', 15, 41],
    ])
  })

  test('with four processes the messages go down the line and back', () => {
    expect(driftingClocks.run({ ticks: [4, 6, 8, 10], names: ['A', 'B', 'C', 'D'] })).toEqual([
      ['A', 4, 'B', 12, 12],
      ['B', 18, 'C', 32, 32],
      ['C', 40, 'D', 60, 60],
      ['D', 80, 'C', 72, 81],
      ['C', 89, 'B', 66, 90],
      ['B', 96, 'A', 52, 97],
    ])
  })

  test('a clock that was put forward stays so, and messages may be told in any order', () => {
    const messages = [
      ['B', 5, 'A', 6],
      ['A', 1, 'B', 2],
    ]
    expect(driftingClocks.run({ ticks: [20, 5], names: ['A', 'B'], messages })).toEqual([
      // B was put forward from 10 to 21 in round 2: 25 + 11 in round 5.
      ['B', 36, 'A', 120, 120],
      ['A', 20, 'B', 10, 21],
    ])
    expect(driftingClocks.run({ ticks: [0.1, 0.7], messages: [['P2', 3, 'P1', 4]] })).toEqual([
      ['P2', 2.1, 'P1', 0.4, 3.1],
    ])
  })

  test('after correction no message arrives before it has left', () => {
    const ticks = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(ticks, (ticks) => {
        for (const [, sent, , before, after] of driftingClocks.run({ ticks })) {
          expect(after).toBeGreaterThan(sent)
          expect(after === before || after === sent + 1).toBe(true)
        }
      }),
    )
  })
})

describe('Cristian', () => {
  test('names the bound by the least time that was given', () => {
    expect(
      cristian.run({
        samples: [
          [30, 100],
          [25, 200.25],
        ],
        min: 2.5,
      }),
    ).toEqual({
      setTo: 212.75,
      bound: 12.5,
      boundWithMin: 10,
      'boundWithMin2.5': 10,
    })
  })

  test('supposes the usual least time only where it can be', () => {
    expect(cristian.run({ samples: [[16, 1]] })).toMatchObject({ boundWithMin8: 0, boundWithMin: 0 })
    expect(cristian.run({ samples: [[15.5, 1]] })).toEqual({ setTo: 8.75, bound: 7.75 })
  })

  test('takes the earlier of two equal round trips, and large readings whole', () => {
    const samples = [
      [9, 1_700_000_000_123],
      [9, 5],
    ]
    expect(cristian.run({ samples, min: 0 })).toMatchObject({ setTo: 1_700_000_000_127.5 })
  })

  test('is wrong by half of what the ways differ, and within the bound that the least time gives', () => {
    fc.assert(
      fc.property(readings(), readings(), readings(), (there, back, trueOffset) => {
        const min = Math.min(there, back)
        const { error, bound, boundWithMin } = cristian.run({ there, back, trueOffset, min })
        expect(error).toBeCloseTo((there - back) / 2, 9)
        expect(Math.abs(error!)).toBeLessThanOrEqual(boundWithMin! + 1e-9)
        expect(boundWithMin).toBeCloseTo(Math.abs(there - back) / 2, 9)
        expect(bound).toBeCloseTo((there + back) / 2, 9)
        expect(String(error).replace(/^-?\d*\.?/, '').length).toBeLessThanOrEqual(4)
      }),
    )
  })
})

describe('Berkeley', () => {
  test('leaves far clocks out of the average, and adjusts them too', () => {
    expect(berkeley.run({ seconds: [100, 110, 300, 90, 111], master: 0, limit: 10 })).toEqual({
      average: 100,
      adjustments: [0, -10, -200, 10, -11],
      excluded: [2, 4],
    })
    expect(berkeley.run({ times: [5, 5], limit: 0 })).toMatchObject({ average: 5, excluded: [] })
  })

  test('takes any master, by name too, and says who was left out by name', () => {
    const input = { clocks: [0, 50, 53], names: ['A', 'B', 'C'], limit: 5 }
    expect(berkeley.run({ ...input, master: 'B' })).toEqual({
      average: 51.5,
      adjustments: [51.5, 1.5, -1.5],
      excluded: ['A'],
    })
    expect(berkeley.run({ ...input, master: 1 })).toEqual(berkeley.run({ ...input, master: 'B' }))
  })

  test('gives fractions without dust', () => {
    expect(berkeley.run({ clocks: [0.1, 0.2] })).toEqual({ average: 0.15, adjustments: [0.05, -0.05] })
    expect(berkeley.run({ clocks: [1, 1, 2] })).toEqual({
      average: 1.33333333333,
      adjustments: [0.333333333333, 0.333333333333, -0.666666666667],
    })
    expect(berkeley.run({ clocks: [1e12, 1e12, 1e12 + 1] }).average).toBe(1e12 + 0.333333)
  })

  test('makes all clocks equal, and moves them by nothing in sum', () => {
    fc.assert(
      fc.property(fc.array(readings(), { minLength: 1, maxLength: 9 }), (clocks) => {
        const { average, adjustments } = berkeley.run({ clocks })
        clocks.forEach((clock, index) => expect(clock + adjustments[index]!).toBeCloseTo(average, 6))
        expect(adjustments.reduce((sum, by) => sum + by, 0)).toBeCloseTo(0, 6)
      }),
    )
  })
})

describe('NTP', () => {
  test('takes the sample with the least delay of the last eight', () => {
    const slow = [0, 30, 31, 41]
    const quick = { t1: 100, t2: 112, t3: 113, t4: 105 }
    const output = ntp.run({ samples: [slow, quick, slow], trueOffset: 9 })
    expect(output).toEqual({ offset: 10, delay: 4, accuracy: 2, error: 1, chosen: 1 })
    const many = [quick, ...Array.from({ length: 8 }, () => slow)]
    expect(ntp.run({ samples: many })).toMatchObject({ delay: 40, chosen: 8 })
    expect(ntp.run({ samples: many.slice(0, 8) })).toMatchObject({ delay: 4, chosen: 0 })
  })

  test('takes samples of which offset and delay are known', () => {
    const samples = [{ offset: 3, delay: 9 }, [-2, 5]]
    expect(ntp.run({ samples })).toEqual({ offset: -2, delay: 5, accuracy: 2.5, chosen: 1 })
  })

  test('is wrong by half of what the ways differ, never by more than the accuracy', () => {
    fc.assert(
      fc.property(readings(), readings(), readings(), readings(), readings(), (t1, there, work, back, offset) => {
        const round = (n: number): number => Math.round(n * 1_000) / 1_000
        const t2 = round(t1 + there + offset)
        const t3 = round(t2 + work)
        const t4 = round(t1 + there + work + back)
        const output = ntp.run({ t1, t2, t3, t4, trueOffset: offset })
        expect(output.error).toBeCloseTo((there - back) / 2, 9)
        expect(output.delay).toBeCloseTo(there + back, 9)
        expect(Math.abs(output.error!)).toBeLessThanOrEqual(output.accuracy + 1e-12)
        expect(String(output.offset).replace(/^-?\d*\.?/, '').length).toBeLessThanOrEqual(4)
      }),
    )
  })
})

describe('refused is', () => {
  const refused: [string, { run(input: never): unknown }, unknown, string, RegExp][] = [
    ['a list for an object', cristian, [1], 'input', /--help/],
    ['no form of Cristian', cristian, { min: 3 }, 'input', /either samples/],
    ['both forms of Cristian', cristian, { samples: [[1, 2]], there: 3 }, 'samples', /not both/],
    ['no sample', cristian, { samples: [] }, 'samples', /at least one/],
    ['a sample that is none', cristian, { samples: [[1, 2], [3]] }, 'samples[1]', /found \[3\]/],
    ['a negative round trip', cristian, { samples: [[-1, 2]] }, 'samples[0][0]', /not negative, found -1/],
    ['a reading that is no number', cristian, { samples: [[1, '2']] }, 'samples[0][1]', /found "2"/],
    [
      'a least time that cannot be',
      cristian,
      { samples: [[10, 2]], min: 6 },
      'min',
      /at least 6 each way .* within 10/,
    ],
    [
      'a way shorter than the least time',
      cristian,
      { there: 4, back: 9, min: 5 },
      'min',
      /shorter than min, which is 5/,
    ],
    ['a way alone', cristian, { there: 4 }, 'back', /found nothing/],
    ['a reading out of all bounds', cristian, { there: 4, back: 1e16 }, 'back', /1,000,000,000,000,000/],
    ['no clocks', berkeley, { master: 0 }, 'clocks', /expected one list/],
    ['an empty list of clocks', berkeley, { times: [] }, 'times', /expected one list/],
    ['two lists of clocks', berkeley, { times: [1], minutes: [2] }, 'minutes', /times and minutes are both lists/],
    ['a clock that is none', berkeley, { minutes: [1, null] }, 'minutes[1]', /found null/],
    ['a master that is not there', berkeley, { minutes: [1, 2], master: 2 }, 'master', /from 0 to 1, found 2/],
    ['an unknown name of a master', berkeley, { minutes: [1], names: ['A'], master: 'B' }, 'master', /found "B"/],
    ['a negative limit', berkeley, { minutes: [1], limit: -1 }, 'limit', /not negative/],
    ['too few names', berkeley, { minutes: [1, 2], names: ['A'] }, 'names', /1 name for 2 clocks/],
    ['a missing timestamp', ntp, { t1: 1, t2: 2, t3: 3 }, 't4', /found nothing/],
    ['a reply before the request', ntp, { t1: 5, t2: 2, t3: 3, t4: 4 }, 'input', /t4 is before t1/],
    ['a server that answers before it is asked', ntp, { t1: 1, t2: 3, t3: 2, t4: 9 }, 'input', /t3 is before t2/],
    ['an exchange shorter than its middle', ntp, { samples: [[1, 2, 9, 4]] }, 'samples[0]', /shorter than the time at/],
    ['a sample of three', ntp, { samples: [[1, 2, 3]] }, 'samples[0]', /found \[1,2,3\]/],
    ['a sample with a wrong field', ntp, { samples: [{ t1: 1, t2: 1, t3: 1, t4: '2' }] }, 'samples[0].t4', /found "2"/],
    ['a negative delay', ntp, { samples: [{ offset: 1, delay: -2 }] }, 'samples[0].delay', /not negative/],
    ['timestamps beside samples', ntp, { t1: 1, samples: [[1, 2, 3, 4]] }, 'samples', /not both/],
    ['no samples of NTP', ntp, { samples: [] }, 'samples', /at least one/],
    ['one drifting clock', driftingClocks, { ticks: [6] }, 'ticks', /at least two/],
    ['a clock that stands still', driftingClocks, { ticks: [6, 0] }, 'ticks[1]', /above 0, found 0/],
    [
      'a message without rounds',
      driftingClocks,
      { ticks: [1, 2], messages: [['P1', 'P2']] },
      'messages[0]',
      /as \["P1", 1/,
    ],
    [
      'an unknown process',
      driftingClocks,
      { ticks: [1, 2], messages: [['P3', 1, 'P2', 2]] },
      'messages[0][0]',
      /P1, P2/,
    ],
    [
      'a message to oneself',
      driftingClocks,
      { ticks: [1, 2], messages: [['P1', 1, 'P1', 2]] },
      'messages[0][2]',
      /to itself/,
    ],
    [
      'a round between rounds',
      driftingClocks,
      { ticks: [1, 2], messages: [['P1', 1.5, 'P2', 2]] },
      'messages[0][1]',
      /1.5/,
    ],
    [
      'a message into the past',
      driftingClocks,
      { ticks: [1, 2], messages: [['P1', 2, 'P2', 2]] },
      'messages[0][3]',
      /later/,
    ],
  ]

  test.each(refused)('%s', (_what, operation, input, at, message) => {
    const run = (): unknown => operation.run(input as never)
    expect(run).toThrow(message)
    expect(run).toThrow(expect.objectContaining({ code: 'bad-input', details: { at } }))
  })
})
