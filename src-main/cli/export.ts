// `interlock export`: a drawing, the trace of its run, or its walkthrough in a format; the same that the page exports.
import { existsSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { InterlockError } from '../contract/errors.ts'
import {
  type Exported,
  defaultExportOptions,
  defaultRunExportOptions,
  defaultWalkthroughExportOptions,
  type ExportOptions,
  type RunExportOptions,
  runFormats,
  type WalkthroughExportOptions,
  walkthroughFormats,
} from '../contract/export.ts'
import { MAX_SCRIPT_EVENTS } from '../contract/limits.ts'
import { didYouMean } from '../contract/near-names.ts'
import { exportDrawing as exported, formatsOf } from '../services/export/drawing.ts'
import { fileError } from '../services/files/errors.ts'
import { writeWhole } from '../services/files/write.ts'
import { labs } from '../labs/index.ts'
import { type Arguments, parseArguments, textOption } from './arguments.ts'
import { readDrawing } from './drawings.ts'
import { RIGHT } from './exit-codes.ts'
import type { Io } from './io.ts'

export const exportOptions = {
  to: { value: 'FORMAT' },
  out: { value: 'PATH' },
  scale: { value: '2' },
  background: { value: 'white' },
  'no-marks': 'flag',
  verdict: 'flag',
  title: 'flag',
  outlines: 'flag',
  fragment: 'flag',
  axis: { value: 'order' },
  down: 'flag',
  stamps: { value: 'none' },
  events: { value: 'N' },
  'per-page': { value: '6' },
} as const

/** All formats of all labs; which of them a drawing has shows when it is read. */
export const exportFormats: readonly string[] = [...new Set(labs.flatMap((lab) => formatsOf(lab.model)))]

/** Those of the trace of a run, for drawings of labs whose simulations have one. */
const traceFormats: readonly string[] = runFormats

/** @returns the exit code */
export async function exportDrawing(argv: readonly string[], io: Io): Promise<number> {
  const args = parseArguments('interlock export', argv, exportOptions)
  const [file, ...more] = args.positionals
  if (file === undefined || more.length > 0) {
    throw new InterlockError('bad-input', 'Name one drawing, such as interlock export ring.interlock --to svg.')
  }
  const format = textOption(args, 'to')
  const formats = [...exportFormats, ...traceFormats, ...walkthroughFormats]
  if (format === null || !formats.includes(format)) {
    const near = format === null ? '' : didYouMean(format, formats)
    const given = format === null ? 'No format is given.' : `"${format}" is not a format.${near}`
    throw new InterlockError('bad-input', `${given} Add --to with one of ${formats.join(', ')}.`)
  }
  const { text, base64, remarks } = await madeOf(file, format, args, io)
  const out = textOption(args, 'out')
  const bytes = text === null ? Buffer.from(base64 ?? '', 'base64') : text
  if (out !== null) await write(resolve(io.cwd, out), bytes, out)
  else if (typeof bytes === 'string') io.out(bytes)
  else if (io.stdoutIsTerminal) {
    throw new InterlockError(
      'bad-input',
      `A terminal cannot show ${format.toUpperCase()}. Add --out PATH, or send the output into a file.`,
    )
  } else io.out(bytes)
  for (const remark of remarks) io.err(`interlock: note: ${remark}\n`)
  return RIGHT
}

/** The options that one kind of export has, and others do not. */
const ownOptions = {
  drawing: ['no-marks', 'verdict'],
  run: ['axis', 'down', 'stamps', 'events'],
  walkthrough: ['per-page'],
} as const
/** What pictures of drawings and runs have, and walkthroughs do not. */
const pictureOptions = ['background', 'title', 'outlines', 'fragment']
const kinds = { drawing: 'a drawing', run: 'the trace of a run', walkthrough: 'a walkthrough' } as const

async function madeOf(file: string, format: string, args: Arguments, io: Io): Promise<Exported> {
  const options = choices(args)
  const run = runFormats.find((one) => one === format)
  const told = walkthroughFormats.find((one) => one === format)
  const kind = run !== undefined ? 'run' : told !== undefined ? 'walkthrough' : 'drawing'
  for (const [other, names] of Object.entries(ownOptions)) {
    const unused = other === kind ? undefined : names.find((option) => args.values.has(option))
    if (unused !== undefined) {
      const what = kinds[other as keyof typeof kinds]
      throw new InterlockError('bad-input', `--${unused} is for ${what}, and ${format} is none. Leave it out.`)
    }
  }
  const vain = kind === 'walkthrough' ? pictureOptions.find((option) => args.values.has(option)) : undefined
  if (vain !== undefined) {
    throw new InterlockError('bad-input', `--${vain} changes nothing about a walkthrough. Leave it out.`)
  }
  const runOptions =
    run === undefined ? null : { format: run, options: runChoices(args, options), most: mostEvents(args) }
  const toldOptions = told === undefined ? null : { format: told, options: toldChoices(args, options) }
  const { lab, document } = await readDrawing(io, file)
  if (toldOptions !== null) {
    const { exportWalkthrough } = await import('../services/export/storyboard/export.ts')
    return exportWalkthrough(lab, document, toldOptions.format, toldOptions.options)
  }
  if (runOptions === null) return exported(lab, document, format, options)
  const { exportRun } = await import('../services/export/run.ts')
  return exportRun(lab, document, runOptions.format, runOptions.options, { most: runOptions.most })
}

function toldChoices(args: Arguments, { scale }: ExportOptions): WalkthroughExportOptions {
  const given = textOption(args, 'per-page') ?? String(defaultWalkthroughExportOptions.perPage)
  if (given !== '2' && given !== '6') {
    throw new InterlockError('bad-input', `"${given}" steps cannot be put on a page. Choose 2 or 6.`)
  }
  return { scale, perPage: given === '2' ? 2 : 6 }
}

function runChoices(
  args: Arguments,
  { title, scale, background, outlines, fragment }: ExportOptions,
): RunExportOptions {
  const one = <T extends string>(name: string, usual: T, all: readonly T[]): T => {
    const given = textOption(args, name) ?? usual
    const found = all.find((choice) => choice === given)
    if (found !== undefined) return found
    throw new InterlockError('bad-input', `"${given}" cannot be given for --${name}. Choose one of ${all.join(', ')}.`)
  }
  return {
    ...{ title, scale, background, outlines, fragment },
    axis: one('axis', defaultRunExportOptions.axis, ['order', 'time']),
    across: !args.values.has('down'),
    stamps: one('stamps', defaultRunExportOptions.stamps, ['none', 'lamport', 'vector']),
  }
}

function mostEvents(args: Arguments): number {
  const given = textOption(args, 'events')
  if (given === null) return MAX_SCRIPT_EVENTS
  const most = /^[1-9]\d{0,5}$/.test(given) ? Number(given) : Infinity
  if (most <= MAX_SCRIPT_EVENTS) return most
  throw new InterlockError(
    'bad-input',
    `"${given}" is not a number of events. Give a whole number from 1 to ${MAX_SCRIPT_EVENTS}, such as --events 200.`,
  )
}

function choices(args: Arguments): ExportOptions {
  const scale = textOption(args, 'scale')
  if (scale !== null && !/^(?:[1-3](?:\.\d+)?|4(?:\.0+)?)$/.test(scale)) {
    throw new InterlockError('bad-input', `"${scale}" is not a scale. Give a number from 1 to 4, such as --scale 2.`)
  }
  const background = textOption(args, 'background') ?? 'white'
  if (background !== 'white' && background !== 'transparent') {
    throw new InterlockError('bad-input', `"${background}" is not a background. Choose white or transparent.`)
  }
  return {
    ...defaultExportOptions,
    background,
    marks: !args.values.has('no-marks'),
    verdict: args.values.has('verdict'),
    title: args.values.has('title'),
    outlines: args.values.has('outlines'),
    fragment: args.values.has('fragment'),
    ...(scale === null ? {} : { scale: Number(scale) }),
  }
}

/** Writes the whole file or leaves an older one as it was; a device or a pipe cannot be replaced and is written to. */
async function write(path: string, content: string | Uint8Array, name: string): Promise<void> {
  if (!existsSync(dirname(path))) {
    throw new InterlockError('not-found', `The folder of “${name}” does not exist. Make it first.`)
  }
  const special = existsSync(path) && !statSync(path).isFile()
  if (!special) return writeWhole(path, content, name)
  try {
    await writeFile(path, content)
  } catch (error) {
    throw fileError(error, 'save', name)
  }
}
