// All commands of the moment: the frame's, those of the active drawing, those of its run.
import { playerCommands } from '../../player/commands.ts'
import { labPages } from '../../labs/index.ts'
import { terminalCommands } from '../../terminal/commands.ts'
import type { Command } from '../../ui/commands.ts'
import { texts } from '../../ui/texts/index.ts'
import { views } from '../../ui/texts/views.ts'
import { forgetSession } from '../documents/forget.ts'
import type { OpenDocument } from '../documents/open-document.svelte.ts'
import type { Workbench } from '../workbench.svelte.ts'
import { walkthroughCommands } from '../walkthroughs/commands.ts'
import { frameCommands } from './frame.ts'
import { undoing, withoutCanvas } from './no-drawing.ts'

const words = texts.frame.commands

export function allCommands(bench: Workbench): Command[] {
  const doc = bench.active
  if (doc?.lab.main !== undefined) {
    const ofFrame = withoutCanvas([...fileCommands(bench), ...viewCommands(bench), ...frameCommands(bench)])
    return [...undoing(doc.editor.commands()), ...ofFrame, ...terminalCommands(bench.terminals), ...openCommands(bench)]
  }
  return [
    ...fileCommands(bench),
    ...(doc === null ? [] : [...doc.editor.commands(), ...playerCommands(doc)]),
    ...viewCommands(bench),
    ...(doc === null ? [] : shownViewCommands(bench, doc)),
    ...walkthroughCommands(bench),
    ...frameCommands(bench),
    ...terminalCommands(bench.terminals),
    ...openCommands(bench),
  ]
}

const always = (): boolean => true

function fileCommands(bench: Workbench): Command[] {
  const { files } = bench
  const command = (
    id: string,
    label: string,
    keys: string[],
    run: Command['run'],
    when: Command['when'] = always,
  ): Command => ({ id: `file.${id}`, label, group: 'file', keys, when, run, inText: true })
  const withDoc = (work: (doc: NonNullable<Workbench['active']>) => unknown): Command['run'] => {
    return async () => {
      if (bench.active !== null) await work(bench.active)
    }
  }
  const any = (): boolean => bench.active !== null
  return [
    // Ctrl+N and Ctrl+W belong to the browser, so these two take Alt.
    command('new', words.new, ['Alt+N'], () => bench.newDocument()),
    {
      ...command('generate', texts.generate.command, ['Alt+M'], () => bench.generating.open()),
      keywords: texts.generate.keywords,
    },
    {
      ...command(
        'generateAnother',
        texts.generate.another,
        ['Alt+Shift+M'],
        () => bench.generating.another(),
        () => bench.generating.last !== null,
      ),
      keywords: texts.generate.keywords,
    },
    command('open', words.open, ['Mod+O'], () => files.open()),
    command('library', words.library, ['Alt+E'], () => {
      bench.dialog = { kind: 'library' }
    }),
    command('look', words.openLook, ['Alt+O'], () => files.open(true)),
    command(
      'editCopy',
      words.editCopy,
      [],
      withDoc((doc) => files.editCopy(doc)),
      () => bench.active?.copyable === true,
    ),
    command(
      'save',
      words.save,
      ['Mod+S'],
      withDoc((doc) => files.save(doc)),
      any,
    ),
    command(
      'saveAs',
      words.saveAs,
      ['Mod+Shift+S'],
      withDoc((doc) => files.saveAs(doc)),
      any,
    ),
    command(
      'download',
      words.download,
      [],
      withDoc((doc) => files.download(doc)),
      any,
    ),
    {
      ...command(
        'writeExercise',
        (bench.active?.exercise ?? null) === null ? texts.authoring.make : texts.authoring.change,
        [],
        withDoc(async (doc) => {
          await doc.writeExercise()
          bench.side = 'task'
        }),
        () => bench.active?.writable === true,
      ),
      keywords: texts.authoring.keywords,
    },
    {
      ...command('grade', texts.grading.command, ['Alt+Q'], () => void (bench.dialog = { kind: 'grade' })),
      keywords: texts.grading.keywords,
    },
    {
      ...command(
        'gradeBack',
        texts.grading.back,
        [],
        () => void (bench.grading.shown = true),
        () => bench.grading.report !== null && !bench.grading.shown,
      ),
      keywords: texts.grading.keywords,
    },
    command('upload', words.upload, [], () => files.chooseUpload()),
    {
      ...command('import', texts.exchange.commands.import, ['Alt+I'], () => void (bench.dialog = { kind: 'import' })),
      keywords: texts.exchange.commands.importWords,
    },
    command(
      'export',
      texts.exchange.commands.export,
      ['Mod+Shift+E'],
      () => void (bench.dialog = { kind: 'export' }),
      any,
    ),
    command(
      'exportSvg',
      words.exportSvg,
      [],
      withDoc((doc) => files.exportAs(doc, 'svg', true)),
      any,
    ),
    command(
      'exportPlainSvg',
      words.exportPlainSvg,
      [],
      withDoc((doc) => files.exportAs(doc, 'svg', false)),
      any,
    ),
    command(
      'exportPng',
      words.exportPng,
      [],
      withDoc((doc) => files.exportAs(doc, 'png', true)),
      any,
    ),
    {
      ...command('forget', texts.machine.forget.command, [], () => forgetSession(bench)),
      keywords: texts.machine.forget.keywords,
    },
    command(
      'close',
      words.closeTab,
      ['Alt+W'],
      withDoc((doc) => bench.closeDocument(doc)),
      any,
    ),
  ]
}

