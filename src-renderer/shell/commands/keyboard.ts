// Keys to commands, in one place. A key inside a text field does what the field does, unless the command says otherwise.
import { type Command, matchKeys } from '../../ui/commands.ts'
import type { Workbench } from '../workbench.svelte.ts'

function inText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null
}

/** Editors of text without a history of their own: undo and redo there are the workbench's. */
function sharesUndo(target: EventTarget | null, command: Command): boolean {
  if (command.id !== 'edit.undo' && command.id !== 'edit.redo') return false
  return target instanceof HTMLElement && target.closest('[data-app-undo]') !== null
}

/** Keys that operate the focused control: Enter and Space press a button, arrows move in a list. */
function belongsToControl(event: KeyboardEvent): boolean {
  if (!(event.target instanceof HTMLElement) || event.target.closest('[role="application"]') !== null) return false
  if (event.target === document.body || event.ctrlKey || event.metaKey || event.altKey) return false
  return ['Enter', ' ', 'Tab', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].includes(event.key)
}

/** The command a key event runs, or null. */
export function commandFor(event: KeyboardEvent, commands: readonly Command[]): Command | null {
  const text = inText(event.target)
  if (!text && belongsToControl(event)) return null
  const fits = (command: Command): boolean =>
    (!text || command.inText === true || sharesUndo(event.target, command)) &&
    command.keys.some((keys) => matchKeys(event, keys)) &&
    command.when()
  return commands.find(fits) ?? null
}

export function handleKey(bench: Workbench, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const command = commandFor(event, bench.commands())
  if (command === null) return
  // A dialog waits for its answer first. The browser must not act on the key either, such as save the page on Ctrl+S.
  if (bench.dialog !== null && command.inText !== true) return
  event.preventDefault()
  if (bench.dialog === null) void bench.guard(async () => command.run())
}
