// The words of a walkthrough as files: captions as WebVTT and SubRip, chapters as WebVTT, a transcript as text.
// Knows nothing of pictures.
import type { Walkthrough } from './walkthrough.ts'
import { beginnings } from './walkthrough-edits.ts'

interface Cue {
  from: number
  to: number
  text: string
}

function cues({ steps }: Walkthrough): Cue[] {
  const begins = beginnings({ steps })
  return steps.flatMap(({ ms, caption }, index) => {
    const from = begins[index] ?? 0
    // A blank line would end the cue.
    const text = caption.trim().replace(/\s*\n\s*/g, '\n')
    return text === '' || ms === 0 ? [] : [{ from, to: from + ms, text }]
  })
}

/** A time as `00:01:02.345`, or with the comma of SubRip. */
function stamp(ms: number, point: '.' | ','): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const [hours, minutes, seconds] = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1_000) % 60]
  return `${two(hours)}:${two(minutes)}:${two(seconds)}${point}${String(ms % 1_000).padStart(3, '0')}`
}

/** Captions as WebVTT (W3C). `&` and `<` begin markup there, and `-->` the next cue. */
export function webVtt(walkthrough: Walkthrough): string {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const blocks = cues(walkthrough).map(
    ({ from, to, text }) => `${stamp(from, '.')} --> ${stamp(to, '.')}\n${escaped(text)}\n`,
  )
  return ['WEBVTT\n', ...blocks].join('\n')
}

/** Captions as SubRip. */
export function subRip(walkthrough: Walkthrough): string {
  return cues(walkthrough)
    .map(({ from, to, text }, index) => `${index + 1}\n${stamp(from, ',')} --> ${stamp(to, ',')}\n${text}\n`)
    .join('\n')
}

/** A time for people: `1:05`. */
export const clockTime = (ms: number): string =>
  `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1_000) % 60).padStart(2, '0')}`

/** Everything that is said, with times, under the titles of the chapters. */
export function transcript(walkthrough: Walkthrough): string {
  const begins = beginnings(walkthrough)
  const lines = walkthrough.steps.flatMap(({ chapter, caption, question }, index) => [
    ...(chapter === undefined ? [] : ['', chapter, '']),
    ...(caption.trim() === '' ? [] : [`${clockTime(begins[index] ?? 0)}  ${caption.trim().replace(/\s+/g, ' ')}`]),
    ...(question === undefined
      ? []
      : [`      ${question.text}`, ...question.answers.map(({ text }) => `      - ${text}`)]),
  ])
  return `${[walkthrough.title, '', ...lines]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`
}
