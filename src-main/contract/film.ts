// A walkthrough as a film: what is shown at each frame, as pure functions of the walkthrough, the choices and the number
// of the frame. No clock: whoever draws frame n alone draws what is drawn on the way to it. Knows no lab and no codec.
import { z } from 'zod'
import { captionPages } from './caption-pages.ts'
import { readingTime } from './walkthrough-edits.ts'
import type { StepQuestion, Walkthrough } from './walkthrough.ts'

export const filmHeights = [720, 1080, 2160] as const
export const filmRates = [30, 60] as const
export const filmFormats = ['webm-vp9', 'webm-av1', 'mp4-h264'] as const
export type FilmFormat = (typeof filmFormats)[number]

export const FilmOptions = z.object({
  /** lines of the picture; it is 16 to 9 */
  height: z.union(filmHeights.map((height) => z.literal(height))),
  /** frames a second */
  fps: z.union(filmRates.map((fps) => z.literal(fps))),
  format: z.enum(filmFormats),
  /** captions are part of the picture */
  captions: z.boolean(),
  /** questions are shown, with time to think, and then their answers */
  questions: z.boolean(),
  look: z.enum(['light', 'dark']),
})
export type FilmOptions = z.infer<typeof FilmOptions>

export const defaultFilmOptions: FilmOptions = {
  height: 1080,
  fps: 30,
  format: 'webm-vp9',
  captions: true,
  questions: true,
  look: 'light',
}

/** A question on the picture; `told` once its answers are told apart. */
export const FilmCard = z.object({
  text: z.string().max(1_000),
  answers: z.array(z.object({ text: z.string().max(1_000), right: z.boolean() })).max(8),
  why: z.string().max(1_000),
  told: z.boolean(),
})
export type FilmCard = z.infer<typeof FilmCard>

/** What is written over the picture: the title at the top, up to two lines of caption, a question. */
export const FilmWords = z.object({
  heading: z.string().max(1_000),
  lines: z.array(z.string().max(200)).max(2),
  card: FilmCard.nullable(),
})
export type FilmWords = z.infer<typeof FilmWords>

/** A stretch of time in which neither drawing nor words change. Times in milliseconds. */
export interface Moment {
  begins: number
  ms: number
  /** index of the step of the walkthrough whose drawing is shown */
  step: number
  words: FilmWords
}

/** A part of the canvas, in canvas units. */
export interface View {
  x: number
  y: number
  width: number
  height: number
}

export interface Film {
  options: FilmOptions
  moments: readonly Moment[]
  /** milliseconds */
  length: number
  /** how many frames; at least one */
  frames: number
  chapters: readonly { title: string; begins: number }[]
  /** what the whole of a chapter needs to be seen, and when the camera leaves for it */
  shots: readonly Shot[]
}

interface Shot {
  begins: number
  step: number
  view: View
  /** where the camera looks while a question stands beside the drawing */
  beside: View
}

/** The frame that all measures of words and places refer to, whatever the size of the film. */
export const FRAME = { width: 1920, height: 1080 } as const
const MARGIN = 56
const HEAD = 104
const FOOT = 184
/** Nothing is shown larger than this, in units of the frame for each unit of the canvas. */
const MOST_ZOOM = 2.4
const MOVE_MS = 900
/** The camera does not move for less than this part of what it sees. */
const WORTH_MOVING = 0.02
const LEAST_QUESTION_MS = 6_000

/** The part of the frame that the drawing is shown in. Room for captions is kept when there are any. */
export function stageOf({ captions }: Pick<FilmOptions, 'captions'>): View {
  const foot = captions ? FOOT : MARGIN
  return { x: MARGIN, y: HEAD, width: FRAME.width - 2 * MARGIN, height: FRAME.height - HEAD - foot }
}

/** Where a question stands: beside the drawing, which is smaller meanwhile, so that one can look at it and think. */
export const CARD: View = {
  x: 1_040,
  y: HEAD,
  width: FRAME.width - MARGIN - 1_040,
  height: FRAME.height - HEAD - MARGIN,
}
const BESIDE_CARD: View = { x: MARGIN, y: HEAD, width: CARD.x - 2 * MARGIN, height: CARD.height }

