// Writes the parser beside each grammar. The parsers are kept in the repository, since the sources run without a build;
// a test compares them with what this makes.
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildParserFile } from '@lezer/generator'
import { format, resolveConfig } from 'prettier'

const root = join(import.meta.dirname, '..')

/** The grammars of the project, relative to its root. */
export const grammars = (): string[] => globSync('src-main/**/*.grammar', { cwd: root }).sort()

export const parserOf = (grammar: string): string => grammar.replace(/\.grammar$/, '-parser.ts')

/** The text of the parser's file. Warnings of the generator are errors here. */
export async function generate(grammar: string): Promise<string> {
  const name = grammar.split(/[\\/]/).at(-1) ?? grammar
  const { parser } = buildParserFile(readFileSync(join(root, grammar), 'utf8'), {
    fileName: name,
    typeScript: true,
    warn: (message) => {
      throw new Error(message)
    },
  })
  const body = parser.replace(/^\/\/.*\n/, '')
  const text = `// The parser made from ${name} by scripts/grammars.ts. Not to be edited by hand.\n${body}`
  const path = join(root, parserOf(grammar))
  return format(text, { ...(await resolveConfig(path)), filepath: path })
}

if (import.meta.main) {
  for (const grammar of grammars()) writeFileSync(join(root, parserOf(grammar)), await generate(grammar))
}
