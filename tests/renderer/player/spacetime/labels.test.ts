// The words in a space-time diagram on the screen: none covers another one, scrolling changes none, and what is looked
// at is named even where its name was left out.
import { expect, test } from 'vitest'
import { type SpaceTime, spaceTime } from '@simulation/space-time.ts'
import { cornersOf, overlap } from '@simulation/space-time-labels.ts'
import { LABEL, boxOf, wordsAround, wordsOf } from '@page/player/spacetime/labels.ts'
import { type Place, seen, spotOf } from '@page/player/spacetime/place.ts'
import type { RunStep } from '@contract/run.ts'

const lanes = ['A', 'B', 'C', 'D', 'E']
const width = (text: string): number => text.length * 6
const stamps: ReadonlyMap<number, string> = new Map()

/** Everybody in turn sends to all others at once. */
function crowded(): SpaceTime {
  const steps: Pick<RunStep, 'step' | 'trace'>[] = []
  let [step, at] = [1, 0]
  for (const lane of lanes) {
    const others = lanes.filter((one) => one !== lane)
    const sends = others.map((to) => ({ message: `${lane}${to}`, to, label: 'ELECTION', detail: 'round 1' }))
    steps.push({ step: step++, trace: { at: ++at, lane, kind: 'local', label: 'begins', sends } })
    for (const to of others) {
      const trace = { at: ++at, lane: to, message: `${lane}${to}`, label: 'takes it for the leader', sends: [] }
      steps.push({ step: step++, trace: { ...trace, kind: 'receive' } })
    }
  }
  return spaceTime(lanes, steps, 'order')
}

const placeAt = (zoom: number, along = 0): Place => ({
  ...{ across: true, width: 700, height: 400, along, side: 0, zoom, lane: 66, head: 64 },
})
const asked = (diagram: SpaceTime, place: Place) => ({ diagram, place, seen: seen(place), stamps, size: LABEL, width })
const corners = (box: { left: number; right: number; top: number; bottom: number }) => [
  { x: box.left, y: box.top },
  { x: box.right, y: box.top },
  { x: box.right, y: box.bottom },
  { x: box.left, y: box.bottom },
]

test.each([0.5, 0.8, 1, 2])('no two names of messages, and none and a word at an event, overlap at zoom %f', (zoom) => {
  const { events, messages } = wordsOf(asked(crowded(), placeAt(zoom)))
  const boxes = [
    ...messages.map((label) => cornersOf(label, LABEL)),
    ...events.map((word) => corners(boxOf(word, { size: LABEL, width }))),
  ]
  expect(messages.length).toBeGreaterThan(0)
  for (const [index, one] of boxes.slice(0, messages.length).entries()) {
    for (const other of boxes.slice(index + 1)) expect(overlap(one, other)).toBe(false)
  }
})

test('scrolling moves names and changes none', () => {
  const diagram = crowded()
  const before = wordsOf(asked(diagram, placeAt(1)))
  expect(wordsOf(asked(diagram, placeAt(1, 200)))).toBe(before)
  expect(wordsOf(asked(diagram, placeAt(1.25)))).not.toBe(before)
})

test('what an event sends and receives is named when it is looked at, and nothing is covered by that', () => {
  const diagram = crowded()
  const request = asked(diagram, placeAt(0.5))
  const shown = new Set(wordsOf(request).messages.map(({ message }) => message))
  const hidden = diagram.messages.filter(({ message }) => !shown.has(message))
  expect(hidden.length).toBeGreaterThan(0)
  const found = hidden.some(({ message, from }) => {
    const { messages } = wordsAround([from.step], request)
    for (const [index, one] of messages.entries()) {
      for (const other of messages.slice(index + 1)) {
        expect(overlap(cornersOf(one, LABEL), cornersOf(other, LABEL))).toBe(false)
      }
    }
    return messages.some((label) => label.message === message)
  })
  expect(found).toBe(true)
})

test('the last word of a lane ends with the sheet, and the others before the next event', () => {
  const diagram = crowded()
  const place = placeAt(0.5)
  const { events } = wordsOf(asked(diagram, place))
  const end = spotOf(place, 0, diagram.length).x + 40
  for (const word of events) expect(boxOf(word, { size: LABEL, width }).right).toBeLessThanOrEqual(end)
  expect(events.some(({ text }) => text === 'takes it for the leader')).toBe(true)
})
