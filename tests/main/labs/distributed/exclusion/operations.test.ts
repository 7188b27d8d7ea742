// The operations on mutual exclusion as `interlock eval` runs them.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InterlockError } from '../../../../../src-main/contract/errors.ts'
import { quorumOf } from '../../../../../src-main/labs/distributed/algorithms/exclusion/quorums.ts'
import { centralMutex } from '../../../../../src-main/labs/distributed/operations/central-mutex.ts'
import { mutexMessages } from '../../../../../src-main/labs/distributed/operations/mutex-messages.ts'
import { ricartAgrawala } from '../../../../../src-main/labs/distributed/operations/ricart-agrawala.ts'

describe('mutexMessages', () => {
  test('counts what the closed forms say', () => {
    for (let n = 2; n <= 40; n += 1) {
      expect(mutexMessages.run({ processes: n })).toEqual({
        centralised: 3,
        lamport: 3 * (n - 1),
        ricartAgrawala: 2 * (n - 1),
        suzukiKasamiBest: 0,
        suzukiKasamiWorst: n,
        tokenRingBest: 0,
        tokenRingWorst: n - 1,
        maekawa: 3 * (quorumOf(0, n).length - 1),
      })
    }
  })

  test('a process alone sends nothing', () => {
    expect(Object.values(mutexMessages.run({ processes: 1 })).every((count) => count === 0)).toBe(true)
  })
})

describe('ricartAgrawala', () => {
  test('lists messages in the order of sending, and entries', () => {
    const input = {
      processes: 3,
      requests: [
        { p: 0, ts: 8 },
        { p: 2, ts: 12 },
      ],
      delay: 1,
      cs: 5,
    }
    expect(ricartAgrawala.run(input)).toEqual({
      log: [
        [0, 'REQUEST', 0, 1, [8, 0]],
        [0, 'REQUEST', 0, 2, [8, 0]],
        [0, 'REQUEST', 2, 0, [12, 2]],
        [0, 'REQUEST', 2, 1, [12, 2]],
        [1, 'OK', 1, 0],
        [1, 'OK', 2, 0],
        [1, 'OK', 1, 2],
        [7, 'OK', 0, 2],
      ],
      entries: [
        [2, 0, [8, 0]],
        [8, 2, [12, 2]],
      ],
    })
  })

  test('breaks equal timestamps by the number of the process', () => {
    const { entries } = ricartAgrawala.run({
      requests: [
        [2, 4],
        [1, 4],
        [0, 4],
      ],
      delay: 1,
      cs: 3,
    })
    expect(entries).toEqual([
      [2, 0, [4, 0]],
      [6, 1, [4, 1]],
      [10, 2, [4, 2]],
    ])
  })

  test('a process that asks again while it waits does so after leaving, with its next timestamp', () => {
    const { entries, log } = ricartAgrawala.run({
      requests: [
        [0, 8],
        [0, 20],
        [1, 8, 0.5],
      ],
      delay: 1,
      cs: 5,
    })
    expect(entries).toEqual([
      [2, 0, [8, 0]],
      [8, 1, [8, 1]],
      [14, 0, [20, 0]],
    ])
    expect(log).toContainEqual([7, 'REQUEST', 0, 1, [20, 0]])
  })

  test('all that ask at one time enter in the order of timestamps, one after another, for 2(N - 1) messages each', () => {
    const requests = fc.uniqueArray(fc.record({ p: fc.nat({ max: 6 }), ts: fc.integer({ min: 1, max: 9 }) }), {
      selector: ({ p }) => p,
      minLength: 1,
    })
    fc.assert(
      fc.property(requests, fc.integer({ min: 1, max: 5 }), fc.nat({ max: 9 }), (asked, delay, cs) => {
        const { log, entries } = ricartAgrawala.run({ processes: 7, requests: asked, delay, cs })
        const order = [...asked].sort((a, b) => a.ts - b.ts || a.p - b.p)
        expect(entries.map(([, , stamp]) => stamp)).toEqual(order.map(({ p, ts }) => [ts, p]))
        expect(log).toHaveLength(asked.length * 12)
        // The first enters when its questions are answered; each other one when the OK of the one before has come.
        entries.forEach(([time], place) => expect(time).toBe(2 * delay + place * (cs + delay)))
      }),
    )
  })
})

