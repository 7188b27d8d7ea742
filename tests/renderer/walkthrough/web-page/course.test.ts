// The course of a told walkthrough on its web page: the clock passes no step and no question, and seeking shows what
// playing shows.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  atEnd,
  beginning,
  type Course,
  goneOn,
  indexAt,
  later,
  type Place,
  soughtTo,
} from '@page/walkthrough/web-page/course.ts'

const question = { text: 'Which?', answers: [], why: '' }

function course(lengths: readonly number[], asks: readonly number[] = []): Course {
  let at = 0
  const steps = lengths.map((ms, index) => ({
    at: (at += ms) - ms,
    ms,
    question: asks.includes(index) ? question : null,
  }))
  return { steps, length: at }
}

/** Plays to the end, going on from every question; tells the steps in the order in which they were shown. */
function played(one: Course, tick: number): { shown: number[]; asked: number[] } {
  const [shown, asked]: [number[], number[]] = [[0], []]
  let place: Place = beginning
  for (let turn = 0; turn < 10_000 && !atEnd(one, place); turn += 1) {
    if (place.asking) asked.push(place.index)
    place = place.asking ? goneOn(one, place) : later(one, place, tick)
    if (shown.at(-1) !== place.index) shown.push(place.index)
  }
  return { shown, asked }
}

test('no step and no question is passed over, whatever the clock does', () => {
  fc.assert(
    fc.property(
      fc
        .array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 12 })
        .filter((all) => all.some((ms) => ms > 0)),
      fc.integer({ min: 1, max: 5_000 }),
      (lengths, tick) => {
        const asks = lengths.flatMap((ms, index) => (index % 3 === 0 && ms > 0 ? [index] : []))
        const { shown, asked } = played(course(lengths, asks), tick)
        expect(shown).toEqual(lengths.map((_, index) => index).slice(0, shown.length))
        // Steps of no length at the very end are behind the end.
        expect(lengths.slice(shown.length).every((ms) => ms === 0)).toBe(true)
        expect(asked).toEqual(asks)
      },
    ),
  )
})

test('a question stops the clock just before the end of its step, and is asked once', () => {
  const one = course([1_000, 1_000], [0])
  const asking = later(one, later(one, beginning, 900), 200)
  expect(asking).toMatchObject({ time: 999, index: 0, asking: true })
  expect(later(one, asking, 5_000)).toBe(asking)
  const on = goneOn(one, asking)
  expect(on).toMatchObject({ time: 1_000, index: 1, asking: false })
  const back = soughtTo(one, on, 0)
  expect(later(one, later(one, back, 999), 1)).toMatchObject({ index: 1, asking: false })
})

test('seeking stays inside, withdraws a question, and shows the last step that has begun', () => {
  const one = course([1_000, 0, 2_000], [0])
  expect(soughtTo(one, beginning, -5)).toMatchObject({ time: 0, index: 0 })
  expect(soughtTo(one, beginning, 1_000)).toMatchObject({ index: 2 })
  expect(soughtTo(one, beginning, 99_999)).toMatchObject({ time: 3_000, index: 2 })
  expect(soughtTo(one, { ...beginning, asking: true }, 10).asking).toBe(false)
  expect(indexAt(one, 999)).toBe(0)
})

test('a question at the very end is asked, and the end comes behind it', () => {
  const one = course([1_000], [0])
  const asking = later(one, beginning, 2_000)
  expect([asking.asking, atEnd(one, asking)]).toEqual([true, false])
  expect(atEnd(one, goneOn(one, asking))).toBe(true)
})
