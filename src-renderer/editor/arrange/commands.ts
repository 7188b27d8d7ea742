// The commands for arranging and for notes, with keys that no browser and no other command uses.
import type { Command } from '../../ui/commands.ts'
import { arrange as texts } from '../../ui/texts/arrange.ts'
import type { Editor } from '../editor.ts'
import { GRID } from '../geometry.ts'
import type { Alignment, Spread } from './align.ts'
import type { Tidy } from './arrange.ts'

const words = texts.commands
const GROWTH = 2 * GRID

export function arrangeCommands(editor: Editor, editable: () => boolean): Command[] {
  const { arrange } = editor
  const align = (how: Alignment, key: string): Command => ({
    id: `arrange.align-${how}`,
    label: words.align[how],
    group: 'edit',
    keys: [`Alt+Shift+${key}`],
    when: () => editable() && arrange.count() >= 2,
    keywords: words.keywords,
    run: () => arrange.align(how),
  })
  const distribute = (how: Spread, key: string): Command => ({
    id: `arrange.distribute-${how}`,
    label: words.spread[how],
    group: 'edit',
    keys: [`Alt+Shift+${key}`],
    when: () => editable() && arrange.count() >= 3,
    keywords: words.keywords,
    run: () => arrange.distribute(how),
  })
  const tidy = (how: Tidy, keys: string[]): Command => ({
    id: `arrange.tidy-${how}`,
    label: words.tidy[how],
    group: 'edit',
    keys,
    when: () => editable() && editor.scene().nodes.length > 0,
    keywords: words.keywords,
    run: () => void arrange.tidy(how),
  })
  return [
    align('left', 'ArrowLeft'),
    align('right', 'ArrowRight'),
    align('top', 'ArrowUp'),
    align('bottom', 'ArrowDown'),
    align('centre', 'X'),
    align('middle', 'Y'),
    distribute('across', 'H'),
    distribute('down', 'V'),
    tidy('right', ['Alt+Shift+R']),
    tidy('down', ['Alt+Shift+D']),
    tidy('rings', ['Alt+Shift+O']),
    {
      id: 'arrange.snapping',
      label: arrange.snapping ? words.snapOff : words.snapOn,
      group: 'edit',
      keys: ['Alt+Shift+G'],
      when: editable,
      keywords: words.snapKeywords,
      run: () => {
        arrange.snapping = !arrange.snapping
      },
    },
  ]
}

export function noteCommands(editor: Editor, editable: () => boolean): Command[] {
  const { notes } = editor
  const chosen = (): boolean => editable() && notes.chosen() !== null
  const grow = (id: 'wider' | 'narrower' | 'taller' | 'shorter', key: string, dx: number, dy: number): Command => ({
    id: `note.${id}`,
    label: words[id],
    group: 'edit',
    keys: [`Alt+${key}`],
    when: chosen,
    run: () => {
      const note = notes.chosen()
      if (note !== null) notes.grow(note.id, dx * GROWTH, dy * GROWTH)
    },
  })
  return [
    {
      id: 'draw.note',
      label: words.note,
      group: 'draw',
      keys: ['N'],
      when: editable,
      keywords: words.noteKeywords,
      run: () => notes.add(),
    },
    {
      id: 'note.write',
      label: words.writeNote,
      group: 'edit',
      keys: ['Enter'],
      when: chosen,
      run: () => {
        const note = notes.chosen()
        if (note !== null) notes.startWriting(note.id)
      },
    },
    grow('wider', 'ArrowRight', 1, 0),
    grow('narrower', 'ArrowLeft', -1, 0),
    grow('taller', 'ArrowDown', 0, 1),
    grow('shorter', 'ArrowUp', 0, -1),
  ]
}
