// A walkthrough as a film: its moments fill its time, its camera shows what there is and moves between chapters only,
// and what is written tells all that is to be seen.
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import {
  defaultFilmOptions,
  type Film,
  type FilmOptions,
  filmOf,
  frameAt,
  momentsOf,
  mustWrite,
  timeOf,
  type View,
} from '../../../src-main/contract/film.ts'
import type { Walkthrough, WalkthroughStep } from '../../../src-main/contract/walkthrough.ts'

const told = (steps: Partial<WalkthroughStep>[], title = 'Told'): Walkthrough => ({
  title,
  start: { nodes: [], edges: [], notes: [], positions: {}, fields: {} },
  steps: steps.map((step, index) => ({ id: `s${index}`, ms: 1_000, caption: '', changes: [], ...step })),
})
const question = {
  text: 'What now?',
  answers: [
    { text: 'This', right: true },
    { text: 'That', right: false },
  ],
}
const box = (x: number, y: number, width: number, height: number): View => ({ x, y, width, height })
const small: FilmOptions = { ...defaultFilmOptions, height: 720 }
const made = (walkthrough: Walkthrough, boxes: (View | null)[], options = small): Film =>
  filmOf(walkthrough, options, boxes)

const Steps = fc.array(fc.record({ ms: fc.integer({ min: 0, max: 9_000 }), caption: fc.lorem({ maxCount: 40 }) }), {
  minLength: 1,
  maxLength: 12,
})

describe('moments', () => {
  it('follow each other without gaps, and each step has its own time in all', () => {
    fc.assert(
      fc.property(Steps, (steps) => {
        const moments = momentsOf(told(steps), small)
        let at = 0
        for (const { begins, ms } of moments) {
          expect(begins).toBe(at)
          at += ms
        }
        for (const [index, { ms }] of steps.entries()) {
          const own = moments.filter(({ step }) => step === index)
          expect(own.reduce((sum, moment) => sum + moment.ms, 0)).toBe(ms)
        }
      }),
    )
  })

  it('of a question come after its step: first it is asked, then its answers are told, or neither', () => {
    const walkthrough = told([{ question }, {}])
    const cards = momentsOf(walkthrough, small).map(({ step, words }) => [step, words.card?.told])
    expect(cards).toEqual([
      [0, undefined],
      [0, false],
      [0, true],
      [1, undefined],
    ])
    expect(momentsOf(walkthrough, { ...small, questions: false })).toHaveLength(2)
  })

  it('carry the title of their chapter, and that of the walkthrough before the first one', () => {
    const headings = momentsOf(told([{}, { chapter: 'One' }, {}, { chapter: 'Two' }]), small).map(
      ({ words }) => words.heading,
    )
    expect(headings).toEqual(['Told', 'One', 'One', 'Two'])
  })

  it('have no lines where captions are not in the picture', () => {
    const moments = momentsOf(told([{ caption: 'Said in a file beside it.' }]), { ...small, captions: false })
    expect(moments.map(({ words }) => words.lines)).toEqual([[]])
  })
})

describe('the camera', () => {
  const walkthrough = told([{ chapter: 'One', ms: 3_000 }, { ms: 3_000 }, { chapter: 'Two', ms: 3_000 }, { ms: 3_000 }])
  const boxes = [box(0, 0, 100, 100), box(0, 0, 900, 300), box(2_000, 0, 300, 900), null]
  const film = made(walkthrough, boxes)
  const viewAt = (ms: number): View => frameAt(film, Math.round((ms * small.fps) / 1_000)).view
  const holds = (view: View, inner: View): boolean =>
    inner.x >= view.x - 1e-6 &&
    inner.y >= view.y - 1e-6 &&
    inner.x + inner.width <= view.x + view.width + 1e-6 &&
    inner.y + inner.height <= view.y + view.height + 1e-6

  it('stands still within a chapter and sees every drawing of it whole', () => {
    expect(viewAt(0)).toEqual(viewAt(5_900))
    expect(holds(viewAt(0), box(0, 0, 900, 300))).toBe(true)
    expect(viewAt(7_500)).toEqual(viewAt(11_900))
    expect(holds(viewAt(7_500), box(2_000, 0, 300, 900))).toBe(true)
  })

  it('goes from one chapter to the next, slowly at both ends and never back', () => {
    const middles = Array.from({ length: 30 }, (_, index) => {
      const { x, width } = viewAt(6_000 + index * 33.34)
      return x + width / 2
    })
    const ways = middles.slice(1).map((middle, index) => middle - (middles[index] ?? 0))
    expect(ways.every((way) => way >= -1e-6)).toBe(true)
    const most = Math.max(...ways)
    expect(ways[0]).toBeLessThan(most / 3)
    expect(ways.findLast((way) => way > 1e-6)).toBeLessThan(most / 3)
    expect(middles[0]).toBeCloseTo(450, 0)
    expect(middles.at(-1)).toBeCloseTo(2_150, 0)
  })

  it('does not move for next to nothing', () => {
    const still = made(walkthrough, [box(0, 0, 500, 500), null, box(3, 2, 501, 499), null])
    expect(still.shots).toHaveLength(1)
  })

  it('shows nothing larger than life allows', () => {
    const { view } = frameAt(made(told([{}]), [box(0, 0, 10, 10)]), 0)
    expect(view.width).toBeGreaterThan(400)
  })
})

describe('what is written', () => {
  it('is every frame that differs from the one before, one a second, the first and the last', () => {
    fc.assert(
      fc.property(Steps, fc.boolean(), (steps, chapters) => {
        const walkthrough = told(
          steps.map((step, index) => ({ ...step, ...(chapters && index % 2 === 0 && { chapter: `C${index}` }) })),
        )
        const film = made(
          walkthrough,
          steps.map((_, index) => box(index * 400, 0, 300, 200)),
        )
        let last: { frame: number; key: string } | null = null
        for (let frame = 0; frame < film.frames; frame += 1) {
          const { key } = frameAt(film, frame)
          const written = mustWrite(film, frame, last)
          if (!written) {
            expect(key).toBe(last?.key)
            expect(frame - (last?.frame ?? 0)).toBeLessThan(film.options.fps)
          } else last = { frame, key }
        }
        expect(last?.frame).toBe(film.frames - 1)
      }),
      { numRuns: 30 },
    )
  })

  it('is as long as the walkthrough with its questions, to a frame', () => {
    const film = made(told([{ ms: 2_345, question }, { ms: 10 }]), [null, null])
    expect(Math.abs(timeOf(film, film.frames) - film.length)).toBeLessThanOrEqual(1_000 / small.fps)
    expect(film.length).toBeGreaterThan(2_355 + 8_000)
  })
})
