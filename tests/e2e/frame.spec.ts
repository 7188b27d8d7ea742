// The frame in small windows and at every zoom, drawings that are only looked at, the tour, and what is
// told apart without colour.
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import {
  canvas,
  command,
  drag,
  dragConnection,
  dragFromPalette,
  expectVerdict,
  middle,
  newDrawing,
  node,
  verdict,
} from './drawing.ts'
import { root } from './serve.ts'
import { expect, test } from './shells.ts'

const samples = join(root, 'src-main/labs/deadlock/samples')

async function zoomTo(page: Page, percent: number): Promise<void> {
  const factor = (): Promise<number> =>
    page.evaluate(() => (document.body as HTMLElement & { currentCSSZoom: number }).currentCSSZoom)
  for (let presses = 0; Math.abs((await factor()) * 100 - percent) > 1; presses += 1) {
    expect(presses).toBeLessThan(14)
    await page.keyboard.press((await factor()) * 100 < percent ? 'Alt+=' : 'Alt+-')
  }
}

/** What of the page leaves the window: nothing should, whatever the zoom. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways')
    for (const element of document.querySelectorAll<HTMLElement>('button, input, select, [role="tab"]')) {
      if (element.closest('[aria-hidden="true"], .visually-hidden, [role="application"]') !== null) continue
      if (!element.checkVisibility()) continue
      const box = element.getBoundingClientRect()
      const scrolled = [...ancestors(element)].some((parent) => /auto|scroll/.test(getComputedStyle(parent).overflowY))
      const out =
        box.left < -1 || box.right > innerWidth + 1 || (!scrolled && (box.top < -1 || box.bottom > innerHeight + 1))
      if (out && !inScroller(element)) found.push(`${element.ariaLabel ?? element.innerText} at ${JSON.stringify(box)}`)
    }
    return found

    function* ancestors(element: Element): Generator<Element> {
      for (let up = element.parentElement; up !== null; up = up.parentElement) yield up
    }
    function inScroller(element: Element): boolean {
      return [...ancestors(element)].some(
        (parent) => parent.scrollWidth > parent.clientWidth + 1 && parent !== document.body,
      )
    }
  })
}

test('a node that is dragged follows the pointer exactly at 50, 200 and 300 %', async ({ app: { page } }) => {
  await expectVerdict(page, 'Deadlock')
  for (const percent of [200, 300, 50]) {
    await newDrawing(page)
    await zoomTo(page, percent)
    await dragFromPalette(page, 'Process', { x: 0.5, y: 0.5 })
    await expect(node(page, 'P1')).toBeVisible()
    const box = await canvas(page).boundingBox()
    const start = await middle(page, 'P1')
    expect(Math.abs(start.x - ((box?.x ?? 0) + (box?.width ?? 0) / 2)), `${percent} %`).toBeLessThan(
      14 * (percent / 100),
    )
    const by = { x: 97, y: -61 }
    await page.keyboard.down('Alt') // without the grid
    await drag(page, start, { x: start.x + by.x, y: start.y + by.y })
    await page.keyboard.up('Alt')
    const end = await middle(page, 'P1')
    const tolerance = 1.01 * (percent / 100)
    expect(Math.abs(end.x - start.x - by.x), `${percent} % across`).toBeLessThanOrEqual(tolerance + 0.01)
    expect(Math.abs(end.y - start.y - by.y), `${percent} % down`).toBeLessThanOrEqual(tolerance + 0.01)
  }
})

test('the splitter, a menu and a name in place stand where the pointer is at 150 %', async ({ app: { page } }) => {
  await page.setViewportSize({ width: 1920, height: 1080 })
  await expectVerdict(page, 'Deadlock')
  await zoomTo(page, 150)
  const splitter = page.getByRole('separator', { name: 'Width of the side panel' })
  const before = (await splitter.boundingBox())?.x ?? 0
  await drag(page, { x: before, y: 400 }, { x: before - 90, y: 400 })
  expect(Math.abs(((await splitter.boundingBox())?.x ?? 0) - (before - 90))).toBeLessThanOrEqual(2)

  const button = page.getByRole('button', { name: 'Export', exact: true })
  await button.click()
  const [menu, at] = [await page.getByRole('menu').boundingBox(), await button.boundingBox()]
  expect(Math.abs((menu?.x ?? 0) + (menu?.width ?? 0) - ((at?.x ?? 0) + (at?.width ?? 0)))).toBeLessThanOrEqual(2)
  expect((menu?.y ?? 0) - ((at?.y ?? 0) + (at?.height ?? 0))).toBeLessThanOrEqual(8)
  await page.keyboard.press('Escape')

  const p1 = await middle(page, 'P1')
  await page.mouse.dblclick(p1.x, p1.y)
  const field = await page.getByRole('textbox', { name: 'Name', exact: true }).boundingBox()
  expect(Math.abs((field?.x ?? 0) + (field?.width ?? 0) / 2 - p1.x)).toBeLessThanOrEqual(3)
  await page.keyboard.press('Escape')
})

test('at 200 % on 1280x720 nothing is cut and everything can be reached', async ({ app }) => {
  const { page } = app
  await expectVerdict(page, 'Deadlock')
  await zoomTo(page, 200)
  await expect(page.getByTestId('side-toggle')).toContainText('Deadlock')
  expect(await cutOff(page)).toEqual([])
  const room = await canvas(page).boundingBox()
  expect([(room?.width ?? 0) >= 1000, (room?.height ?? 0) >= 400]).toEqual([true, true])

  await page.getByTestId('side-toggle').click()
  await expect(verdict(page)).toBeVisible()
  expect(await cutOff(page)).toEqual([])
  for (const keys of ['Alt+2', 'Alt+3', 'Alt+1']) {
    await page.keyboard.press(keys)
    expect(await cutOff(page)).toEqual([])
  }
  await page.keyboard.press('Alt+t')
  expect(await cutOff(page)).toEqual([])
  await page.getByTestId('side-toggle').click()

  await page.getByRole('button', { name: 'Menu' }).click()
  const menu = await page.getByRole('menu').boundingBox()
  expect([(menu?.y ?? -1) >= 0, (menu?.y ?? 0) + (menu?.height ?? 1e9) <= 720]).toEqual([true, true])
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')

  for (const keys of ['?', 'ControlOrMeta+o', 'ControlOrMeta+Shift+s', 'F1', 'ControlOrMeta+k']) {
    await page.keyboard.press(keys)
    const dialog = await page.getByRole('dialog').boundingBox()
    expect(dialog, keys).not.toBeNull()
    expect([(dialog?.y ?? -1) >= 0, (dialog?.y ?? 0) + (dialog?.height ?? 1e9) <= 720], keys).toEqual([true, true])
    expect(await cutOff(page), keys).toEqual([])
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  }
  await page.waitForTimeout(400) // settings are sent once they rest
  await app.reload()
  await expectZoom(page, 2)
})

async function expectZoom(page: Page, zoom: number): Promise<void> {
  await expect(page.locator('html')).toHaveCSS('zoom', String(zoom))
}

test('a drawing that is only looked at leaves no trace, and a copy of it can be changed', async ({ app }) => {
  const { page } = app
  await expectVerdict(page, 'Deadlock')
  mkdirSync(app.workspace, { recursive: true })
  const path = join(app.workspace, 'hand-in.interlock')
  writeFileSync(path, readFileSync(join(samples, 'chain.interlock')))
  const before = { text: readFileSync(path, 'utf8'), time: statSync(path).mtimeMs, names: readdirSync(app.workspace) }
  const recents = join(app.data, 'recents.json')
  const listed = (): boolean => existsSync(recents) && readFileSync(recents, 'utf8').includes('hand-in')

  await command(page, 'Open to look only')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('checkbox', { name: 'Look only' })).toBeChecked()
  await dialog.getByRole('option', { name: /hand-in/ }).dblclick()
  await expect(page.getByRole('tab', { name: 'hand-in', selected: true })).toBeVisible()
  await expect(page.getByText('Nothing is written to “hand-in.interlock” or beside it.')).toBeVisible()
  await canvas(page).focus()
  await page.keyboard.press('p')
  await page.waitForTimeout(1500) // longer than the rhythm of keeping work
  await expect(page.locator('[data-kind="process"][data-node-id]')).toHaveCount(3)
  expect(readdirSync(app.workspace)).toEqual(before.names)
  expect(listed()).toBe(false)

  await app.reload()
  await expect(page.getByText('Nothing is written to “hand-in.interlock” or beside it.')).toBeVisible()
  expect(readdirSync(app.workspace)).toEqual(before.names)

  await page.getByRole('button', { name: 'Edit a copy' }).click()
  await expect(page.getByText('Nothing is written to')).toHaveCount(0)
  await canvas(page).focus()
  await page.keyboard.press('p')
  await expect(page.locator('[data-kind="process"][data-node-id]')).toHaveCount(4)
  await page.waitForTimeout(1500)
  expect(readdirSync(app.workspace)).toEqual(before.names)
  expect([readFileSync(path, 'utf8'), statSync(path).mtimeMs]).toEqual([before.text, before.time])
  expect(listed()).toBe(false)
})

test('the tour is finished by doing what it asks for', async ({ app: { page } }) => {
  await expectVerdict(page, 'Deadlock')
  await page.getByRole('button', { name: 'One-minute tour' }).click()
  const card = page.getByTestId('tour')
  const ring = page.getByTestId('tour-ring')
  const step = (id: string): Promise<void> => expect(card).toHaveAttribute('data-step', id)
  await step('verdict')
  await expect(card).toBeFocused()
  await page.keyboard.press('Alt+Enter')

  await step('evidence')
  await page.getByText('P1 waits for P2').hover()
  await step('unit')
  const fork = await middle(page, 'R1')
  const around = await ring.boundingBox()
  expect(Math.abs((around?.x ?? 0) + (around?.width ?? 0) / 2 - fork.x)).toBeLessThan(3)
  await page.mouse.click(fork.x, fork.y)
  await page.keyboard.press('+')
  await expect(card).toContainText('Done')

  await step('draw')
  await dragFromPalette(page, 'Process', { x: 0.55, y: 0.5 })
  await step('connect')
  await dragConnection(page, 'P6', 'R1')

  await step('step')
  // A window that changes its size takes the ring along.
  await page.setViewportSize({ width: 1366, height: 768 })
  const button = verdict(page).getByRole('button', { name: 'Step through the reduction' })
  const off = async (): Promise<number> => {
    const [a, b] = [await ring.boundingBox(), await button.boundingBox()]
    return Math.abs((a?.x ?? 0) + 6 - (b?.x ?? 1e6))
  }
  await expect.poll(off).toBeLessThan(3)
  await button.click()
  await expect.poll(off).toBeGreaterThan(100) // it points at the next step now
  await page.keyboard.press('.')
  await page.keyboard.press('.')
  await step('find')
  await card.getByRole('button', { name: 'Finish' }).click()
  await expect(card).toHaveCount(0)
})

test('the tour can be left at any moment and begun again', async ({ app: { page } }) => {
  await expectVerdict(page, 'Deadlock')
  await page.getByRole('button', { name: 'No tour now' }).click()
  await expect(page.getByRole('button', { name: 'One-minute tour' })).toHaveCount(0)
  await page.keyboard.press('F1')
  await page.getByRole('dialog').getByRole('button', { name: 'One-minute tour' }).click()
  await expect(page.getByTestId('tour')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('tour')).toHaveCount(0)
  await command(page, 'One-minute tour')
  await expect(page.getByTestId('tour')).toHaveAttribute('data-step', 'verdict')
})

test('shortcuts are found by name and by key', async ({ app: { page } }) => {
  await expectVerdict(page, 'Deadlock')
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  const search = dialog.getByRole('searchbox')
  await expect(search).toBeFocused()
  await search.fill('undo')
  await expect(dialog.locator('dt')).toHaveText(['Undo'])
  await search.fill('alt+p')
  await expect(dialog.locator('dt').first()).toHaveText(/Present|Previous/)
  await search.fill('zebra')
  await expect(dialog).toContainText('Nothing with “zebra” has a shortcut')
})

test('with reduced motion nothing moves', async ({ app: { page } }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expectVerdict(page, 'Deadlock')
  await command(page, 'One-minute tour')
  await expect(page.getByTestId('tour-ring')).toBeVisible()
  const moving = await page.evaluate(
    () => document.getAnimations().filter((each) => Number(each.effect?.getComputedTiming().duration ?? 0) > 0).length,
  )
  expect(moving).toBe(0)
})

/** The kinds of seeing that are simulated; `achromatopsia` is greyscale, as a print would be. */
const seeing = ['achromatopsia', 'deuteranopia', 'protanopia', 'tritanopia'] as const

