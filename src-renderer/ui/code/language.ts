// A language for the editor of code from a lab's own parser: what looks like what, and how completion is asked for.
// Knows no language by name.
import type { Completion, CompletionResult, CompletionSource } from '@codemirror/autocomplete'
import { LRLanguage } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { styleTags, tags } from '@lezer/highlight'

const looks = {
  keyword: tags.keyword,
  operator: tags.operator,
  comment: tags.comment,
  number: tags.number,
  string: tags.string,
  name: tags.variableName,
} as const

type Parser = Parameters<typeof LRLanguage.define>[0]['parser']

/** @param names names of the parser's nodes (several with blanks between) by how they look */
export function languageOf(parser: Parser, names: Partial<Record<keyof typeof looks, string>>): Extension {
  const styles = Object.entries(names).map(([look, nodes]) => [nodes, looks[look as keyof typeof looks]])
  return LRLanguage.define({
    parser: parser.configure({ props: [styleTags(Object.fromEntries(styles))] }),
    languageData: { commentTokens: { line: '#' } },
  }).extension
}

export interface Suggestion {
  text: string
  /** what it is, in a word */
  detail: string
}

/**
 * Completion from a function of the line before the cursor.
 * @param suggest gives the place in the line where the completed word begins, and what it may become; null for nothing
 */
export function completionOf(
  suggest: (before: string) => { from: number; suggestions: readonly Suggestion[] } | null,
): CompletionSource {
  return ({ state, pos, explicit }): CompletionResult | null => {
    const line = state.doc.lineAt(pos)
    const before = line.text.slice(0, pos - line.from)
    const found = suggest(before)
    // Nothing is offered unasked before a first letter stands there.
    if (found === null || found.suggestions.length === 0 || (!explicit && found.from === before.length)) return null
    const options = found.suggestions.map(({ text, detail }): Completion => ({ label: text, detail }))
    // Asked anew at each key: what is offered follows the drawing, which follows the typing.
    return { from: line.from + found.from, options }
  }
}