/** The moments of a film. Steps without time are passed over; their changes are in the drawing of the next one. */
export function momentsOf(
  walkthrough: Walkthrough,
  { captions, questions }: Pick<FilmOptions, 'captions' | 'questions'>,
): Moment[] {
  const moments: Moment[] = []
  let [at, heading] = [0, walkthrough.title]
  const add = (step: number, ms: number, words: Omit<FilmWords, 'heading'>): void => {
    if (ms <= 0) return
    moments.push({ begins: at, ms, step, words: { heading, ...words } })
    at += ms
  }
  for (const [step, { ms, caption, chapter, question }] of walkthrough.steps.entries()) {
    heading = chapter ?? heading
    const pages = captions ? captionPages(caption) : [[]]
    const letters = pages.map((lines) => Math.max(1, lines.join(' ').length))
    const all = letters.reduce((sum, count) => sum + count, 0)
    let [read, shown] = [0, 0]
    for (const [index, lines] of pages.entries()) {
      read += letters[index] ?? 0
      const until = Math.round((ms * read) / all)
      add(step, until - shown, { lines, card: null })
      shown = until
    }
    if (question === undefined || !questions) continue
    for (const told of [false, true]) {
      add(step, questionTime(question, told), { lines: [], card: { ...question, why: question.why ?? '', told } })
    }
  }
  return moments
}

/** Milliseconds to read a question and think, or to read its answers once more with the reason. */
function questionTime({ text, answers, why = '' }: StepQuestion, told: boolean): number {
  const right = answers.filter((answer) => answer.right)
  const said = told ? [...right.map((answer) => answer.text), why] : [text, ...answers.map((answer) => answer.text)]
  return Math.max(told ? 4_000 : LEAST_QUESTION_MS, readingTime(said.join(' ')) + (told ? 1_000 : 2_000))
}

/**
 * The film of a walkthrough.
 * @param boxes for each step what its drawing needs to be seen whole, in canvas units; null where nothing is drawn
 */
export function filmOf(walkthrough: Walkthrough, options: FilmOptions, boxes: readonly (View | null)[]): Film {
  const moments = momentsOf(walkthrough, options)
  const last = moments.at(-1)
  const length = last === undefined ? 0 : last.begins + last.ms
  const beginOf = (step: number): number => moments.find((moment) => moment.step >= step)?.begins ?? length
  const starts = walkthrough.steps.flatMap(({ chapter }, step) => (chapter !== undefined && step > 0 ? [step] : []))
  const shots: Shot[] = []
  for (const [index, from] of [0, ...starts].entries()) {
    const to = starts[index] ?? walkthrough.steps.length
    const around = union(boxes.slice(from, to))
    const before = shots.at(-1)
    if (around === null) continue
    const view = fitted(around, stageOf(options))
    if (before !== undefined && near(before.view, view)) continue
    const begins = shots.length === 0 ? 0 : beginOf(from)
    shots.push({ begins, step: from, view, beside: fitted(around, BESIDE_CARD) })
  }
  const chapters = walkthrough.steps.flatMap(({ chapter }, step) =>
    chapter === undefined || beginOf(step) >= length ? [] : [{ title: chapter, begins: beginOf(step) }],
  )
  return { options, moments, length, frames: Math.max(1, Math.round((length * options.fps) / 1_000)), chapters, shots }
}

function union(boxes: readonly (View | null)[]): View | null {
  const all = boxes.filter((box) => box !== null)
  if (all.length === 0) return null
  const x = Math.min(...all.map((box) => box.x))
  const y = Math.min(...all.map((box) => box.y))
  const right = Math.max(...all.map((box) => box.x + box.width))
  const bottom = Math.max(...all.map((box) => box.y + box.height))
  return { x, y, width: right - x, height: bottom - y }
}

/** The part of the canvas, of the shape of the stage, in whose middle a box lies whole. */
function fitted(box: View, stage: View): View {
  const zoom = Math.min(MOST_ZOOM, stage.width / Math.max(1, box.width), stage.height / Math.max(1, box.height))
  const [width, height] = [stage.width / zoom, stage.height / zoom]
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height }
}

