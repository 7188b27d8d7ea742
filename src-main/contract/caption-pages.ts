// Captions as they can be read in a film: at most two lines of 42 characters at a time, and how quickly they have to be
// read. Knows no picture.
import type { Walkthrough } from './walkthrough.ts'

export const CAPTION_LINE = 42
const CAPTION_LINES = 2
/** Characters a second that most people can follow. */
export const CAPTION_SPEED = 17

/** A text in pages of two short lines, one shown after the other. One empty page for an empty text. */
export function captionPages(text: string): string[][] {
  const words = text
    .split(/\s+/)
    .flatMap((word) => word.match(new RegExp(`.{1,${CAPTION_LINE}}`, 'gu')) ?? [])
    .filter((word) => word !== '')
  if (words.length === 0) return [[]]
  // As few pages as will do, and these equally long: a last page of one word is hard to read.
  for (let pages = Math.ceil(words.join(' ').length / (CAPTION_LINE * CAPTION_LINES)); ; pages += 1) {
    const parts = divided(words, pages).map((part) => linesOf(part))
    if (parts.every((lines) => lines.length <= CAPTION_LINES)) return parts
  }
}

/** Lines of one page: two of like length rather than a long and a short one. */
function linesOf(words: readonly string[]): string[] {
  for (let count = 1; ; count += 1) {
    const lines = divided(words, count).map((part) => part.join(' '))
    if (count >= words.length || lines.every((line) => line.length <= CAPTION_LINE)) return lines
  }
}

/** Words in so many parts of like length; parts end behind a sentence or a comma where one is near. */
function divided(words: readonly string[], parts: number): string[][] {
  const length = words.join(' ').length
  const made: string[][] = []
  let [from, letters] = [0, 0]
  for (let part = 1; part < parts && from < words.length - 1; part += 1) {
    const goal = (length * part) / parts
    let [best, to] = [Infinity, from + 1]
    let reached = letters
    for (let index = from; index < words.length - (parts - part); index += 1) {
      const word = words[index] ?? ''
      reached += word.length + 1
      // A number stays with its unit.
      const pause = /[.!?:;]$/.test(word) ? 12 : /,$/.test(word) ? 6 : /\d$/.test(word) ? -8 : 0
      const miss = Math.abs(reached - goal) - pause
      if (miss < best) [best, to] = [miss, index + 1]
    }
    made.push(words.slice(from, to))
    letters += words.slice(from, to).reduce((sum, word) => sum + word.length + 1, 0)
    from = to
  }
  return [...made, words.slice(from)].filter((part) => part.length > 0)
}

/** Steps, from 1, whose captions would have to be read quicker than most people can. */
export function hurriedSteps({ steps }: Pick<Walkthrough, 'steps'>): number[] {
  return steps.flatMap(({ ms, caption }, index) =>
    caption.trim().replace(/\s+/g, ' ').length * 1_000 > ms * CAPTION_SPEED ? [index + 1] : [],
  )
}