/** Four processes in the four states, two kinds of edges: an impossible wish, a ring of two, one behind it, one free. */
const states = {
  format: 'interlock',
  version: 1,
  lab: 'deadlock',
  title: 'Four states',
  model: {
    nodes: [
      ...['P1', 'P2', 'P3', 'P4', 'P5'].map((id) => ({ id, kind: 'process', name: 'X' })),
      ...['R1', 'R2', 'R3'].map((id) => ({ id, kind: 'resource', name: id, instances: 1 })),
    ],
    edges: [
      ['e1', 'assignment', 'R1', 'P1', 1],
      ['e2', 'request', 'P1', 'R2', 1],
      ['e3', 'assignment', 'R2', 'P2', 1],
      ['e4', 'request', 'P2', 'R1', 1],
      ['e5', 'request', 'P3', 'R1', 1],
      ['e6', 'request', 'P5', 'R3', 2],
    ].map(([id, kind, from, to, count]) => ({ id, kind, from, to, count })),
  },
  // Every line leaves to the left, so that nothing crosses a badge at the upper right.
  layout: {
    positions: Object.fromEntries([
      ...['P1', 'P2', 'P3', 'P4', 'P5'].map((id, row) => [id, { x: 420, y: 110 * row }]),
      ...['R1', 'R2', 'R3'].map((id, row) => [id, { x: 140, y: 50 + 150 * row }]),
    ]),
  },
  notes: [],
}

