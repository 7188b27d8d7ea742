// The shortcuts as groups, found by a part of a command's name or by its keys. Generated from the commands, so that the
// overlay cannot be out of date.
import { type Command, showKeys } from '../../ui/commands.ts'

export interface ShortcutGroup {
  id: string
  title: string
  commands: Command[]
}

const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, '')

/** Groups with at least one command that fits, in the order of `titles`. */
export function shortcutGroups(
  commands: readonly Command[],
  titles: Readonly<Record<string, string>>,
  query = '',
): ShortcutGroup[] {
  const wanted = query.trim().toLowerCase()
  const fits = (command: Command): boolean =>
    wanted === '' ||
    command.label.toLowerCase().includes(wanted) ||
    (command.keywords ?? '').toLowerCase().includes(wanted) ||
    command.keys.some(
      (keys) => plain(showKeys(keys)).startsWith(plain(wanted)) || plain(keys).startsWith(plain(wanted)),
    )
  const shown = commands.filter((command) => command.keys.length > 0 && fits(command))
  return Object.entries(titles)
    .map(([id, title]) => ({ id, title, commands: shown.filter((command) => command.group === id) }))
    .filter((group) => group.commands.length > 0)
}
