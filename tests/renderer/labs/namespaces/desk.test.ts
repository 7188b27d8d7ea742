// An open document of the lab: choosing an experiment, a recorded run at any of its moments, and a document that is odd.
// The real host over a wire in memory; no kernel is asked.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { OpenDocument } from '@page/shell/documents/open-document.svelte.ts'
import type { Workbench } from '@page/shell/workbench.svelte.ts'
import { Desk } from '@page/labs/namespaces/desk.svelte.ts'
import { laneFor } from '@page/labs/namespaces/lane.ts'
import { newsOf } from '@page/labs/namespaces/news.ts'
import { texts } from '@page/labs/namespaces/texts.ts'
import { experiments } from '@labs/namespaces/model/experiments/index.ts'
import { type Rig, rig } from '../../shell/rig.ts'

let at: Rig
let bench: Workbench
beforeEach(async () => {
  at = rig()
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined }))
  bench = await at.page()
})
afterEach(() => at.end())

async function opened(sample: string): Promise<{ doc: OpenDocument; desk: Desk }> {
  await bench.files.openSample('namespaces', sample)
  const doc = bench.active
  if (doc === null) throw new Error('no document')
  const desk = new Desk(bench, doc)
  desk.follow()
  return { doc, desk }
}

describe('a document without a run', () => {
  test('becomes that of an experiment and has its name, until another one is chosen', async () => {
    await bench.newDocument('namespaces')
    const doc = bench.active
    if (doc === null) throw new Error('no document')
    const desk = new Desk(bench, doc)
    expect([desk.experiment, doc.label]).toEqual([null, texts.title])
    desk.choose('pid-1')
    expect([desk.experiment?.id, doc.label]).toEqual(['pid-1', 'PID 1'])
    expect(desk.scene).toBeNull()
    desk.choose(null)
    expect([desk.experiment, doc.label]).toEqual([null, texts.title])
  })
})

describe('a recorded run', () => {
  test('is shown from its beginning, solved at its end and not before', async () => {
    const { desk } = await opened('pid-1')
    expect([desk.showing, desk.index, desk.broken]).toEqual(['kept', 0, null])
    expect(desk.judged?.solved).toBe(false)
    desk.go(Number.MAX_SAFE_INTEGER)
    expect([desk.atEnd, desk.judged?.solved]).toEqual([true, true])
    expect(desk.run?.moments.length).toBeGreaterThan(0)
    const last = desk.index
    desk.go(last - 1)
    expect([desk.index, desk.atEnd]).toEqual([last - 1, false])
    desk.go(-5)
    expect(desk.index).toBe(0)
  })

  test('goes to the sample that was newest at a time', async () => {
    const { desk } = await opened('pid-1')
    const { run } = desk
    if (run === null) throw new Error('no run')
    for (const index of [0, 1, run.count - 1]) expect(run.indexAt(run.timeOf(index))).toBe(index)
    expect(run.indexAt(run.timeOf(1) - 0.001)).toBe(0)
    expect([run.indexAt(-1), run.indexAt(Infinity)]).toEqual([0, run.count - 1])
  })

  test('each moment names namespaces the same way, whichever moment was looked at before', async () => {
    const { desk } = await opened('pid-1')
    const look = (index: number): unknown => [...(desk.run?.scene(index)?.names ?? [])]
    const last = (desk.run?.count ?? 1) - 1
    const before = look(last)
    look(0)
    expect(look(last)).toEqual(before)
  })

  test('that does not lead to samples says why, and breaks nothing', async () => {
    const { desk, doc } = await opened('pid-1')
    const recording = structuredClone(desk.recording)
    if (recording === null) throw new Error('no recording')
    recording.changes[0] = { processes: 'gone' }
    doc.editor.whole.setFields('damage', { recording })
    desk.follow()
    expect([desk.kept, desk.broken]).toEqual([null, expect.stringContaining('Change 1')])
  })

  test('goes away when it is taken out of the document', async () => {
    const { desk, doc } = await opened('pid-1')
    doc.editor.whole.setFields('take out', { recording: undefined })
    desk.follow()
    expect([desk.kept, desk.showing, desk.scene]).toEqual([null, 'live', null])
  })
})

test('what is said aloud is what has come since, conditions first', async () => {
  const { desk } = await opened('pid-1')
  const nothing = newsOf(null)
  const news = newsOf(desk.kept).since(nothing)
  const conditions = desk.experiment?.conditions.map(({ says }) => texts.panel.turned(says)) ?? []
  expect(conditions.length).toBeGreaterThan(0)
  expect(news.slice(0, conditions.length)).toEqual(conditions)
  expect(newsOf(desk.kept).since(newsOf(desk.kept))).toEqual([])
})

test('where nothing can be looked at, every experiment is recorded only, and says why', async () => {
  const { desk } = await opened('pid-1')
  const machine = desk.recording?.machine ?? null
  const why = 'Terminals are switched off here.'
  for (const one of experiments) expect(laneFor(one, machine, why)).toEqual({ real: false, why })
  const first = experiments[0]
  if (first === undefined || machine === null) throw new Error('nothing to try')
  expect(laneFor(first, null, null)).toBeNull()
  expect(laneFor(first, { ...machine, platform: 'darwin' }, null)?.real).toBe(false)
})
