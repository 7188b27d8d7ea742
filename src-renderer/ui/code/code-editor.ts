// The editor of code behind CodeEditor.svelte: CodeMirror put together once, with the keys and marks that all our
// languages share. It has no history of its own, since the workbench has one undo for everything. Knows no language.
import { autocompletion, closeCompletion, completionKeymap, type CompletionSource } from '@codemirror/autocomplete'
import { defaultKeymap } from '@codemirror/commands'
import { bracketMatching } from '@codemirror/language'
import { type Diagnostic, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from '@codemirror/lint'
import {
  Annotation,
  Compartment,
  EditorState,
  type Extension,
  RangeSet,
  StateEffect,
  StateField,
} from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  EditorView,
  drawSelection,
  dropCursor,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view'
import { appearance } from './appearance.ts'
import { smallestChange } from './smallest-change.ts'

export interface CodeProblem {
  from: number
  to: number
  severity: 'error' | 'warning'
  message: string
}

/** A line that stands out: lit from elsewhere, where something is now, or not reached yet. Lines count from 1. */
export interface CodeLine {
  line: number
  look: 'lit' | 'current' | 'later'
}

export interface CodeOptions {
  text: string
  label: string
  language: Extension
  complete: CompletionSource | undefined
  onchange: (text: string) => void
  oncursor: (offset: number) => void
}

const fromOutside = Annotation.define<boolean>()
const setLines = StateEffect.define<readonly CodeLine[]>()
const lineLooks = { lit: 'cm-lit', current: 'cm-current', later: 'cm-later' } as const

const linesField = StateField.define<DecorationSet>({
  create: () => RangeSet.empty,
  update(value, transaction) {
    let lines = value.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (!effect.is(setLines)) continue
      const { doc } = transaction.state
      const marks = effect.value
        .filter(({ line }) => line >= 1 && line <= doc.lines)
        .map(({ line, look }) => Decoration.line({ class: lineLooks[look] }).range(doc.line(line).from))
      lines = Decoration.set(marks, true)
    }
    return lines
  },
  provide: (field) => EditorView.decorations.from(field),
})

export class CodeView {
  readonly #view: EditorView
  readonly #writable = new Compartment()
  readonly #hint = new Compartment()

  constructor(parent: HTMLElement, options: CodeOptions) {
    const { text, label, language, complete, onchange, oncursor } = options
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          highlightActiveLineGutter(),
          highlightSpecialChars(),
          drawSelection(),
          dropCursor(),
          bracketMatching(),
          lintGutter(),
          linesField,
          autocompletion(complete === undefined ? { override: [] } : { override: [complete], icons: false }),
          // Tab is left to the page: it leaves the editor. Undo and redo are the workbench's.
          keymap.of([
            { key: 'F8', run: nextDiagnostic },
            { key: 'Shift-F8', run: previousDiagnostic },
            ...completionKeymap,
            ...defaultKeymap,
          ]),
          // It can be focused anyway; the attribute says so to those who look for a way to scroll by keyboard.
          EditorView.contentAttributes.of({
            tabindex: '0',
            'aria-label': label,
            spellcheck: 'false',
            autocorrect: 'off',
          }),
          EditorView.domEventHandlers({
            beforeinput: (event) => event.inputType === 'historyUndo' || event.inputType === 'historyRedo',
            blur: (_event, view) => closeCompletion(view),
          }),
          EditorView.updateListener.of((update) => {
            const ours = update.transactions.some((transaction) => transaction.annotation(fromOutside) === true)
            if (update.docChanged && !ours) onchange(update.state.doc.toString())
            if (update.selectionSet || (update.docChanged && !ours)) oncursor(update.state.selection.main.head)
          }),
          this.#writable.of([]),
          this.#hint.of([]),
          language,
          appearance,
        ],
      }),
    })
  }

  get text(): string {
    return this.#view.state.doc.toString()
  }

  /** Makes the text this one and leaves what is equal, and the cursor in it, alone. */
  setText(text: string): void {
    const changes = smallestChange(this.text, text)
    if (changes.length > 0) this.#view.dispatch({ changes, annotations: fromOutside.of(true) })
  }

  setReadOnly(readOnly: boolean): void {
    // It can still be read, selected and copied by keyboard.
    const extensions = readOnly
      ? [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ 'aria-readonly': 'true' })]
      : []
    this.#view.dispatch({ effects: this.#writable.reconfigure(extensions) })
  }

  setHint(text: string): void {
    this.#view.dispatch({ effects: this.#hint.reconfigure(text === '' ? [] : placeholder(text)) })
  }

  setProblems(problems: readonly CodeProblem[]): void {
    const { length } = this.#view.state.doc
    const diagnostics = problems.map(({ from, to, severity, message }): Diagnostic => {
      const start = Math.min(from, length)
      return { from: start, to: Math.max(start, Math.min(to, length)), severity, message }
    })
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics))
  }

  setLines(lines: readonly CodeLine[]): void {
    this.#view.dispatch({ effects: setLines.of(lines) })
    const first = lines.find(({ look }) => look !== 'later')
    if (first === undefined || this.#view.hasFocus || first.line > this.#view.state.doc.lines) return
    const { from } = this.#view.state.doc.line(first.line)
    this.#view.dispatch({ effects: EditorView.scrollIntoView(from, { y: 'nearest', yMargin: 40 }) })
  }

  /** Puts the cursor there, in view, and the focus into the editor. */
  goTo(offset: number): void {
    const anchor = Math.min(offset, this.#view.state.doc.length)
    this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
    this.#view.focus()
  }

  focus(): void {
    this.#view.focus()
  }

  destroy(): void {
    this.#view.destroy()
  }
}
