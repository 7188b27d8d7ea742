// Classroom statements 7 and 11: whatever moment the host is killed at, no edit older than two seconds is lost and no
// file is damaged. Four people draw at once; each of their hosts is killed many times and started again.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FileRef } from '@contract/api.ts'
import type { DocumentEnvelope } from '@contract/document.ts'
import { serialiseDocument } from '@contract/document-text.ts'
import { InterlockError } from '@contract/errors.ts'
import { createRandom, type Random } from '@simulation/random.ts'
import { buildIfStale, projectRoot } from '../../scripts/build-if-stale.ts'
import { Autosave } from '../../src-renderer/shell/documents/autosave.ts'
import { connectPage, endServing, type PageClient, startServing, visit } from './page-client.ts'

const KILLS = 100
const PEOPLE = 4
/** No edit older than this may be lost, in milliseconds. */
const BOUND = 2_000
/** Between two edits of a person who is quick, and until the kill, in milliseconds. */
const EDIT = { least: 15, most: 120 }
const UNTIL_KILL = { least: 30, most: 1_500 }

const base = mkdtempSync(join(tmpdir(), 'interlock-kills-'))
beforeAll(() => buildIfStale(), 60_000)
afterAll(() => rmSync(base, { recursive: true, force: true }))

/** The drawing after edit `n`: large enough that a kill falls into the middle of writing it. */
function textAfter(n: number): string {
  const nodes = Array.from({ length: 400 }, (_, i) => ({ id: `P${i + 1}`, kind: 'process', name: `P${i + 1} ${n}` }))
  return serialiseDocument({
    format: 'interlock',
    version: 1,
    lab: 'deadlock',
    title: `Edit ${n}`,
    model: { nodes, edges: [] },
    layout: { positions: Object.fromEntries(nodes.map(({ id }, i) => [id, { x: i * 10, y: n }])) },
    notes: [],
  })
}

const editIn = (document: Pick<DocumentEnvelope, 'title'>): number => Number(/^Edit (\d+)$/.exec(document.title)?.[1])

interface Tally {
  /** kills after which the next start was looked at */
  kills: number
  /** the oldest edit that a kill took along, by its age in milliseconds */
  longestLost: number
  damaged: string[]
}

/** One person's drawing, from kill to kill. `n` counts edits over all of them. */
class Person {
  readonly workspace: string
  readonly tally: Tally = { kills: 0, longestLost: 0, damaged: [] }
  readonly #folder: string
  readonly #random: Random
  /** null: the drawing was never saved */
  readonly #name: string | null
  #n = 0
  /** when each edit since the last start was made, by its number */
  #made = new Map<number, number>()
  /** what the file may hold: what was saved, and what was being saved at the kill */
  #savedOr = new Set<number>([0])

  constructor(index: number) {
    this.#folder = join(base, `person ${index}`)
    this.workspace = join(this.#folder, 'Übungen ½')
    this.#random = createRandom(2026 + index)
    this.#name = index === 0 ? null : 'Zeichnung'
    mkdirSync(this.workspace, { recursive: true })
    if (this.#name !== null) writeFileSync(this.#path, textAfter(0))
  }

  get #path(): string {
    return join(this.workspace, `${this.#name ?? ''}.interlock`)
  }

  #between({ least, most }: { least: number; most: number }): number {
    return least + this.#random.below(most - least)
  }

