// The walkthroughs that are shipped, one for each lab: two minutes that can be read, shown and answered, and whose words
// about verdicts and runs are what the engine and, where there is one, a count of the test's own say.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseDocument } from '../../../src-main/contract/document-text.ts'
import type { LabEngine } from '../../../src-main/contract/lab.ts'
import type { Walkthrough } from '../../../src-main/contract/walkthrough.ts'
import { drawingOf, lengthOf, pictureAfter } from '../../../src-main/contract/walkthrough-edits.ts'
import { labs } from '../../../src-main/labs/index.ts'
import { createRun } from '../../../src-main/simulation/run.ts'

const MOST_LETTERS = 42
const MOST_LINES = 2
const LETTERS_A_SECOND = 17

function told(lab: LabEngine): { id: string; walkthrough: Walkthrough; title: string }[] {
  return lab.samples.flatMap((id) => {
    const url = new URL(`../../../src-main/labs/${lab.id}/samples/${id}.interlock`, import.meta.url)
    const { document } = parseDocument(readFileSync(url, 'utf8'), () => lab.model)
    const { walkthrough } = document
    return walkthrough === undefined ? [] : [{ id, walkthrough, title: document.title }]
  })
}

const all = labs.flatMap((lab) => told(lab).map((one) => [one.id, lab, one.walkthrough] as const))

/** Labs whose documents are drawings: only those can be told yet. */
const drawn = labs.filter(({ model }) => model.nodeKinds.length > 0)

test.each(drawn.map((lab) => [lab.id, lab] as const))('the lab %s comes with exactly one walkthrough', (_, lab) => {
  expect(told(lab)).toHaveLength(1)
})

const modelAt = (lab: LabEngine, walkthrough: Walkthrough, index: number) =>
  lab.model.schema.parse(drawingOf(pictureAfter(walkthrough, index)).model)

/** The run as it stands at a step; every event has been possible. */
function runAt(lab: LabEngine, walkthrough: Walkthrough, index: number) {
  const place = walkthrough.steps[index]?.run
  const simulation = place === undefined ? undefined : lab.simulations[place.simulation]
  if (place === undefined || simulation === undefined) throw new Error(`step ${index + 1} stands in no run`)
  const run = createRun(simulation, modelAt(lab, walkthrough, index), place.seed)
  const { steps, refused } = run.play(0, place.events)
  expect(refused).toBeNull()
  expect(steps).toHaveLength(place.events.length)
  return { run, state: run.stateAt(place.events.length) }
}

describe.each(all)('%s', (_, lab, walkthrough) => {
  test('takes about two minutes, in chapters, and asks', () => {
    expect(lengthOf(walkthrough)).toBeGreaterThanOrEqual(100_000)
    expect(lengthOf(walkthrough)).toBeLessThanOrEqual(140_000)
    expect(walkthrough.steps[0]?.chapter).toBeDefined()
    expect(walkthrough.steps.filter(({ chapter }) => chapter !== undefined).length).toBeGreaterThanOrEqual(3)
    const questions = walkthrough.steps.flatMap(({ question }) => (question === undefined ? [] : [question]))
    expect(questions.length).toBeGreaterThanOrEqual(1)
    for (const { answers, why } of questions) {
      expect(answers.filter(({ right }) => right)).toHaveLength(1)
      expect(why).not.toBe('')
    }
  })

  test('says nothing that is too long for its lines or its time', () => {
    for (const { caption, ms } of walkthrough.steps) {
      const lines = caption.split('\n')
      expect(lines.length).toBeLessThanOrEqual(MOST_LINES)
      for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(MOST_LETTERS)
      expect(caption).not.toBe('')
      expect(caption.length / (ms / 1000), caption).toBeLessThanOrEqual(LETTERS_A_SECOND)
    }
  })

  test('shows a drawing of its lab in every step, with records that are selected there, inside a small canvas', () => {
    for (const [index, { selection = [] }] of walkthrough.steps.entries()) {
      const picture = pictureAfter(walkthrough, index)
      const model = modelAt(lab, walkthrough, index)
      expect(lab.model.faults(model)).toEqual([])
      const ids = [...picture.nodes, ...picture.edges].map(({ id }) => id)
      for (const id of selection) expect(ids).toContain(id)
      const { nodes } = lab.model.picture(model, { positions: picture.positions }, {})
      for (const { x, y, width, height } of nodes) {
        expect(Math.min(x - width / 2, y - height / 2)).toBeGreaterThanOrEqual(0)
        expect(x + width / 2).toBeLessThanOrEqual(900)
        expect(y + height / 2).toBeLessThanOrEqual(520)
      }
    }
  })

  test('steps a run whose events are all possible', () => {
    const inRun = walkthrough.steps.flatMap(({ run }, index) => (run === undefined ? [] : [index]))
    expect(inRun.length).toBeGreaterThan(0)
    for (const index of inRun) runAt(lab, walkthrough, index)
    expect(walkthrough.steps.some(({ run }) => (run?.events.length ?? 0) > 0)).toBe(true)
  })
})

