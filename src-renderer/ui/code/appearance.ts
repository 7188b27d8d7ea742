// How code looks: everything by the tokens of the page, so that each theme holds here too. Knows no language.
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--canvas)', color: 'var(--text)', fontSize: 'var(--size)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: 'var(--line)', fontVariantLigatures: 'none' },
  // The ring of focus is around the whole editor.
  '.cm-content': { padding: 'var(--s2) 0', caretColor: 'var(--text)', outline: 'none' },
  '.cm-line': { padding: '0 var(--s3) 0 var(--s2)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--accent-tint)',
  },
  '.cm-gutters': {
    backgroundColor: 'var(--canvas)',
    color: 'var(--text-2)',
    borderRight: 'var(--hairline) solid var(--border)',
  },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 var(--s2) 0 var(--s1)', minWidth: '28px' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--text)', fontWeight: '600' },
  '.cm-gutter-lint': { width: '16px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '3px 1px' },
  '.cm-placeholder': { color: 'var(--text-2)', whiteSpace: 'pre' },
  '.cm-lit': { backgroundColor: 'var(--accent-tint)', boxShadow: 'inset 3px 0 0 var(--accent)' },
  '.cm-current': { backgroundColor: 'var(--hover)', boxShadow: 'inset 3px 0 0 var(--text)' },
  '.cm-later': { color: 'var(--text-2)' },
  '.cm-later *': { color: 'inherit' },
  '.cm-tooltip': {
    border: 'var(--hairline) solid var(--border)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--raised)',
    boxShadow: 'var(--shadow)',
    color: 'var(--text)',
  },
  '.cm-tooltip-lint': { maxWidth: '420px' },
  '.cm-diagnostic': {
    padding: 'var(--s2) var(--s3)',
    font: '400 var(--size) / var(--line) var(--font)',
    whiteSpace: 'pre-wrap',
  },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--impossible)' },
  '.cm-diagnostic-warning': { borderLeft: '3px solid var(--behind)' },
  '.cm-lintRange-error, .cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy 1px',
    textUnderlineOffset: '3px',
    textDecorationSkipInk: 'none',
    paddingBottom: '0',
  },
  '.cm-lintRange-error': { textDecorationColor: 'var(--impossible)' },
  '.cm-lintRange-warning': { textDecorationColor: 'var(--behind)' },
  '.cm-lintPoint-error:after': { borderBottomColor: 'var(--impossible)' },
  '.cm-lintPoint-warning:after': { borderBottomColor: 'var(--behind)' },
  '.cm-lintRange-active': { backgroundColor: 'var(--impossible-tint)' },
  // A sign of its own for each severity, in our colours: a letter in a shape, since the built-in pictures know no theme.
  '.cm-lint-marker': {
    width: '14px',
    height: '14px',
    content: '""',
    font: '700 11px/14px var(--font)',
    textAlign: 'center',
    color: 'var(--canvas)',
    borderRadius: '7px',
  },
  '.cm-lint-marker-error': { content: '""', backgroundColor: 'var(--impossible)' },
  '.cm-lint-marker-warning': { content: '""', backgroundColor: 'var(--behind)', borderRadius: '3px' },
  '.cm-lint-marker:before': { content: '"!"' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mono)',
    maxHeight: '220px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px var(--s2)', lineHeight: 'var(--line)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-completionDetail': { color: 'inherit', opacity: '0.8', fontStyle: 'normal', fontFamily: 'var(--font)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
})

const highlighting = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: '600' },
  { tag: [tags.operator, tags.punctuation, tags.separator], color: 'var(--text-2)' },
  { tag: tags.comment, color: 'var(--text-2)', fontStyle: 'italic' },
  { tag: tags.number, color: 'var(--behind)' },
  { tag: tags.string, color: 'var(--free)' },
])

export const appearance: Extension = [theme, syntaxHighlighting(highlighting)]
