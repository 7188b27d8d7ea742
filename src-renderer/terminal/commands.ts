// The commands of terminals. There are none where the host can have no terminals.
import type { Command } from '../ui/commands.ts'
import { texts } from '../ui/texts/index.ts'
import type { Terminals } from './terminals.svelte.ts'

export function terminalCommands(terminals: Terminals): Command[] {
  if (!terminals.possible) return []
  const words = texts.terminal.commands
  const any = (): boolean => terminals.active !== null && terminals.shown
  const command = (
    id: string,
    label: string,
    keys: string[],
    run: Command['run'],
    when: Command['when'] = () => true,
  ): Command => ({
    id: `terminal.${id}`,
    label,
    group: 'view',
    keys,
    when,
    run,
    inText: true,
    keywords: words.keywords,
  })
  return [
    command('open', words.open, ['Alt+U'], () => terminals.open('lab')),
    command('openLogin', words.openLogin, [], () => terminals.open('login')),
    command('toggle', words.toggle, ['Alt+Shift+U'], () => terminals.toggle()),
    command(
      'go',
      words.go,
      ['F6'],
      () => goBetween(terminals),
      () => terminals.active !== null,
    ),
    command('find', words.find, [], () => void (terminals.finding = true), any),
    command('clear', words.clear, [], () => terminals.active?.view.clear(), any),
    command(
      'close',
      words.close,
      [],
      async () => {
        if (terminals.active !== null) await terminals.close(terminals.active)
      },
      any,
    ),
    command('reader', words.reader(terminals.reader), [], () => void (terminals.reader = !terminals.reader)),
  ]
}

/** A terminal takes nearly all keys, also Tab, so one key has to lead out of it; the same leads in. */
function goBetween(terminals: Terminals): void {
  const inside = document.activeElement?.closest('.terminal-view') ?? null
  if (inside === null) {
    terminals.show(true)
    // Where it was hidden it is on the page only after this turn.
    setTimeout(() => terminals.active?.view.focus())
  } else {
    const target = document.querySelector<HTMLElement>('[role="application"], main button, [role="tab"]')
    target?.focus()
  }
}
