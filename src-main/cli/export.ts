// `interlock export`: a drawing as a picture, the same that the page exports.
import { existsSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { InterlockError } from '../contract/errors.ts'
import { drawingAsSvg } from '../services/export/drawing.ts'
import { fileError } from '../services/files/errors.ts'
import { writeWhole } from '../services/files/write.ts'
import { parseArguments, textOption } from './arguments.ts'
import { readDrawing } from './drawings.ts'
import { RIGHT } from './exit-codes.ts'
import type { Io } from './io.ts'
import { didYouMean } from './near-names.ts'

export const exportOptions = { to: { value: 'svg' }, out: { value: 'PATH' }, 'no-marks': 'flag' } as const

const formats = ['svg']

/** @returns the exit code */
export async function exportDrawing(argv: readonly string[], io: Io): Promise<number> {
  const args = parseArguments('interlock export', argv, exportOptions)
  const [file, ...more] = args.positionals
  if (file === undefined || more.length > 0) {
    throw new InterlockError('bad-input', 'Name one drawing, such as interlock export ring.interlock --to svg.')
  }
  const format = textOption(args, 'to')
  if (format === null || !formats.includes(format)) {
    const given = format === null ? 'No format is given.' : `"${format}" is not a format.${didYouMean(format, formats)}`
    throw new InterlockError('bad-input', `${given} Add --to ${formats.join(' or --to ')}.`)
  }
  const { lab, document } = await readDrawing(io, file)
  const svg = drawingAsSvg(lab, document, !args.values.has('no-marks'))
  const out = textOption(args, 'out')
  if (out === null) io.out(svg)
  else await write(resolve(io.cwd, out), svg, out)
  return RIGHT
}

/** Writes the whole picture or leaves an older one as it was; a device or a pipe cannot be replaced and is written to. */
async function write(path: string, svg: string, name: string): Promise<void> {
  if (!existsSync(dirname(path))) {
    throw new InterlockError('not-found', `The folder of “${name}” does not exist. Make it first.`)
  }
  const special = existsSync(path) && !statSync(path).isFile()
  if (!special) return writeWhole(path, svg, name)
  try {
    await writeFile(path, svg)
  } catch (error) {
    throw fileError(error, 'save', name)
  }
}