/** The same places without a deadlock: P1 and P2 may come to wait for each other, by what they have declared. */
const unsafeStates = {
  ...states,
  title: 'Unsafe',
  model: {
    nodes: states.model.nodes,
    edges: [
      ['e1', 'assignment', 'R1', 'P1', 1],
      ['e2', 'claim', 'P1', 'R2', 1],
      ['e3', 'assignment', 'R2', 'P2', 1],
      ['e4', 'claim', 'P2', 'R1', 1],
    ].map(([id, kind, from, to, count]) => ({ id, kind, from, to, count })),
  },
}

/** How different two pictures of equal size are in brightness alone: the part of points that differ by more than 20 %. */
function difference(page: Page, a: Buffer, b: Buffer): Promise<number> {
  return page.evaluate(
    async (pictures) => {
      const [left = [], right = []] = await Promise.all(
        pictures.map(async (picture) => {
          const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))
          const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
          const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
          context?.drawImage(image, 0, 0)
          const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: [] as number[] }
          return Array.from({ length: data.length / 4 }, (_, i) => {
            const [r = 0, g = 0, b = 0] = [data[4 * i], data[4 * i + 1], data[4 * i + 2]]
            return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255
          })
        }),
      )
      return left.filter((value, i) => Math.abs(value - (right[i] ?? 0)) > 0.2).length / left.length
    },
    [a.toString('base64'), b.toString('base64')],
  )
}

