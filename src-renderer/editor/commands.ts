// The editor's commands: what the command palette, the menus and the keys can do to the drawing. Creating has one
// command for each kind of node of the lab, with the lab's own key.
import type { Command } from '../ui/commands.ts'
import { editor as texts } from '../ui/texts/editor.ts'
import type { Editor } from './editor.ts'
import { arrangeCommands, noteCommands } from './arrange/commands.ts'
import { canBecome, changeKind, exchangeableKinds } from './edge-kinds.ts'
import { allFlags, canFlag, flip } from './flags.ts'
import { canJoin, canSetApart, joinAll, setApart } from './groups.ts'
import { GRID } from './geometry.ts'
import { chooseShape } from './shape.ts'
import { shelf } from './shelf.ts'

const FAR = 5 * GRID
const ZOOM_STEP = 1.25

export function editorCommands(editor: Editor): Command[] {
  const inField = (): boolean => ['select.naming', 'select.writing'].includes(editor.toolPath())
  const editable = (): boolean => editor.editable && !inField()
  const chosen = (): boolean => editable() && editor.selection().size > 0
  const onlyNode = (): string | null => {
    const [id, ...others] = editor.selection()
    return id !== undefined && others.length === 0 && editor.node(id) !== undefined ? id : null
  }
  const onlyEdge = (): string => {
    const [id, ...others] = editor.selection()
    return id !== undefined && others.length === 0 && editor.edge(id) !== undefined ? id : ''
  }
  const placed = (): boolean => editor.arrange.count() > 0
  const always = (): boolean => true
  const t = texts.commands

  return [
    {
      id: 'edit.undo',
      label: t.undo,
      group: 'edit',
      keys: ['Mod+Z'],
      when: () => editor.canUndo(),
      run: () => editor.undo(),
    },
    {
      id: 'edit.redo',
      label: t.redo,
      group: 'edit',
      keys: ['Mod+Shift+Z', 'Mod+Y'],
      when: () => editor.canRedo(),
      run: () => editor.redo(),
    },
    {
      id: 'edit.cut',
      label: t.cut,
      group: 'edit',
      keys: ['Mod+X'],
      when: () => editable() && placed(),
      run: () => shelf.put(editor.clip.cut()),
    },
    {
      id: 'edit.copy',
      label: t.copy,
      group: 'edit',
      keys: ['Mod+C'],
      when: placed,
      run: () => shelf.put(editor.clip.copy()),
    },
    {
      id: 'edit.paste',
      label: t.paste,
      group: 'edit',
      keys: ['Mod+V'],
      when: () => editable() && shelf.text !== '',
      run: () => void editor.clip.paste(shelf.text),
    },
    {
      id: 'edit.duplicate',
      label: t.duplicate,
      group: 'edit',
      keys: ['Mod+D'],
      when: () => editable() && placed(),
      run: () => editor.clip.duplicate(),
    },
    {
      id: 'edit.delete',
      label: t.remove,
      group: 'edit',
      keys: ['Delete', 'Backspace'],
      when: () => editor.linkable && !inField() && editor.selection().size > 0,
      run: () => editor.remove(),
    },
    {
      id: 'edit.select-all',
      label: t.selectAll,
      group: 'edit',
      keys: ['Mod+A'],
      when: always,
      run: () => editor.selectAll(),
    },
    {
      id: 'edit.cancel',
      label: t.cancel,
      group: 'edit',
      keys: ['Escape'],
      when: () => editor.toolPath() !== 'select.idle' || editor.selection().size > 0,
      run: () => void editor.cancel(),
    },
    {
      id: 'edit.rename',
      label: t.rename,
      group: 'edit',
      keys: ['F2'],
      when: () => editable() && (onlyNode() !== null || editor.notes.chosen() !== null),
      run: () => {
        const note = editor.notes.chosen()
        if (note === null) editor.startNaming(onlyNode() ?? '')
        else editor.notes.startWriting(note.id)
      },
    },
    ...editor.lab.nodeKinds.map((kind): Command => ({
      id: `draw.create-${kind.kind}`,
      label: t.create(kind.label),
      group: 'draw',
      keys: kind.key === undefined ? [] : [kind.key],
      when: editable,
      run: () => void editor.createNode(kind.kind),
    })),
    {
      id: 'draw.connect',
      label: t.connect,
      group: 'draw',
      keys: ['E'],
      when: () => editor.linkable && !inField() && onlyNode() !== null,
      run: () => {
        editor.focus()
        editor.startConnecting(onlyNode() ?? '')
      },
    },
    { id: 'draw.more', label: t.more, group: 'draw', keys: ['+'], when: chosen, run: () => editor.stepNumber(1) },
    { id: 'draw.less', label: t.less, group: 'draw', keys: ['-'], when: chosen, run: () => editor.stepNumber(-1) },
    ...noteCommands(editor, editable),
    ...allFlags(editor.lab).map(({ key, letter, set, clear }): Command => ({
      id: `draw.flag-${key}`,
      label: t.flag(set, clear),
      group: 'draw',
      keys: [letter],
      when: () => !inField() && canFlag(editor, key),
      run: () => flip(editor, key),
    })),
    ...groupCommands(editor, inField),
    ...(editor.lab.shapes ?? []).map(({ id, label }): Command => ({
      id: `arrange.shape-${id}`,
      label: t.shape(label),
      group: 'draw',
      keys: [],
      when: editable,
      run: () => chooseShape(editor, id),
    })),
    // The same key goes back to the usual meaning.
    ...editor.lab.edgeKinds.flatMap(({ kind, label, key }): Command[] =>
      key === undefined
        ? []
        : [
            {
              id: `draw.line-${kind}`,
              label: t.line(label),
              group: 'draw',
              keys: [key],
              when: editable,
              run: () => editor.setLine(editor.line() === kind ? null : kind),
            },
          ],
    ),
    ...exchangeableKinds(editor.lab).map(({ kind, label }): Command => ({
      id: `draw.kind-${kind}`,
      label: t.kind(label),
      group: 'draw',
      keys: [],
      when: () => editable() && canBecome(editor, onlyEdge(), kind),
      run: () => changeKind(editor, onlyEdge(), kind),
    })),
    ...moves(editor, () => editable() && placed()),
    ...arrangeCommands(editor, editable),
    {
      id: 'go.next-node',
      label: t.nextNode,
      group: 'go',
      keys: [']'],
      when: always,
      run: () => editor.selectNeighbour(1),
    },
    {
      id: 'go.previous-node',
      label: t.previousNode,
      group: 'go',
      keys: ['['],
      when: always,
      run: () => editor.selectNeighbour(-1),
    },
    {
      id: 'view.zoom-in',
      label: t.zoomIn,
      group: 'view',
      keys: ['Mod+=', 'Mod++'],
      when: always,
      run: () => editor.zoomBy(ZOOM_STEP),
    },
    {
      id: 'view.zoom-out',
      label: t.zoomOut,
      group: 'view',
      keys: ['Mod+-'],
      when: always,
      run: () => editor.zoomBy(1 / ZOOM_STEP),
    },
    {
      id: 'view.zoom-reset',
      label: t.zoomReset,
      group: 'view',
      keys: ['Mod+0'],
      when: always,
      run: () => editor.setZoom(1),
    },
    { id: 'view.fit', label: t.fit, group: 'view', keys: ['Shift+1', '!'], when: always, run: () => editor.fit() },
    {
      id: 'view.fit-selection',
      label: t.fitSelection,
      group: 'view',
      keys: ['Shift+2', '@'],
      when: () => editor.selection().size > 0,
      run: () => editor.fit(editor.selection()),
    },
    {
      id: 'view.select-tool',
      label: t.selectTool,
      group: 'view',
      keys: ['V'],
      when: always,
      run: () => editor.setTool('select'),
    },
    {
      id: 'view.pan-tool',
      label: t.panTool,
      group: 'view',
      keys: ['H'],
      when: always,
      run: () => editor.setTool('pan'),
    },
  ]
}

