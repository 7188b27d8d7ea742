// What the frame works out without a page: steps of its zoom, weeks of the labs, places of the tour's card, keys of a
// presenter's remote, weights for a room, shortcuts that are found.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shortcutGroups } from '@page/shell/dialogs/shortcuts.ts'
import { Folds } from '@page/shell/frame/folds.svelte.ts'
import { ZOOM_STEPS, nextZoom, pageSize } from '@page/shell/frame/page-size.svelte.ts'
import { labsByWeeks } from '@page/shell/frame/weeks.ts'
import { pressedKeys, remoteAction } from '@page/shell/present/keys.ts'
import { projected } from '@page/shell/present/scale.ts'
import { arrow, cardPlace } from '@page/shell/tour/place.ts'
import { heavier, nodeLook, secondOutline } from '@page/editor/view/looks.ts'
import { lightTheme } from '@page/editor/view/view.ts'
import type { Command } from '@page/ui/commands.ts'
import { defaultSettings, type Settings } from '../../../src-main/contract/api.ts'

const key = (name: string, held: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }) as KeyboardEvent

describe('the zoom of the page', () => {
  it('goes from 50 to 300 % and back through every step, and stays at its ends', () => {
    const up = ZOOM_STEPS.map((zoom) => nextZoom(zoom, 1))
    expect(up).toEqual([...ZOOM_STEPS.slice(1), 3])
    expect(ZOOM_STEPS.map((zoom) => nextZoom(zoom, -1))).toEqual([0.5, ...ZOOM_STEPS.slice(0, -1)])
  })

  it('goes from between two steps to its neighbour', () => {
    expect([nextZoom(1.3, 1), nextZoom(1.3, -1)]).toEqual([1.5, 1.25])
  })
})

describe('panels that fold', () => {
  function keeper(): { settings: Settings; setSettings(change: Partial<Settings>): void } {
    return {
      settings: defaultSettings,
      setSettings(change) {
        this.settings = { ...this.settings, ...change }
      },
    }
  }

  it('are kept where there is room, and begin closed in a small window without touching what is kept', () => {
    const kept = keeper()
    const folds = new Folds(kept)
    pageSize.measure(1280, 720, 1)
    expect([folds.side, folds.timeline]).toEqual([true, true])
    pageSize.measure(1280, 720, 2)
    expect([pageSize.width, pageSize.height, folds.side, folds.timeline]).toEqual([640, 360, false, false])
    folds.side = true
    folds.timeline = true
    expect([folds.side, folds.timeline, kept.settings.panels]).toEqual([true, true, {}])
    pageSize.measure(1280, 720, 1)
    folds.side = false
    expect([folds.side, kept.settings.panels]).toEqual([false, { sideOpen: 0 }])
  })
})

describe('the labs of the course', () => {
  it('stand in groups by weeks, in the order of the course', () => {
    const labs = [
      { id: 'd', weeks: '10–12' },
      { id: 'a', weeks: '3–5' },
      { id: 'b', weeks: '1–2' },
      { id: 'c', weeks: '3–5' },
    ]
    expect(labsByWeeks(labs).map(({ weeks, labs: members }) => [weeks, members.map(({ id }) => id)])).toEqual([
      ['1–2', ['b']],
      ['3–5', ['a', 'c']],
      ['10–12', ['d']],
    ])
  })
})

describe('a presenter’s remote', () => {
  const asleep = { blank: true, running: false }
  it.each([
    ['Escape', false, 'leave'],
    ['b', false, 'blank'],
    ['PageDown', false, 'nextTab'],
    ['PageUp', false, 'previousTab'],
    ['PageDown', true, 'nextStep'],
    ['PageUp', true, 'backStep'],
    ['r', true, null],
    ['1', true, 'pointer'],
    ['2', false, 'spotlight'],
    ['3', false, 'ink'],
    ['4', false, 'region'],
    ['5', false, null],
    ['0', false, 'wipe'],
  ])('%s with a run open %s means %s', (name, running, action) => {
    expect(remoteAction(key(name), { blank: false, running })).toBe(action)
  })

  it('any key wakes a blank screen, but no modifier alone', () => {
    expect([remoteAction(key('x'), asleep), remoteAction(key('Shift'), asleep)]).toEqual(['wake', null])
  })

  it('leaves combinations to the commands', () => {
    expect(remoteAction(key('b', { ctrlKey: true }), { blank: false, running: false })).toBeNull()
    expect(remoteAction(key('PageDown', { altKey: true }), { blank: false, running: true })).toBeNull()
  })

  it('shows keys as they were pressed', () => {
    const keys = [
      pressedKeys(key('z', { ctrlKey: true }), false),
      pressedKeys(key('z', { metaKey: true }), true),
      pressedKeys(key('?', { shiftKey: true }), false),
      pressedKeys(key('ArrowLeft', { shiftKey: true }), false),
      pressedKeys(key(' '), false),
      pressedKeys(key('Control', { ctrlKey: true }), false),
    ]
    expect(keys).toEqual(['Mod+z', 'Mod+z', '?', 'Shift+ArrowLeft', 'Space', null])
  })
})

