// Commands of the frame as a whole: panels, the page's zoom, presentation and tour.
import { type Command } from '../../ui/commands.ts'
import { texts } from '../../ui/texts/index.ts'
import { nextZoom } from '../frame/page-size.svelte.ts'
import type { Workbench } from '../workbench.svelte.ts'

export function frameCommands(bench: Workbench): Command[] {
  const words = texts.present
  const any = (): boolean => bench.active !== null
  const always = (): boolean => true
  const zoom = (level: number): void => {
    bench.setSettings({ zoom: level })
    bench.notices.passing(words.zoomed(level))
  }
  return [
    {
      id: 'view.side',
      label: words.toggleSide,
      group: 'view',
      keys: ['Alt+S'],
      when: any,
      inText: true,
      run: () => {
        bench.folds.side = !bench.folds.side
      },
    },
    // Ctrl with plus and minus zooms the drawing, as everywhere; the whole page takes Alt.
    {
      id: 'view.pageLarger',
      label: words.larger,
      group: 'view',
      keys: ['Alt+=', 'Alt++'],
      when: () => bench.settings.zoom < 3,
      inText: true,
      keywords: words.zoomKeywords,
      run: () => zoom(nextZoom(bench.settings.zoom, 1)),
    },
    {
      id: 'view.pageSmaller',
      label: words.smaller,
      group: 'view',
      keys: ['Alt+-'],
      when: () => bench.settings.zoom > 0.5,
      inText: true,
      keywords: words.zoomKeywords,
      run: () => zoom(nextZoom(bench.settings.zoom, -1)),
    },
    {
      id: 'view.pageUsual',
      label: words.usual,
      group: 'view',
      keys: ['Alt+Shift+0'],
      when: always,
      inText: true,
      keywords: words.zoomKeywords,
      run: () => zoom(1),
    },
    {
      id: 'view.present',
      label: words.start,
      group: 'view',
      keys: ['Alt+P'],
      when: any,
      inText: true,
      keywords: words.keywords,
      run: () => bench.presenting.toggle(),
    },
    {
      id: 'view.keyCaptions',
      label: bench.presenting.captions ? words.captionsOff : words.captionsOn,
      group: 'view',
      keys: [],
      when: always,
      keywords: words.keywords,
      run: () => {
        bench.presenting.captions = !bench.presenting.captions
      },
    },
    {
      id: 'help.tour',
      label: texts.tour.start,
      group: 'help',
      keys: [],
      when: always,
      run: () => bench.tour.start(),
    },
    {
      id: 'help.tourNext',
      label: texts.tour.goOn,
      group: 'help',
      keys: ['Alt+Enter'],
      when: () => bench.tour.on,
      inText: true,
      run: () => bench.tour.next(),
    },
    {
      id: 'help.tourLeave',
      label: texts.tour.leave,
      group: 'help',
      keys: [],
      when: () => bench.tour.on,
      run: () => bench.tour.leave(),
    },
  ]
}
