// What a click on something said in a panel does: select the records it is about and bring the first into view.
import type { OpenDocument } from '../documents/open-document.svelte.ts'

export function goTo(doc: OpenDocument, ids: readonly string[]): void {
  const there = ids.filter((id) => doc.editor.node(id) !== undefined || doc.editor.edge(id) !== undefined)
  const [first] = there
  if (first === undefined) return
  doc.editor.select(there)
  doc.editor.centreOn(first)
}
