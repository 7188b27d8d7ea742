// The player's commands: start a simulation, and the transport of an open run. The timeline's buttons take them from here.
import type { OpenDocument } from '../shell/documents/open-document.svelte.ts'
import type { Command } from '../ui/commands.ts'
import { texts } from '../ui/texts/index.ts'
import { exportCommands } from './spacetime/run-export.ts'

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

/** The keys of what is done with the script of a run; they work while it is typed as well. */
export const scriptKeys = {
  record: ['Alt+R'],
  keep: ['Alt+K'],
  script: ['Alt+L'],
  generate: ['Alt+G'],
  compare: ['Alt+C'],
  toFinding: ['Alt+J'],
  take: ['Alt+D'],
  predict: ['Alt+A'],
} as const satisfies Record<string, readonly string[]>

export function playerCommands(doc: OpenDocument): Command[] {
  const { player, verdict, runScript } = doc
  const words = texts.player.commands
  const starts = (verdict?.simulations ?? []).map((simulation): Command => ({
    id: `run.start.${simulation.id}`,
    label: simulation.label,
    group: 'run',
    keys: [],
    when: () => true,
    run: () => doc.startRun(simulation.id),
  }))
  if (player === null || runScript === null) {
    const { script } = doc
    if (script === null) return starts
    const play: Command = {
      id: 'run.play-script',
      label: texts.player.playScript,
      group: 'run',
      keys: [],
      when: () => true,
      run: () => doc.startRun(script.simulation),
    }
    return [play, ...starts]
  }

  const always = (): boolean => true
  const command = (id: Transport, label: string, when: () => boolean, run: () => void | Promise<void>): Command => ({
    id: `run.${id}`,
    label,
    group: 'run',
    keys: transportKeys[id],
    when,
    run,
  })
  const ofScript = (
    id: keyof typeof scriptKeys,
    label: string,
    when: () => boolean,
    run: () => void | Promise<void>,
  ): Command => ({ id: `run.${id}`, label, group: 'run', keys: [...scriptKeys[id]], when, run, inText: true })
  const next = (): boolean => player.canNext
  const back = (): boolean => player.canBack
  const writable = (): boolean => player.run.lines && runScript.writable
  return [
    command('next', words.next, next, () => player.next()),
    command('back', words.back, back, () => player.back()),
    command('toStart', words.toStart, back, () => player.toStart()),
    command('toEnd', words.toEnd, next, () => player.toEnd()),
    player.playing
      ? command('play', words.pause, always, () => player.pause())
      : command('play', words.play, next, () => player.play()),
    ofScript(
      'toFinding',
      words.toFinding(player.found?.finding?.what),
      () => player.found !== null,
      () => player.toFinding(),
    ),
    ofScript('script', words.script, writable, () => {
      runScript.view = 'script'
    }),
    ofScript('record', runScript.recording ? words.stopRecording : words.record, writable, () =>
      doc.record(!runScript.recording),
    ),
    ofScript(
      'keep',
      words.keep,
      () => runScript.writable && !runScript.kept,
      () => runScript.keep(),
    ),
    ofScript(
      'take',
      words.take,
      () => runScript.writable && player.canBack,
      () => doc.takeStep(),
    ),
    ofScript('predict', runScript.prediction.on ? words.stopPredicting : words.predict, always, () =>
      runScript.prediction.toggle(),
    ),
    ofScript('generate', words.generate, always, () => {
      runScript.asking = 'generate'
    }),
    ofScript(
      'compare',
      words.compare,
      () => player.branches.length > 1,
      () => {
        runScript.asking = 'compare'
      },
    ),
    command('close', words.close, always, () => doc.stopRun()),
    ...exportCommands(doc, player),
    ...starts,
  ]
}