/** The step in which something is said, by some of its words. */
function saying(id: string, words: RegExp) {
  const [, lab, walkthrough] = all.find(([one]) => one === id) ?? []
  if (lab === undefined || walkthrough === undefined) throw new Error(`no walkthrough ${id}`)
  const index = walkthrough.steps.findIndex(({ caption }) => words.test(caption.replace(/\s+/g, ' ')))
  if (index === -1) throw new Error(`${id} nowhere says ${String(words)}`)
  return { lab, walkthrough, index, verdict: () => lab.verdict(modelAt(lab, walkthrough, index)) }
}

describe('what is said of verdicts is what they are', () => {
  test.each([
    ['told-ring', /nothing can stop it/, /^No deadlock$/],
    ['told-ring', /both can still finish/, /^No deadlock$/],
    ['told-ring', /No deadlock yet/, /^No deadlock$/],
    ['told-ring', /This is a deadlock/, /^Deadlock$/],
    ['told-ring', /The arrows still go round/, /^No deadlock$/],
    ['told-ring', /always is a deadlock/, /^Deadlock$/],
    ['told-ring', /a warning only/, /^No deadlock$/],
    ['told-election', /so P5 leads here/, /^P5 leads$/],
    ['told-election', /nine messages/, /^P4 leads$/],
    ['told-election', /All five alive/, /^P5 leads$/],
  ])('%s: %s', (id, words, word) => expect(saying(id, words).verdict().word).toMatch(word))

  test('told-election counts as many messages as the engine does', () => {
    expect(saying('told-election', /nine messages/).verdict().sentence).toContain('9 messages')
    expect(saying('told-election', /ten messages/).verdict().sentence).toContain('10 messages')
  })
})

describe('what is said of runs is what they do', () => {
  test('the reduction is stuck at once with one unit of R1, and at its end with two', () => {
    const stuck = saying('told-ring', /no unit is free/)
    expect(runAt(stuck.lab, stuck.walkthrough, stuck.index).run.generate(0, 10, 1)).toEqual([])
    const done = saying('told-ring', /Nobody is left over/)
    const { run } = runAt(done.lab, done.walkthrough, done.index)
    expect(run.generate(run.length - 1, 10, 1)).toEqual([])
    expect(done.walkthrough.steps[done.index]?.run?.events).toHaveLength(2)
  })

  test.each([
    [/P2 sends ELECTION/, /^P2 begins/],
    [/P4 compares/, /^P4 gets ELECTION .*highest 2/],
    [/passes the message on to P5|message on to P5/, /^P1 gets ELECTION .*highest 4/],
    [/the message is lost/, /^P5 is crashed: ELECTION from P1 is lost/],
    [/P1 passes over P5/, /^P1 gets no word from P5/],
    [/message on to P2/, /^P3 gets ELECTION .*highest 4/],
    [/4 is the highest alive/, /^P2 gets ELECTION .*highest 4/],
    [/First P4 does/, /^P4 gets COORDINATOR/],
    [/P1 and P3 learn it too/, /^P3 gets COORDINATOR/],
    [/Home again/, /^P2 gets COORDINATOR/],
  ])('the election: %s', (words, text) => {
    const { lab, walkthrough, index } = saying('told-election', words)
    const { run } = runAt(lab, walkthrough, index)
    expect(run.steps(run.length - 1, 1)[0]?.text).toMatch(text)
  })

  test('the election is over when all have learnt it', () => {
    const { lab, walkthrough, index } = saying('told-election', /Home again/)
    expect(runAt(lab, walkthrough, index).state.status).toContain('nothing more is to come. 9 messages')
  })

  /** Rounds of pre-copy: what is left after each, by hand; the published formula is written * sent / carried. */
  const rounds = (memory: number, carried: number, written: number): number[] => {
    const left = [memory]
    while ((left.at(-1) ?? 0) > carried * 0.3 && left.length < 20) {
      left.push(Math.min(memory, (written * (left.at(-1) ?? 0)) / carried))
    }
    return left
  }

  test('a move that ends: what is left after each round, and how long it stands still', () => {
    const [first = 0, second = 0, third = 0] = rounds(4096, 500, 100).slice(1)
    expect([first, second, third].map(Math.round)).toEqual([819, 164, 33])
    expect(Math.round((third / 500) * 1000)).toBe(66)
    for (const [words, status] of [
      [/819 MiB were written/, '819.2 MiB are left'],
      [/now 164 MiB are left/, '163.8 MiB are left'],
      [/33 MiB are left/, '32.8 MiB are left'],
      [/66 ms/, 'it stood still for 65.5 ms'],
    ] as const) {
      const { lab, walkthrough, index } = saying('told-migration', words)
      expect(runAt(lab, walkthrough, index).state.status).toContain(status)
    }
  })

  test('a move that never ends, and what helps', () => {
    expect(new Set(rounds(4096, 500, 600))).toEqual(new Set([4096]))
    for (const words of [/all 4096 MiB/, /again after the second/]) {
      const { lab, walkthrough, index } = saying('told-migration', words)
      expect(runAt(lab, walkthrough, index).state.status).toContain('4096 MiB are left')
    }
    const helped = saying('told-migration', /a stop of 94 ms/)
    const left = rounds(4096, 2500, 600)
    expect(left).toHaveLength(3)
    expect(Math.round(((left.at(-1) ?? 0) / 2500) * 1000)).toBe(94)
    expect(runAt(helped.lab, helped.walkthrough, helped.index).state.status).toContain('stood still for 94.4 ms')
  })
})
