// Which commands stay where the documents of a lab are no drawings: files, undoing, going elsewhere, the page itself.
// Knows no lab.
import type { Command } from '../../ui/commands.ts'

/** Commands of the frame that need a canvas, a picture of the drawing, or what stands beside it. */
const OF_DRAWINGS: readonly string[] = [
  'file.exportSvg',
  'file.exportPlainSvg',
  'file.exportPng',
  'view.side.verdict',
  'view.side.inspector',
  'view.side.list',
  'view.side.history',
  'view.timeline',
  'view.canvas',
  'view.present',
  'help.tour',
]

/** Of the commands of a drawing's editor only these have a meaning. */
const OF_EDITOR: readonly string[] = ['edit.undo', 'edit.redo']

export const withoutCanvas = (commands: readonly Command[]): Command[] =>
  commands.filter(({ id }) => !OF_DRAWINGS.includes(id))

export const undoing = (commands: readonly Command[]): Command[] => commands.filter(({ id }) => OF_EDITOR.includes(id))
