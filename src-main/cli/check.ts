// `interlock check`: the verdict of drawings, one after the other. A drawing that cannot be read is reported and the
// others are still checked.
import { InterlockError } from '../contract/errors.ts'
import type { Verdict } from '../contract/verdict.ts'
import { parseArguments } from './arguments.ts'
import { playScript, scriptLines } from './check-script.ts'
import { type Drawing, readDrawing } from './drawings.ts'
import { BAD_INPUT, RIGHT, WRONG } from './exit-codes.ts'
import type { Io } from './io.ts'

export const checkOptions = { json: 'flag' } as const

/** @returns the worst exit code of all files */
export async function check(argv: readonly string[], io: Io): Promise<number> {
  const args = parseArguments('interlock check', argv, checkOptions)
  if (args.positionals.length === 0) {
    throw new InterlockError('bad-input', 'Name one or more drawings, such as interlock check ring.interlock.')
  }
  const json = args.values.has('json')
  let worst = RIGHT
  for (const file of args.positionals) {
    try {
      const drawing = await readDrawing(io, file)
      const verdict = drawing.lab.verdict(drawing.model)
      io.out(json ? verdictJson(file, drawing, verdict) : verdictLines(file, drawing, verdict))
      worst = Math.max(worst, verdict.mark === 'free' ? RIGHT : WRONG)
    } catch (error) {
      if (!(error instanceof InterlockError)) throw error
      const { code, message } = error
      if (json) io.out(`${JSON.stringify({ file, error: { code, message } })}\n`)
      else io.err(`interlock: ${message}\n`)
      worst = BAD_INPUT
    }
  }
  return worst
}

/** One line for each file, so that a script can read them while they come. */
function verdictJson(file: string, { document, lab, model, remarks }: Drawing, verdict: Verdict): string {
  const played = document.script === undefined ? {} : { script: playScript(lab, model, document.script) }
  return `${JSON.stringify({ file, lab: document.lab, title: document.title, remarks, verdict, ...played })}\n`
}

function verdictLines(file: string, { document, lab, model, remarks }: Drawing, verdict: Verdict): string {
  const lines = [
    `${file}: ${verdict.word}`,
    `  ${verdict.sentence}`,
    ...(verdict.withheld === null ? [] : [`  ${verdict.withheld}`]),
    ...verdict.diagnostics.map(({ severity, sentence, remedy }) => `  ${severity}: ${sentence} ${remedy}`),
    ...(document.script === undefined
      ? []
      : scriptLines(playScript(lab, model, document.script)).map((line) => `  ${line}`)),
    ...remarks.map((remark) => `  note: ${remark}`),
  ]
  return `${lines.join('\n')}\n`
}
