// The commands of walkthroughs, for the drawing that is shown.
import type { Command } from '../../ui/commands.ts'
import { texts } from '../../ui/texts/index.ts'
import type { Workbench } from '../workbench.svelte.ts'
import { exportWalkthrough, walkthroughExports } from './exporting.ts'

export function walkthroughCommands(bench: Workbench): Command[] {
  const { walkthroughs, active: doc } = bench
  const words = texts.walkthrough
  const told = bench.samples.filter((sample) => sample.told !== null)
  const watch = told.map((sample): Command => ({
    id: `walkthrough.watch.${sample.lab}`,
    label: words.commands.watch(sample.title),
    group: 'go',
    keys: [],
    when: () => walkthroughs.recorder === null,
    run: () => walkthroughs.watch(sample),
    keywords: words.keywords,
  }))
  if (doc === null) return watch
  const has = walkthroughs.of(doc) !== null
  const command = (id: string, label: string, keys: string[], when: () => boolean, run: Command['run']): Command => ({
    id: `walkthrough.${id}`,
    label,
    group: 'run',
    keys,
    when,
    run,
    inText: true,
    keywords: words.keywords,
  })
  return [
    ...watch,
    command(
      'record',
      has ? words.commands.recordOn : words.commands.record,
      [],
      () => walkthroughs.canRecord(doc),
      () => walkthroughs.record(doc),
    ),
    command(
      'stop',
      words.commands.stop,
      [],
      () => walkthroughs.recorder !== null,
      () => walkthroughs.stop(),
    ),
    command(
      'drop',
      words.commands.drop,
      [],
      () => walkthroughs.recorder !== null,
      () => walkthroughs.drop(),
    ),
    command(
      'play',
      words.commands.play,
      [],
      () => has && walkthroughs.recorder === null,
      () => walkthroughs.play(doc),
    ),
    command(
      'steps',
      words.commands.steps,
      [],
      () => has && doc.readOnly === null,
      () => void (bench.dialog = { kind: 'walkthrough' }),
    ),
    {
      ...command(
        'film',
        texts.film.command,
        [],
        () => has || bench.filming.job !== null,
        () => void (bench.dialog = { kind: 'film' }),
      ),
      keywords: texts.film.keywords,
    },
    {
      ...command(
        'unfinished',
        texts.film.unfinishedCommand,
        [],
        () => bench.filming.unfinished.length > 0,
        () => bench.filming.offer(),
      ),
      keywords: texts.film.keywords,
    },
    ...walkthroughExports.map((entry) =>
      command(
        `export.${entry.id}`,
        words.exports[entry.id].command,
        [],
        () => walkthroughs.carried(doc),
        () => exportWalkthrough(bench, doc, entry),
      ),
    ),
    command(
      'remove',
      words.commands.remove,
      [],
      () => has && doc.readOnly === null,
      () => walkthroughs.put(doc, null, words.entry.drop),
    ),
    command(
      'takeOver',
      words.commands.takeOver,
      [],
      () => doc.replay !== null,
      () => walkthroughs.takeOver(doc),
    ),
    command(
      'goBack',
      words.commands.goBack,
      [],
      () => walkthroughs.origin(doc) !== null,
      () => walkthroughs.goBack(doc),
    ),
  ]
}
