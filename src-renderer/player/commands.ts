// The player's commands: start a simulation, and the transport of an open run. The timeline's buttons take them from here.
import type { OpenDocument } from '../shell/documents/open-document.svelte.ts'
import type { Command } from '../ui/commands.ts'
import { texts } from '../ui/texts/index.ts'

/** By what a transport command does. */
export type Transport = 'next' | 'back' | 'toStart' | 'toEnd' | 'play' | 'close'

/** The keys of the transport: signs, so that they never meet the keys that create something. */
export const transportKeys: Readonly<Record<Transport, string[]>> = {
  next: ['.'],
  back: [','],
  toStart: ['Alt+,'],
  toEnd: ['Alt+.'],
  play: ['K'],
  close: ['Alt+X'],
}

export function playerCommands(doc: OpenDocument): Command[] {
  const { player, verdict } = doc
  const words = texts.player.commands
  const starts = (verdict?.simulations ?? []).map((simulation): Command => ({
    id: `run.start.${simulation.id}`,
    label: simulation.label,
    group: 'run',
    keys: [],
    when: () => true,
    run: () => doc.startRun(simulation.id),
  }))
  if (player === null) return starts

  const command = (id: Transport, label: string, when: () => boolean, run: () => void | Promise<void>): Command => ({
    id: `run.${id}`,
    label,
    group: 'run',
    keys: transportKeys[id],
    when,
    run,
  })
  const next = (): boolean => player.canNext
  const back = (): boolean => player.canBack
  return [
    command('next', words.next, next, () => player.next()),
    command('back', words.back, back, () => player.back()),
    command('toStart', words.toStart, back, () => player.toStart()),
    command('toEnd', words.toEnd, next, () => player.toEnd()),
    player.playing
      ? command(
          'play',
          words.pause,
          () => true,
          () => player.pause(),
        )
      : command('play', words.play, next, () => player.play()),
    command(
      'close',
      words.close,
      () => true,
      () => doc.stopRun(),
    ),
    ...starts,
  ]
}