describe('weights for a room', () => {
  it('make names 24 px and the thinnest line 3 px at 1080 lines, whatever the drawing’s zoom', () => {
    for (const zoom of [0.7, 1, 1.4, 2, 2.5]) {
      const { type, stroke } = projected(zoom, 1080)
      expect(14 * type * zoom).toBeGreaterThanOrEqual(23.99)
      expect(nodeLook('free', { ...lightTheme, stroke }).width * zoom).toBeGreaterThanOrEqual(2.99)
    }
  })

  it('never make anything lighter, and stop where names would leave their shapes', () => {
    expect(projected(4, 720)).toEqual({ type: 1, stroke: 1 })
    expect(projected(0.05, 1080)).toEqual({ type: 2.6, stroke: 3 })
  })

  it('keep the two outlines of a ring apart', () => {
    for (let stroke = 1; stroke <= 3; stroke += 0.25) {
      const gap = secondOutline(stroke) - heavier(2.5, stroke) / 2 - heavier(1.5, stroke) / 2
      expect(gap).toBeGreaterThanOrEqual(1.9)
    }
  })
})

describe('the card of the tour', () => {
  const size = fc.record({ width: fc.integer({ min: 40, max: 320 }), height: fc.integer({ min: 40, max: 220 }) })
  const pages = fc.record({ width: fc.integer({ min: 640, max: 2000 }), height: fc.integer({ min: 360, max: 1200 }) })

  it('stands in the page and beside what it points at, wherever that is', () => {
    fc.assert(
      fc.property(
        size,
        pages,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (card, page, right, down) => {
          const target = { x: right * (page.width - 60), y: down * (page.height - 60), width: 60, height: 60 }
          const { x, y, side } = cardPlace(target, card, page)
          expect(x).toBeGreaterThanOrEqual(8)
          expect(y).toBeGreaterThanOrEqual(8)
          expect(x + card.width).toBeLessThanOrEqual(page.width - 8)
          expect(y + card.height).toBeLessThanOrEqual(page.height - 8)
          const apart =
            x >= target.x + 60 || x + card.width <= target.x || y >= target.y + 60 || y + card.height <= target.y
          expect(apart).toBe(true)
          if (side === null) return
          const { from, to } = arrow(target, { x, y, ...card }, side)
          expect(Math.hypot(to[0] - from[0], to[1] - from[1])).toBeGreaterThan(4)
        },
      ),
    )
  })

  it('stands in the middle while there is nothing to point at', () => {
    expect(cardPlace(null, { width: 300, height: 160 }, { width: 1280, height: 720 })).toMatchObject({
      x: 490,
      side: null,
    })
  })
})

describe('the shortcuts', () => {
  const command = (id: string, label: string, keys: string[], group: Command['group'] = 'view'): Command => ({
    id,
    label,
    keys,
    group,
    when: () => true,
    run: () => undefined,
  })
  const commands = [
    command('a', 'Next step', ['.'], 'run'),
    command('b', 'Page larger', ['Alt+=', 'Alt++']),
    command('c', 'Theme: Dark', []),
    command('d', 'Delete', ['Delete', 'Backspace'], 'edit'),
  ]
  const titles = { edit: 'Edit', view: 'View', run: 'Run' }
  const found = (query: string): string[] =>
    shortcutGroups(commands, titles, query).flatMap((group) => group.commands.map(({ id }) => id))

  it('are all listed, in the order of the groups, without commands that have none', () => {
    expect(found('')).toEqual(['d', 'b', 'a'])
  })

  it('are found by a part of the name and by the keys', () => {
    expect([found('LARGER'), found('alt'), found('Del'), found('nothing')]).toEqual([['b'], ['b'], ['d'], []])
  })
})
