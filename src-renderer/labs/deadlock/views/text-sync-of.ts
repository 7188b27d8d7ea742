// One text for each open drawing, whatever views come and go: what is typed and has mistakes is not lost with its view.
import type { Editor } from '../../../editor/editor.ts'
import { TextSync } from './text-sync.ts'

export interface SharedText {
  text: TextSync
  listeners: Set<() => void>
}

const shared = new WeakMap<Editor, SharedText>()

export function syncOf(editor: Editor): SharedText {
  const known = shared.get(editor)
  if (known !== undefined) return known
  const listeners = new Set<() => void>()
  const made = { listeners, text: new TextSync(editor, () => listeners.forEach((listener) => listener())) }
  shared.set(editor, made)
  return made
}
