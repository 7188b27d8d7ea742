// Captions in a film: two lines of 42 characters at most, nothing lost, and a warning for those that go too fast.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CAPTION_LINE, captionPages, hurriedSteps } from '../../../src-main/contract/caption-pages.ts'

describe('pages of a caption', () => {
  it('have at most two lines of at most 42 characters, and say every word in order', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 60 }), { maxLength: 90 }), (words) => {
        const text = words.join(' ')
        const pages = captionPages(text)
        for (const lines of pages) {
          expect(lines.length).toBeLessThanOrEqual(2)
          for (const line of lines) expect([...line].length).toBeLessThanOrEqual(CAPTION_LINE)
        }
        expect(pages.flat().join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      }),
    )
  })

  it('are one page with a short line where that is enough, and one empty page for nothing', () => {
    expect(captionPages('P1 holds R1.')).toEqual([['P1 holds R1.']])
    expect(captionPages('  ')).toEqual([[]])
  })

  it('break where a sentence ends rather than in the middle of one', () => {
    expect(
      captionPages('The ring is closed: P1 waits for P2. This is a deadlock, and waiting longer will not help.'),
    ).toEqual([['The ring is closed: P1 waits for P2.'], ['This is a deadlock,', 'and waiting longer will not help.']])
  })

  it('have lines of like length, never one word alone below a full line', () => {
    const [lines = []] = captionPages('Both processes hold something now, and both can finish')
    expect(lines).toHaveLength(2)
    expect(Math.min(...lines.map((line) => line.length))).toBeGreaterThan(15)
  })
})

describe('hurried steps', () => {
  it('are those whose captions have more than 17 characters for each second', () => {
    const caption = 'x'.repeat(34)
    const step = (ms: number): { id: string; ms: number; caption: string; changes: [] } => ({
      id: 's',
      ms,
      caption,
      changes: [],
    })
    expect(hurriedSteps({ steps: [step(2_000), step(1_999), step(10_000), step(0)] })).toEqual([2, 4])
  })
})