  /** From a start to a kill, and what the next start finds is the next call's to check. */
  async live(first: boolean): Promise<void> {
    const args = [
      join(projectRoot, 'out/main/interlock.js'),
      ...['serve', '--workspace', this.workspace, '--data', join(this.#folder, 'data')],
    ]
    const served = await startServing({ program: process.execPath, args, env: { ...process.env } })
    try {
      const page = await connectPage(await visit(served.url))
      const { file, old } = await this.#takeUp(page, first)
      const stop = { at: performance.now() + this.#between(UNTIL_KILL) }
      const drawing = this.#draw(page, file, old, stop)
      await sleep(Math.max(0, stop.at - performance.now()))
      const killed = performance.now()
      await endServing(served, 'SIGKILL')
      stop.at = 0
      await drawing
      this.#check(killed)
    } finally {
      await endServing(served, 'SIGKILL')
    }
  }

  #killedAt: number | null = null

  #check(killed: number): void {
    this.#killedAt = killed
    if (this.#name === null) return
    const text = readFileSync(this.#path, 'utf8')
    if (![...this.#savedOr].some((n) => textAfter(n) === text)) this.tally.damaged.push(text.slice(0, 200))
  }

  /** Opens what is there as a person does at a start, and counts what the last kill took. */
  async #takeUp(page: PageClient, first: boolean): Promise<{ file: FileRef | null; old: string | null }> {
    const [newest, ...others] = await page.call('recovery.list', {})
    if (newest === undefined) {
      const opened = this.#name === null ? null : await page.call('files.open', { path: `${this.#name}.interlock` })
      this.#count(opened === null ? 0 : editIn(opened.document), first)
      return { file: opened?.file ?? null, old: null }
    }
    const opened = await page.call('recovery.open', { id: newest.id })
    const n = editIn(opened.document)
    if (serialiseDocument(opened.document) !== textAfter(n))
      this.tally.damaged.push(`recovered ${opened.document.title}`)
    this.#count(n, first)
    for (const other of others) await page.call('recovery.discard', { id: other.id })
    return { file: opened.file, old: newest.id }
  }

  #count(n: number, first: boolean): void {
    const lost = [...this.#made].filter(([edit]) => edit > n).map(([, time]) => (this.#killedAt ?? time) - time)
    if (!first) {
      this.tally.kills += 1
      this.tally.longestLost = Math.max(this.tally.longestLost, ...lost)
    }
    this.#made = new Map()
    this.#n = Math.max(this.#n, n)
  }

  async #draw(page: PageClient, opened: FileRef | null, old: string | null, stop: { at: number }): Promise<void> {
    let file = opened
    let text = textAfter(this.#n)
    let savedText = old === null ? text : ''
    const source = {
      key: `draft ${this.#n}`,
      handle: () => file?.handle ?? null,
      text: () => text,
      dirty: () => text !== savedText,
      busy: () => false,
    }
    const autosave = new Autosave(page, source, () => undefined)
    try {
      if (old !== null) {
        await autosave.flush()
        if (autosave.kept) await page.call('recovery.discard', { id: old }).catch(() => undefined)
      }
      while (performance.now() < stop.at) {
        this.#n += 1
        text = textAfter(this.#n)
        this.#made.set(this.#n, performance.now())
        autosave.touch()
        await sleep(this.#between(EDIT))
        if (file === null || this.#random.below(12) > 0) continue
        const saving = text
        this.#savedOr.add(this.#n)
        const { handle, stamp } = file
        file = await page.call('files.save', { handle, stamp, text: saving, overwrite: false })
        savedText = saving
        this.#savedOr = new Set([this.#n])
        void autosave.flush()
      }
    } catch (error) {
      // The host is gone: that is what this test is about.
      if (!(error instanceof InterlockError) || error.code !== 'disconnected') throw error
    } finally {
      page.close()
      await autosave.discard()
    }
  }
}

it(`11 after ${KILLS} kills no edit older than two seconds is lost and no file is damaged`, async () => {
  const people = Array.from({ length: PEOPLE }, (_, index) => new Person(index))
  await Promise.all(
    people.map(async (person) => {
      for (let life = 0; life <= KILLS / PEOPLE; life += 1) await person.live(life === 0)
    }),
  )
  const kills = people.reduce((sum, { tally }) => sum + tally.kills, 0)
  const longest = Math.max(...people.map(({ tally }) => tally.longestLost))
  const damaged = people.flatMap(({ tally }) => tally.damaged)
  process.stdout.write(`${kills} kills: longest lost work ${Math.round(longest)} ms, damaged files ${damaged.length}\n`)
  expect(kills).toBe(KILLS)
  expect(damaged).toEqual([])
  expect(longest).toBeGreaterThan(0)
  expect(longest).toBeLessThanOrEqual(BOUND)
}, 180_000)
