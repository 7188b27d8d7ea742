// What a film must show, painted without the page: the same shapes, drawn by another renderer. And what ffmpeg finds in a
// file.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { Resvg, initWasm } from '@resvg/resvg-wasm'
import { onPath } from '../../scripts/debian.ts'
import type { DocumentEnvelope, GraphModel } from '../../src-main/contract/document.ts'
import { type Film, filmOf, type FilmOptions, frameAt, frameSvg, momentsOf } from '../../src-main/contract/film.ts'
import { sceneNotes } from '../../src-main/contract/note-text.ts'
import { Walkthrough } from '../../src-main/contract/walkthrough.ts'
import { drawingOf, pictureAfter } from '../../src-main/contract/walkthrough-edits.ts'
import { findLab } from '../../src-main/labs/index.ts'
import { paintShot } from '../../src-main/services/export/shot.ts'
import { checkedModel } from '../../src-main/services/models.ts'
import { createRun } from '../../src-main/simulation/run.ts'
import { root } from './serve.ts'

export const sampleFile = `${root}/src-main/labs/deadlock/samples/told-ring.interlock`

/** Why ffmpeg's checks cannot be made here, or null. */
export const whyNoFfmpeg: string | null =
  onPath(['ffprobe']) === undefined || onPath(['ffmpeg']) === undefined
    ? 'ffmpeg is not installed, so that nothing else than Interlock can look into the videos'
    : null

interface Painted {
  film: Film
  svg(frame: number): string
}

/** The film of a document, for labs whose boxes stay where they are in runs. */
export function paintedFilm(document: DocumentEnvelope, options: FilmOptions): Painted {
  const lab = findLab(document.lab)
  const walkthrough = Walkthrough.parse(document.walkthrough)
  const moments = momentsOf(walkthrough, options)
  const shots = walkthrough.steps.map(({ run, selection = [] }, step) => {
    const drawn = drawingOf(pictureAfter(walkthrough, step))
    const model = checkedModel(lab, drawn.model)
    let [shown, marks] = [model, lab.verdict(model).marks]
    const simulation = lab.simulations[run?.simulation ?? '']
    if (run !== undefined && simulation !== undefined) {
      const played = createRun(simulation, model, run.seed)
      const { steps } = played.play(0, run.events)
      const state = played.stateAt(steps.at(-1)?.step ?? 0)
      ;[shown, marks] = [state.model as unknown as GraphModel, state.marks]
    }
    const scene = { ...lab.model.picture(shown, drawn.layout, marks), notes: sceneNotes(drawn.notes) }
    const words = moments.filter((moment) => moment.step === step).map((moment) => moment.words)
    return paintShot({ scene, selected: selection, words, look: options.look, markWords: lab.model.markWords ?? {} })
  })
  const film = filmOf(
    walkthrough,
    options,
    shots.map(({ box }) => box),
  )
  return {
    film,
    svg(number) {
      const frame = frameAt(film, number)
      const shot = shots[frame.moment.step]
      const own = film.moments.filter(({ step }) => step === frame.moment.step)
      const at = own.findIndex(({ begins }) => begins === frame.moment.begins)
      return frameSvg(film, frame, {
        picture: shot?.picture ?? '',
        background: shot?.background ?? '',
        words: shot?.words[at] ?? '',
      })
    },
  }
}

let ready: Promise<void> | null = null

/** A frame as a PNG, drawn by resvg. */
export async function golden(svg: string, file: string): Promise<void> {
  ready ??= initWasm(readFileSync(`${root}/node_modules/@resvg/resvg-wasm/index_bg.wasm`))
  await ready
  const picture = new Resvg(svg, { font: { loadSystemFonts: false } })
  writeFileSync(file, picture.render().asPng())
  picture.free()
}

function run(program: string, args: string[]): { stdout: string; stderr: string } {
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (status !== 0) throw new Error(`${program} ended with ${String(status)}: ${stderr}`)
  return { stdout, stderr }
}

export interface Probed {
  streams: { codec_type: string; codec_name: string; width: number; height: number; r_frame_rate: string }[]
  chapters: { start_time: string; end_time: string; tags: { title: string } }[]
  format: { duration: string; tags?: { title?: string; TITLE?: string } }
}

export const probe = (file: string): Probed =>
  JSON.parse(
    run('ffprobe', ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', '-show_chapters', file]).stdout,
  ) as Probed

/** Times of all frames in seconds, as they come out of the decoder. */
export function frameTimes(file: string): number[] {
  const args = ['-v', 'error', '-of', 'csv=p=0', '-select_streams', 'v', '-show_entries', 'frame=pts_time', file]
  return run('ffprobe', args)
    .stdout.split('\n')
    .map((line) => line.replace(',', '').trim())
    .filter((line) => line !== '')
    .map(Number)
}

/** The frame that is shown at a time, as a PNG. */
export function shownAt(file: string, seconds: number, to: string): void {
  // Counted from the beginning: what is sought by an index may be the frame before.
  run('ffmpeg', ['-v', 'error', '-y', '-i', file, '-vf', `fps=30,trim=start=${seconds}`, '-frames:v', '1', to])
}

/** Peak signal to noise ratio of two pictures, in decibels; infinite for equal ones. */
export function likeness(one: string, other: string): number {
  const { stderr } = run('ffmpeg', [
    '-i',
    one,
    '-i',
    other,
    '-lavfi',
    '[0]format=rgb24[a];[1]format=rgb24[b];[a][b]psnr',
    '-f',
    'null',
    '-',
  ])
  const found = /average:(inf|[\d.]+)/.exec(stderr)?.[1]
  if (found === undefined) throw new Error(`no PSNR in: ${stderr}`)
  return found === 'inf' ? Infinity : Number(found)
}
