// Walkthroughs as data: what is shown at a time, and what cutting, joining, leaving out and retiming keep.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { subRip, transcript, webVtt } from '../../../src-main/contract/captions.ts'
import { type Picture, Walkthrough, type WalkthroughStep } from '../../../src-main/contract/walkthrough.ts'
import {
  changed,
  changesBetween,
  cut,
  drawingOf,
  joined,
  lengthOf,
  pictureAfter,
  pictureOf,
  questionText,
  readQuestion,
  stateAt,
  trimmed,
  withStepAt,
  withoutStep,
} from '../../../src-main/contract/walkthrough-edits.ts'

const ids = ['P1', 'P2', 'R1', 'R2']

/** Pictures whose edges have both ends, as every drawing's have. */
const picture: fc.Arbitrary<Picture> = fc
  .record({
    there: fc.subarray(ids),
    links: fc.uniqueArray(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 4, selector: (ends) => ends.join() }),
    x: fc.integer({ min: 0, max: 500 }),
    name: fc.constantFrom('A', 'B'),
    policy: fc.option(fc.constantFrom('fifo', 'youngest')),
  })
  .map(({ there, links, x, name, policy }) => ({
    nodes: there.map((id) => ({ id, kind: 'node', name: `${id}${name}` })),
    edges: links.flatMap(([a, b]) => {
      const [from, to] = [ids[a] ?? '', ids[b] ?? '']
      return there.includes(from) && there.includes(to) ? [{ id: `e${a}${b}`, kind: 'edge', from, to }] : []
    }),
    notes: [],
    positions: Object.fromEntries(there.map((id) => [id, { x, y: 0 }])),
    fields: policy === null ? {} : { policy },
  }))

const walkthrough: fc.Arbitrary<Walkthrough> = fc
  .array(fc.record({ shown: picture, ms: fc.integer({ min: 1, max: 9_000 }) }), { minLength: 1, maxLength: 8 })
  .map((told) => {
    let before = told[0]?.shown ?? ({} as Picture)
    const start = before
    const steps = told.map(({ shown, ms }, index): WalkthroughStep => {
      const changes = changesBetween(before, shown)
      before = shown
      return { id: `s${index + 1}`, ms, caption: `Step ${index + 1}`, changes }
    })
    return { title: 'T', start, steps }
  })

/** A picture whatever the order of its records. */
const canonical = ({ nodes, edges, notes, positions, fields }: Picture): unknown => {
  const byId = (list: readonly { id: string }[]): unknown => [...list].sort((a, b) => (a.id < b.id ? -1 : 1))
  return [byId(nodes), byId(edges), byId(notes), positions, fields]
}
const end = (told: Walkthrough): unknown => canonical(pictureAfter(told, told.steps.length - 1))

test('the changes between two pictures turn the one into the other', () => {
  fc.assert(
    fc.property(picture, picture, (a, b) => {
      expect(canonical(changed(a, changesBetween(a, b)))).toEqual(canonical(b))
    }),
  )
})

test('a picture is the drawing of a document and back', () => {
  fc.assert(
    fc.property(picture, (a) => {
      expect(pictureOf(drawingOf(a))).toEqual(a)
    }),
  )
})

test('seeking to a time shows what playing step by step to it shows', () => {
  fc.assert(
    fc.property(walkthrough, fc.double({ min: 0, max: 1, noNaN: true }), (told, part) => {
      const time = Math.floor(part * lengthOf(told))
      let played = told.start
      let left = time
      for (const step of told.steps) {
        played = changed(played, step.changes)
        if (left < step.ms || step === told.steps.at(-1)) break
        left -= step.ms
      }
      expect(canonical(stateAt(told, time).picture)).toEqual(canonical(played))
    }),
  )
})