function viewCommands(bench: Workbench): Command[] {
  const command = (
    id: string,
    label: string,
    keys: string[],
    run: () => void,
    group: Command['group'] = 'view',
    when: Command['when'] = always,
  ): Command => ({ id: `view.${id}`, label, group, keys, when, run, inText: true })
  const theme = (name: keyof typeof texts.frame.themes): Command =>
    command(`theme.${name}`, words.theme(texts.frame.themes[name]), [], () => bench.setSettings({ theme: name }))
  const side = (name: typeof bench.side, label: string, keys: string[]): Command =>
    command(`side.${name}`, label, keys, () => {
      bench.side = name
      bench.folds.side = true
    })
  return [
    side('verdict', words.showVerdict, ['Alt+1']),
    side('inspector', words.showInspector, ['Alt+2']),
    side('list', words.showList, ['Alt+3']),
    side('history', views.history.command, ['Alt+H']),
    command('timeline', words.toggleTimeline, ['Alt+T'], () => {
      bench.folds.timeline = !bench.folds.timeline
    }),
    command('canvas', words.focusCanvas, ['Alt+0'], () => {
      document.querySelector<HTMLElement>('[role="application"]')?.focus()
    }),
    theme('system'),
    theme('light'),
    theme('dark'),
    theme('contrast'),
    theme('projector'),
    command('nextTab', words.nextTab, ['Alt+PageDown'], () => bench.goTo(1), 'go'),
    command('previousTab', words.previousTab, ['Alt+PageUp'], () => bench.goTo(-1), 'go'),
    command('palette', words.palette, ['Mod+K'], () => (bench.dialog = { kind: 'commands' }), 'help'),
    {
      ...command('shortcuts', words.shortcuts, ['?'], () => (bench.dialog = { kind: 'shortcuts' }), 'help'),
      inText: false,
    },
    command(
      'help',
      words.help,
      ['F1'],
      () => (bench.dialog = { kind: 'help' }),
      'help',
      () => bench.active !== null,
    ),
    command(
      'recover',
      words.recover,
      [],
      () => (bench.dialog = { kind: 'recovery' }),
      'file',
      () => bench.recovered.list.length > 0,
    ),
  ]
}

/** One command for each view of the drawing, in the order of the bar. */
function shownViewCommands(bench: Workbench, doc: OpenDocument): Command[] {
  const command = (id: string, title: string, index: number, run: () => void): Command => ({
    id: `view.shown.${id}`,
    label: views.command(title),
    group: 'view',
    keys: views.keys(index),
    when: always,
    run,
    inText: true,
  })
  return [
    command('drawing', views.drawing, 0, () => doc.views.toggleDrawing()),
    ...doc.lab.views.map(({ id, title }, index) => command(id, title, index + 1, () => doc.views.toggle(id))),
    {
      id: 'view.find',
      label: views.find.command,
      group: 'view',
      keys: ['Mod+F'],
      when: always,
      inText: true,
      run: () => {
        doc.views.drawing = true
        // The bar takes the focus when it opens; where it is open already the command brings one back to it.
        const field = document.querySelector<HTMLInputElement>('search input')
        field?.focus()
        field?.select()
        doc.finding = true
      },
    },
    {
      id: 'view.overview',
      label: views.overview.command,
      group: 'view',
      keys: [],
      when: always,
      run: () => {
        const shown = bench.settings.panels['overview'] ?? 1
        bench.setSettings({ panels: { ...bench.settings.panels, overview: shown === 1 ? 0 : 1 } })
      },
    },
  ]
}

function openCommands(bench: Workbench): Command[] {
  const samples = bench.samples.map(({ lab, id, title, practice, week }): Command => ({
    id: `sample.${lab}.${id}`,
    label: week !== null ? texts.exercise.command(week, title) : practice ? words.practice(title) : words.sample(title),
    group: 'go',
    keys: [],
    when: always,
    run: () => bench.files.openSample(lab, id),
    keywords: labPages.find((entry) => entry.id === lab)?.title ?? '',
  }))
  const { active } = bench
  const templates = (active?.lab.templates ?? []).map(({ id, title }): Command => ({
    id: `template.${id}`,
    label: texts.frame.labs.template(title),
    group: 'edit',
    keys: [],
    when: () => active?.readOnly === null && active.player === null,
    run: () => active?.putSample(id),
  }))
  const tabs = bench.documents.map((doc): Command => ({
    id: `tab.${doc.key}`,
    label: doc.label,
    group: 'go',
    keys: [],
    when: () => bench.active !== doc,
    run: () => {
      bench.active = doc
    },
  }))
  return [...samples, ...templates, ...tabs]
}