describe('centralMutex', () => {
  test('grants one after another in the order of asking', () => {
    expect(centralMutex.run({ requests: { 1: 0, 2: 3 }, delay: 1, cs: 5 })).toEqual({
      log: [
        [0, 'REQUEST', 1, 0],
        [1, 'GRANT', 0, 1],
        [3, 'REQUEST', 2, 0],
        [7, 'RELEASE', 1, 0],
        [8, 'GRANT', 0, 2],
        [14, 'RELEASE', 2, 0],
      ],
      entries: [
        [2, 1],
        [9, 2],
      ],
    })
  })

  test('the coordinator enters without messages, and waits its turn like the others', () => {
    const { log, entries } = centralMutex.run({ processes: 2, requests: { 0: [0, 2], 1: 0 }, delay: 1, cs: 4 })
    expect(entries).toEqual([
      [0, 0],
      [5, 1],
      [10, 0],
    ])
    expect(log).toHaveLength(3)
  })

  test.each([
    ['process to time', { 1: 0, 2: 3 }],
    [
      'objects',
      [
        { p: 1, at: 0 },
        { p: 2, at: 3 },
      ],
    ],
    [
      'pairs',
      [
        [1, 0],
        [2, 3],
      ],
    ],
  ])('takes requests as %s', (_, requests) => {
    const { entries } = centralMutex.run({ requests, delay: 1, cs: 5 })
    expect(entries).toEqual([
      [2, 1],
      [9, 2],
    ])
  })
})

describe('an input that does not fit is refused with its place', () => {
  test.each([
    [mutexMessages, null, 'input: expected an object'],
    [mutexMessages, {}, 'processes: expected a whole number from 1 to 1000, found nothing'],
    [mutexMessages, { processes: 1001 }, 'processes:'],
    [ricartAgrawala, [], 'input: expected an object'],
    [ricartAgrawala, {}, 'requests: expected requests'],
    [ricartAgrawala, { requests: [7] }, 'requests[0]: expected a request such as'],
    [ricartAgrawala, { requests: [{ p: 1 }] }, 'requests[0].ts: expected a whole number'],
    [ricartAgrawala, { requests: [[1, 2, 'soon']] }, 'requests[0][2]: expected a number'],
    [
      ricartAgrawala,
      {
        processes: 2,
        requests: [
          [0, 1],
          [2, 1],
        ],
      },
      'requests[1]: expected the number of a process',
    ],
    [ricartAgrawala, { requests: [[0, 1]], cs: -1 }, 'cs: expected a number from 0'],
    [ricartAgrawala, { requests: [[0, 1]], delay: Number.NaN }, 'delay: expected a number'],
    [centralMutex, { requests: 'all' }, 'requests: expected requests'],
    [centralMutex, { requests: { P1: 0 } }, 'requests["P1"]: expected a request'],
    [centralMutex, { requests: { 1: 'now' } }, 'requests["1"]: expected a number'],
    [centralMutex, { requests: { 1: [0, null] } }, 'requests["1"][1]: expected a number'],
    [centralMutex, { requests: { 1000: 0 } }, 'requests["1000"]: expected the number of a process, from 0 to 999'],
  ] as const)('%#', (operation, input, message) => {
    const refused = (): unknown => operation.run(input as never)
    expect(refused).toThrow(InterlockError)
    expect(refused).toThrow(message)
    expect(refused).toThrow(expect.objectContaining({ code: 'bad-input' }))
  })

  test('too many messages to list', () => {
    const requests = Array.from({ length: 300 }, (_, index) => [index, 1])
    const refused = (): unknown => ricartAgrawala.run({ processes: 1000, requests })
    expect(refused).toThrow(expect.objectContaining({ code: 'too-large' }))
    expect(refused).toThrow('Leave out requests or processes.')
  })
})

test.each([mutexMessages, ricartAgrawala, centralMutex])('the example in the help is what comes out', (operation) => {
  const { input, output } = operation.example
  expect(operation.run(input)).toEqual(output)
})