function moves(editor: Editor, when: () => boolean): Command[] {
  const directions = [
    ['left', 'ArrowLeft', -1, 0],
    ['right', 'ArrowRight', 1, 0],
    ['up', 'ArrowUp', 0, -1],
    ['down', 'ArrowDown', 0, 1],
  ] as const
  return directions.flatMap(([name, key, x, y]): Command[] => [
    {
      id: `edit.move-${name}`,
      label: texts.commands.move[name],
      group: 'edit',
      keys: [key],
      when,
      run: () => editor.moveBy(editor.selection(), x * GRID, y * GRID),
    },
    {
      id: `edit.move-far-${name}`,
      label: texts.commands.moveFar[name],
      group: 'edit',
      keys: [`Shift+${key}`],
      when,
      run: () => editor.moveBy(editor.selection(), x * FAR, y * FAR),
    },
  ])
}

/** Nodes set apart as a group that is drawn as a region, where a lab has such groups. */
function groupCommands(editor: Editor, inField: () => boolean): Command[] {
  const { groups } = editor.lab
  if (groups === undefined) return []
  return [
    {
      id: 'draw.apart',
      label: groups.apart,
      group: 'draw',
      keys: ['J'],
      when: () => !inField() && canSetApart(editor),
      run: () => setApart(editor),
    },
    {
      id: 'draw.join',
      label: groups.join,
      group: 'draw',
      keys: ['Shift+J'],
      when: () => !inField() && canJoin(editor),
      run: () => joinAll(editor),
    },
  ]
}