const near = (a: View, b: View): boolean =>
  Math.max(Math.abs(a.x - b.x) / a.width, Math.abs(a.y - b.y) / a.height, Math.abs(a.width - b.width) / a.width) <
  WORTH_MOVING

/** One frame: whose drawing, from where, with which words. Frames of equal `key` look the same. */
export interface Frame {
  key: string
  moment: Moment
  view: View
}

/** Milliseconds at which a frame begins. */
export const timeOf = ({ options }: Pick<Film, 'options'>, frame: number): number => (frame * 1_000) / options.fps

/** @param frame 0 to `frames` - 1 */
export function frameAt(film: Film, frame: number): Frame {
  const time = timeOf(film, frame)
  const index = Math.max(
    0,
    film.moments.findLastIndex(({ begins }) => begins <= time),
  )
  const moment = film.moments[index] ?? { begins: 0, ms: 0, step: 0, words: { heading: '', lines: [], card: null } }
  const view = moment.words.card === null ? viewAt(film, time) : besideAt(film, time)
  return { key: `${index} ${[view.x, view.y, view.width].map((value) => value.toFixed(3)).join(' ')}`, moment, view }
}

const besideAt = ({ shots }: Film, time: number): View =>
  (shots.findLast(({ begins }) => begins <= time) ?? shots[0])?.beside ?? { x: 0, y: 0, ...FRAME }

/** Where the camera looks: at one chapter's drawings, or on its way from the ones before, slow at both ends. */
function viewAt({ shots, length }: Film, time: number): View {
  const at = Math.max(
    0,
    shots.findLastIndex(({ begins }) => begins <= time),
  )
  const [shot, before] = [shots[at], shots[at - 1]]
  if (shot === undefined) return { x: 0, y: 0, ...FRAME }
  if (before === undefined) return shot.view
  const way = Math.min(MOVE_MS, (shots[at + 1]?.begins ?? length) - shot.begins)
  const past = way <= 0 ? 1 : Math.min(1, (time - shot.begins) / way)
  if (past >= 1) return shot.view
  const share = past * past * (3 - 2 * past)
  const between = (a: number, b: number): number => a + (b - a) * share
  const [a, b] = [before.view, shot.view]
  // Sizes change by factors, as the eye sees them.
  const width = a.width * (b.width / a.width) ** share
  const height = (width * b.height) / b.width
  const x = between(a.x + a.width / 2, b.x + b.width / 2) - width / 2
  const y = between(a.y + a.height / 2, b.y + b.height / 2) - height / 2
  return { x, y, width, height }
}

/** What a host has painted for a moment: shapes in canvas units, words in units of the frame, both without a frame. */
export interface PaintedShot {
  picture: string
  words: string
  background: string
}

/** A frame as a whole SVG document in the size of the film. */
export function frameSvg(
  { options }: Pick<Film, 'options'>,
  { view, moment }: Pick<Frame, 'view' | 'moment'>,
  shot: PaintedShot,
): string {
  const stage = moment.words.card === null ? stageOf(options) : BESIDE_CARD
  const box = [view.x, view.y, view.width, view.height].map((value) => value.toFixed(3)).join(' ')
  const [width, height] = [(options.height * FRAME.width) / FRAME.height, options.height]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${FRAME.width} ${FRAME.height}" font-family="sans-serif" font-weight="500">`,
    `<rect width="${FRAME.width}" height="${FRAME.height}" fill="${shot.background}"/>`,
    `<svg x="${stage.x}" y="${stage.y}" width="${stage.width}" height="${stage.height}" viewBox="${box}" overflow="hidden">${shot.picture}</svg>`,
    shot.words,
    '</svg>',
  ].join('')
}

/**
 * Whether a frame has to be written: the first and the last one, one that looks otherwise than the one before, and one a
 * second where nothing moves, so that a player that jumps finds its place.
 */
export function mustWrite(film: Film, frame: number, written: { frame: number; key: string } | null): boolean {
  if (written === null || frame === film.frames - 1) return true
  return frame - written.frame >= film.options.fps || frameAt(film, frame).key !== written.key
}