test('a walkthrough cut anywhere and joined ends in the same drawing, takes as long and has its own step ids', () => {
  fc.assert(
    fc.property(walkthrough, fc.nat(9), (told, at) => {
      const parts = cut(told, at)
      expect(parts === null).toBe(at < 1 || at >= told.steps.length)
      if (parts === null) return
      const again = joined(...parts)
      expect(end(again)).toEqual(end(told))
      expect(lengthOf(again)).toBe(lengthOf(told))
      expect(new Set(again.steps.map(({ id }) => id)).size).toBe(again.steps.length)
    }),
  )
})

test('joining a strange walkthrough ends in its drawing', () => {
  fc.assert(
    fc.property(walkthrough, walkthrough, (a, b) => {
      const both = joined(a, b)
      expect(end(both)).toEqual(end(b))
      expect(new Set(both.steps.map(({ id }) => id)).size).toBe(both.steps.length)
      expect(Walkthrough.safeParse(both).success).toBe(true)
    }),
  )
})

test('a step left out in the middle changes nothing that comes after it', () => {
  fc.assert(
    fc.property(walkthrough, fc.nat(7), (told, index) => {
      fc.pre(index < told.steps.length - 1)
      expect(end(withoutStep(told, index))).toEqual(end(told))
    }),
  )
})

test('reordered steps never leave an edge without its ends', () => {
  fc.assert(
    fc.property(walkthrough, fc.nat(7), fc.nat(7), (told, from, to) => {
      const { nodes, edges } = pictureAfter(withStepAt(told, from, to), told.steps.length - 1)
      const there = new Set(nodes.map(({ id }) => id))
      for (const edge of edges) expect([edge['from'], edge['to']].every((id) => there.has(String(id)))).toBe(true)
    }),
  )
})

test('moving a step there and back is no change, and trimming shortens only what is longer', () => {
  fc.assert(
    fc.property(walkthrough, fc.nat(7), fc.nat(7), (told, from, to) => {
      const last = told.steps.length - 1
      const [a, b] = [Math.min(from, last), Math.min(to, last)]
      expect(withStepAt(withStepAt(told, a, b), b, a)).toEqual(told)
      for (const [index, { ms }] of trimmed(told, 4_000).steps.entries()) {
        expect(ms).toBe(Math.min(4_000, told.steps[index]?.ms ?? 0))
      }
    }),
  )
})

const spoken: Walkthrough = {
  title: 'A ring',
  start: { nodes: [], edges: [], notes: [], positions: {}, fields: {} },
  steps: [
    { id: 's1', ms: 2_500, caption: 'P1 waits & R1 < R2', chapter: 'The wait', changes: [] },
    { id: 's2', ms: 1_000, caption: '', changes: [] },
    { id: 's3', ms: 3_600_000, caption: 'Two\n\nlines', changes: [] },
  ],
}

test('captions are written as WebVTT and SubRip, with signs of markup escaped and no blank line in a cue', () => {
  expect(webVtt(spoken)).toBe(
    'WEBVTT\n\n00:00:00.000 --> 00:00:02.500\nP1 waits &amp; R1 &lt; R2\n\n00:00:03.500 --> 01:00:03.500\nTwo\nlines\n',
  )
  expect(subRip(spoken)).toBe(
    '1\n00:00:00,000 --> 00:00:02,500\nP1 waits & R1 < R2\n\n2\n00:00:03,500 --> 01:00:03,500\nTwo\nlines\n',
  )
})

test('the transcript has title, chapters and times', () => {
  expect(transcript(spoken)).toBe('A ring\n\nThe wait\n\n0:00  P1 waits & R1 < R2\n0:03  Two lines\n')
})

test('a question is read as it is written, and what is none is refused', () => {
  const question = readQuestion('Who waits?\n* P1\n- P2\nR1 is held.')
  expect(question).toEqual({
    text: 'Who waits?',
    answers: [
      { text: 'P1', right: true },
      { text: 'P2', right: false },
    ],
    why: 'R1 is held.',
  })
  expect(readQuestion(questionText(question ?? undefined))).toEqual(question)
  for (const text of ['', 'Who?', 'Who?\n* P1', 'Who?\n- P1\n- P2', '* P1\n- P2']) expect(readQuestion(text)).toBeNull()
})
