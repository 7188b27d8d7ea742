// A replay on a clock of the test: no step is passed over, seeking shows what playing shows, questions stop the clock.
import { expect, test } from 'vitest'
import type { Walkthrough, WalkthroughStep } from '@contract/walkthrough.ts'
import { Replay } from '@page/walkthrough/replay.svelte.ts'

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

function rig(steps: Partial<WalkthroughStep>[]) {
  const due: (() => void)[] = []
  const shown: number[] = []
  const told: Walkthrough = {
    title: '',
    start: { nodes: [], edges: [], notes: [], positions: {}, fields: {} },
    steps: steps.map((step, index) => ({ id: `s${index + 1}`, ms: 1_000, caption: '', changes: [], ...step })),
  }
  const clock = {
    after: (_: number, then: () => void) => {
      due.push(then)
      return () => void due.splice(due.indexOf(then), 1)
    },
  }
  const show = (index: number): Promise<void> => {
    shown.push(index)
    return Promise.resolve()
  }
  const replay = new Replay(told, show, clock)
  const run = async (ticks: number): Promise<void> => {
    for (let tick = 0; tick < ticks; tick += 1) {
      due.shift()?.()
      await settled()
    }
  }
  return { replay, shown, run }
}

test('every step is shown once and in order, however short it is, and the replay ends at its end', async () => {
  const { replay, shown, run } = rig([{}, { ms: 20 }, { ms: 1 }, { ms: 500 }])
  replay.setSpeed(2)
  replay.play()
  await run(40)
  expect(shown).toEqual([1, 2, 3])
  expect(replay.time).toBe(replay.length)
  expect([replay.playing, replay.atEnd]).toEqual([false, true])
})

test('twice the speed takes half as many ticks', async () => {
  const slow = rig([{}, {}])
  slow.replay.play()
  await slow.run(10)
  expect(slow.replay.index).toBe(1)
  const fast = rig([{}, {}])
  fast.replay.setSpeed(2)
  fast.replay.play()
  await fast.run(5)
  expect(fast.replay.index).toBe(1)
})

test('pausing stops the clock, and playing goes on from there', async () => {
  const { replay, run } = rig([{}, {}])
  replay.play()
  await run(3)
  replay.pause()
  await run(20)
  expect(replay.time).toBe(300)
  replay.play()
  await run(7)
  expect(replay.index).toBe(1)
})

test('a question stops the clock at the end of its step until it is answered', async () => {
  const question = {
    text: 'Which?',
    answers: [
      { text: 'a', right: true },
      { text: 'b', right: false },
    ],
  }
  const { replay, shown, run } = rig([{ question }, {}])
  replay.play()
  await run(30)
  expect([replay.asking, replay.playing, replay.index]).toEqual([true, false, 0])
  expect(shown).toEqual([])
  replay.play()
  expect(replay.playing).toBe(false)
  replay.give(1)
  expect(replay.answer).toBe(1)
  replay.goOn()
  await settled()
  expect([replay.asking, replay.playing, replay.index]).toEqual([false, true, 1])
  replay.seek(0)
  await run(30)
  expect(replay.asking).toBe(false)
})

test('seeking quickly shows the place where one ends', async () => {
  const { replay, shown } = rig([{}, {}, {}, {}])
  for (const time of [1_000, 2_500, 3_999, 2_000]) replay.seek(time)
  await replay.shown()
  expect(shown.at(-1)).toBe(2)
  expect(replay.index).toBe(2)
})
