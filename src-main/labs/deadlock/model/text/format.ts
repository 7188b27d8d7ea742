// The text form of a resource allocation graph, as a format for import and export.
//
//   # a comment, to the end of the line
//   R3 has 3                       a resource type and its instances (1 when nothing says how many)
//   P1 -> R1 -> P2 x2              P1 asks for a unit of R1; two units of R1 are held by P2
//   P4 holds R1, wants R2 R3 x2    the same in words; also "requests" and "asks for"
//   P4 claims R2 x3                P4 may come to hold three units of R2 at most; also P4 ~> R2 x3, which said twice is an error
//   process P5, P6                 processes without edges; likewise: type R9
//
// Names are letters, digits and _ . '; others, and words of the language, stand in double quotes with \" and \\. Two
// nodes of one name are told apart as name@id. Arrows between the same two add up. Kinds are found as in kinds-of.ts.
import { InterlockError } from '../../../../contract/errors.ts'
import type { TextFormat } from '../../../../contract/lab.ts'
import type { DeadlockModel } from '../schema.ts'
import { parseText } from './parse.ts'
import { printText } from './print.ts'
import { textTexts as texts } from './texts.ts'

const statement = /^\s*(?:#|process\s|type\s|\S.*(?:->|→|~>|\s(?:has|holds|wants|claims|requests|asks)\s))/

export const textFormat: TextFormat<DeadlockModel> = {
  id: 'text',
  label: texts.label,
  extensions: ['txt', 'rag'],
  media: 'text/plain',

  recognises(text, name) {
    if (/\.rag$/i.test(name)) return true
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    // A graph of another language has arrows too, but also braces and brackets.
    return lines.length > 0 && lines.every((line) => statement.test(line) && !/[{}[\];]/.test(line.replace(/#.*$/, '')))
  },

  read(text) {
    const source = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n')
    const { model, problems } = parseText(source)
    const [first] = problems
    if (model === undefined || first !== undefined) {
      const { line = 1, column = 1, message = '', remedy = '' } = first ?? {}
      const sentence = texts.failed(texts.place(line, column), { message, remedy }, problems.length - 1)
      throw new InterlockError('bad-input', sentence, { line, column, problems: problems.length })
    }
    return { model, remarks: [], ...(source === printText(model) ? {} : { source }) }
  },

  write({ model, title, verdict }) {
    const head = [title, verdict ?? ''].flatMap((text) => comment(text))
    const body = printText(model)
    return head.length === 0 ? body : `${head.join('\n')}\n${body === '' ? '' : `\n${body}`}`
  },
}

function comment(text: string): string[] {
  return text
    .split(/[\r\n\u2028\u2029]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => `# ${line}`)
}