test('the states are told apart by shape alone, however colours are seen', async ({ app, context }) => {
  const { page } = app
  // Room for all five at full size: there equal badges fall on the points of the screen in the same way.
  await page.setViewportSize({ width: 1280, height: 1300 })
  await expectVerdict(page, 'Deadlock')
  mkdirSync(app.workspace, { recursive: true })
  const open = async (name: string, document: object, marks: Readonly<Record<string, string>>): Promise<void> => {
    writeFileSync(join(app.workspace, `${name}.interlock`), JSON.stringify(document))
    await page.keyboard.press('ControlOrMeta+o')
    await page
      .getByRole('dialog')
      .getByRole('option', { name: new RegExp(name) })
      .dblclick()
    await expect(page.getByRole('tab', { name, selected: true })).toBeVisible()
    for (const [id, mark] of Object.entries(marks)) await expect(node(page, id)).toHaveAttribute('data-mark', mark)
    await canvas(page).focus()
    await page.keyboard.press('ControlOrMeta+0')
    await page.mouse.move(5, 500)
  }
  const marks = { P1: 'ring', P2: 'ring', P3: 'behind', P4: 'free', P5: 'impossible' }
  const session = await context.newCDPSession(page)
  const badge = async (id: string): Promise<Buffer> => {
    const box = await node(page, id).boundingBox()
    if (box === null) throw new Error(`${id} is not on the screen`)
    const [x, y] = [box.x + box.width * 0.854, box.y + box.height * 0.146]
    const half = Math.round((box.width / 56) * 9)
    return page.screenshot({
      clip: { x: Math.round(x) - half, y: Math.round(y) - half, width: 2 * half, height: 2 * half },
    })
  }
  const badges = new Map<string, Buffer>()
  const take = async (name: string, ids: Readonly<Record<string, string>>): Promise<void> => {
    for (const type of seeing) {
      await session.send('Emulation.setEmulatedVisionDeficiency', { type })
      for (const [id, as] of Object.entries(ids)) badges.set(`${type} ${as}`, await badge(id))
      await page.screenshot({ path: test.info().outputPath(`${name}-${type}.png`) })
    }
    await session.send('Emulation.setEmulatedVisionDeficiency', { type: 'none' })
  }
  await open('doubts', unsafeStates, { P1: 'unsafe', P2: 'unsafe', P3: 'free' })
  await expect(node(page, 'P1')).toHaveAttribute('aria-label', /not sure to finish/)
  await take('doubts', { P1: 'unsafe' })
  await open('states', states, marks)
  await take('states', { P1: 'ring', P2: 'other ring', P3: 'behind', P4: 'free', P5: 'impossible' })

  // A page of no origin compares the pictures: ours may load nothing but itself.
  const judge = await context.newPage()
  const kinds = ['ring', 'behind', 'free', 'impossible', 'unsafe']
  for (const type of seeing) {
    const apart = (a: string, b: string): Promise<number> =>
      difference(judge, badges.get(`${type} ${a}`) ?? Buffer.alloc(0), badges.get(`${type} ${b}`) ?? Buffer.alloc(0))
    const same = await apart('ring', 'other ring')
    for (const [index, a] of kinds.entries()) {
      for (const b of kinds.slice(index + 1)) {
        expect(await apart(a, b), `${type}: ${a} and ${b}`).toBeGreaterThan(Math.max(0.06, 2 * same))
      }
    }
  }

  // And in words: in the drawing's own parts and in the list.
  const words = { P1: 'on a ring', P3: 'blocked behind a ring', P4: 'can finish', P5: 'impossible' }
  for (const [id, word] of Object.entries(words)) {
    await expect(node(page, id)).toHaveAttribute('aria-label', new RegExp(word))
  }
  await page.keyboard.press('Alt+3')
  for (const [id, word] of Object.entries(words)) {
    await expect(page.getByTestId('list-view').locator(`[data-id="${id}"]`)).toContainText(word)
  }
})

test('the list does by keyboard what the drawing does by mouse, and says it', async ({ app: { page } }) => {
  await expectVerdict(page, 'Deadlock')
  await page.keyboard.press('Alt+3')
  const row = page.getByTestId('list-view').locator('[data-id="R1"]')
  await row.focus()
  await page.keyboard.press('+')
  await page.keyboard.press('Alt+1')
  await expectVerdict(page, 'No deadlock')
  await page.keyboard.press('Alt+0')
  await expect(canvas(page)).toBeFocused()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(page.getByTestId('canvas-announcement')).toContainText(/Undone|undone/)
  await expectVerdict(page, 'Deadlock')
})
