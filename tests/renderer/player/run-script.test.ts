// The script of a run: typed, read after a pause, kept in a document, opened from it, followed through undo.
import { describe, expect, test } from 'vitest'
import type { KeptScript } from '@page/player/kept-script.ts'
import { RunPlayer } from '@page/player/run-player.svelte.ts'
import { RunScript } from '@page/player/run-script.svelte.ts'
import { HandClock, MemoryClient } from './rig.ts'

const input = { lab: 'deadlock', simulation: 'count', seed: 7, model: { nodes: [], edges: [] } }

/** A document that remembers every script it was given, for undo. */
class Home {
  entries: (KeptScript | null)[]
  writes = true
  constructor(first: KeptScript | null) {
    this.entries = [first]
  }
  kept(): KeptScript | null {
    return this.entries.at(-1) ?? null
  }
  keep(script: KeptScript): void {
    // as a document does: what comes back is an equal copy
    this.entries.push(structuredClone(script))
  }
  writable(): boolean {
    return this.writes
  }
}

async function started(first: KeptScript | null = null, crowded?: number) {
  const client = new MemoryClient()
  const clock = new HandClock()
  const player = await RunPlayer.open(client, input, clock)
  const home = new Home(first)
  const script = new RunScript(player, home, clock, crowded)
  const type = async (text: string, line = text.split('\n').length - 1): Promise<void> => {
    script.type(text)
    script.moveTo(line)
    await script.settle()
  }
  return { client, clock, player, home, script, type }
}

const stepsOf = (script: RunScript): (number | null)[] => script.lines.map(({ step }) => step)
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 0))

describe('typing', () => {
  test('is read after a pause, goes to the line of the cursor and is one entry of the document', async () => {
    const { clock, home, player, script } = await started()
    script.type('add 1')
    script.type('add 1\nadd 3')
    expect([clock.waits.length, script.text, player.current]).toEqual([1, 'add 1\nadd 3', 0])
    expect(clock.ring()).toBe(400)
    await settled()
    expect(player.state.status).toBe('The sum is 4')
    expect(script.currentLine).toBe(1)
    expect(home.entries.slice(1)).toEqual([{ script: { simulation: 'count', seed: 7, events: [1, 3] }, texts: [null] }])
  })

  test('comments and empty lines stay as they are typed and belong to what is kept', async () => {
    const { home, script, type } = await started()
    const text = '# begin\n\n  add 1  # one\nadd 2'
    await type(text)
    expect(script.text).toBe(text)
    expect(stepsOf(script)).toEqual([null, null, 1, 2])
    expect(home.kept()?.texts).toEqual([text])
  })

  test('a line that cannot be read or played is named with the reason, and nothing after it is played', async () => {
    const { home, player, script, type } = await started()
    await type('add 1\nadd nothing\nadd 2', 2)
    expect(script.problem).toEqual({ line: 1, from: 0, to: 11, message: 'Write add 1, add 2 or add 3.' })
    expect(stepsOf(script)).toEqual([1, null, null])
    expect(player.current).toBe(1)
    expect(home.kept()?.script.events).toEqual([1])
    await type('add 1\nadd 9\nadd 2', 2)
    expect(script.problem).toMatchObject({ line: 1, message: expect.stringMatching(/no event/) })
    await type('add 1\nadd 3\nadd 2', 0)
    expect([script.problem, player.current, player.way.lines.length]).toEqual([null, 1, 3])
    expect(home.kept()?.script.events).toEqual([1, 3, 2])
  })

  test('an edited line takes the place of what it said before and leaves no branch', async () => {
    const { player, script, type } = await started()
    await type('add 1\nadd 1\nadd 1')
    await type('add 1\nadd 2\nadd 1')
    expect(player.branches.length).toBe(1)
    expect(player.state.status).toBe('The sum is 4')
    await type('add 1\nadd 1\nadd 1')
    expect(player.steps.length).toBe(6) // the same steps again, not new ones
    await type('')
    expect([script.text, player.current, player.branch.length]).toEqual(['', 0, 1])
  })

  test('only what follows the first changed line is asked of the host', async () => {
    const { client, type } = await started()
    await type('add 1\nadd 1\nadd 1')
    const asked = client.log.filter((name) => name === 'runs.read').length
    await type('add 1\nadd 1\nadd 1\n# done')
    expect(client.log.filter((name) => name === 'runs.read').length).toBe(asked + 1)
  })

  test('steps that no way goes through any more are given up before they fill the run', async () => {
    const { client, player, script, type } = await started(null, 20)
    await script.choose(3)
    await player.toStart()
    await script.choose(1) // a branch, and the one that is typed into
    for (let round = 0; round < 30; round += 1) {
      await type(`# ${round}\nadd ${1 + (round % 2)}\nadd 1\nadd ${1 + (round % 3)}\nadd nothing`, 3)
      expect(player.error).toBeNull()
      expect(player.branches.length).toBe(2)
      expect(script.problem?.line).toBe(4)
      expect(player.steps.length).toBeLessThan(30)
    }
    expect(player.state.status).toBe('The sum is 6')
    expect(client.openRuns).toBe(1)
    await player.seekAlong(0, player.ways[0]?.tip ?? 0)
    expect([script.text, player.state.status]).toEqual(['add 3', 'The sum is 3'])
  })

  test('a drawing that can only be looked at is played and not changed', async () => {
    const { home, player, type } = await started()
    home.writes = false
    await type('add 2')
    expect([player.state.status, home.entries.length]).toEqual(['The sum is 2', 1])
  })
})

describe('a run and its text', () => {
  test('a chosen event is a line more; another one from an earlier step begins a branch with its own text', async () => {
    const { player, script, home } = await started()
    await script.choose(1)
    await script.choose(2)
    await player.seek(1)
    await script.choose(3)
    expect(script.text).toBe('add 1\nadd 3')
    expect(player.branches.length).toBe(2)
    expect(home.entries.length).toBe(1) // looked at, not kept
    await player.seekAlong(0, 1)
    expect(script.text).toBe('add 1\nadd 2')
    await script.keep()
    expect(home.kept()?.script).toEqual({
      simulation: 'count',
      seed: 7,
      events: [1, 2],
      branches: [{ name: 'Branch 1', after: 1, events: [3] }],
    })
  })

  test('recorded events are kept at once', async () => {
    const { home, script, player } = await started()
    script.recording = true
    await script.choose(1)
    expect(home.kept()?.script.events).toEqual([1])
    const node = (id: number) => ({ id: `n${id}`, kind: 'n', name: 'n' })
    await script.gesture({ nodes: [node(1), node(2), node(3)], edges: [] })
    expect(player.state.status).toBe('The sum is 3')
    expect(home.kept()?.script.events).toEqual([1, 2])
    await script.gesture({ nodes: [], edges: [] })
    expect(player.error).toBe('Only one to three can be added.')
    expect(home.kept()?.script.events).toEqual([1, 2])
  })

  test('a click on a line goes to its step, one on a comment to the step before', async () => {
    const { player, script, type } = await started()
    await type('# begin\nadd 1\n# between\nadd 2')
    for (const [line, step] of [
      [0, 0],
      [1, 1],
      [2, 1],
      [3, 2],
    ] as const) {
      script.moveTo(line)
      await settled()
      expect(player.current).toBe(step)
    }
  })

  test('generated events are the same for the same seed, and go through what is found', async () => {
    const one = await started()
    const two = await started()
    await one.script.generate(3, 600)
    await two.script.generate(3, 600)
    expect(one.script.text).toBe(two.script.text)
    expect(one.player.state.status).toBe('The sum is 6')
    expect(one.player.found?.finding).toMatchObject({ what: 'five', holds: false })
    await one.player.toFinding()
    expect(one.player.state.status).toBe('The sum is 5')
  })

  test('branches are named and removed', async () => {
    const { player, script, home } = await started()
    await script.choose(1)
    await player.toStart()
    await script.choose(2)
    await script.keep()
    await script.name(1, 'Two at once')
    expect(home.kept()?.script.branches?.[0]?.name).toBe('Two at once')
    await script.forget(1)
    expect(player.branches.map(({ id }) => id)).toEqual([0])
    expect(player.state.status).toBe('The sum is 1')
    expect(home.kept()?.script).toEqual({ simulation: 'count', seed: 7, events: [1] })
    await script.forget(0)
    expect(player.branches.length).toBe(1)
  })
})

describe('a document with a script', () => {
  const kept: KeptScript = {
    script: { simulation: 'count', seed: 7, events: [1, 2], branches: [{ name: 'Other', after: 1, events: [3, 1] }] },
    texts: ['# first\nadd 1\nadd 2', null],
  }

  test('opens with all its ways, names and texts, and is then just what is kept', async () => {
    const { player, script, home } = await started(kept)
    await script.open()
    expect(player.branches.map(({ name, tip }) => [name, tip])).toEqual([
      ['', 2],
      ['Other', 4],
    ])
    expect(script.text).toBe('# first\nadd 1\nadd 2')
    expect([script.kept, home.entries.length, player.current]).toEqual([true, 1, 0])
    await player.seekAlong(1, 4)
    expect(script.text).toBe('add 1\nadd 3\nadd 1')
  })

  test('a text that says something else than the events is not taken', async () => {
    const { script } = await started({ ...kept, texts: ['add 3', null] })
    await script.open()
    expect(script.text).toBe('add 1\nadd 2')
  })

  test('events that are not possible any more stay as lines, with the reason', async () => {
    const { script, home } = await started({
      script: { ...kept.script, events: [1, 9, 2], branches: [] },
      texts: [null],
    })
    await script.open()
    expect(script.lines[0]).toEqual({ text: 'add 1', step: 1 })
    expect(script.problem).toMatchObject({ line: 1, message: expect.stringMatching(/no event/) })
    expect(home.entries.length).toBe(1)
  })

  test('undo in the document is followed, the taking back of its first script too', async () => {
    const { home, player, script, type } = await started()
    await script.choose(1)
    await type('add 1\nadd 1')
    await type('add 1\nadd 1\nadd 2')
    home.entries.pop()
    await script.follow()
    expect([script.text, player.state.status]).toEqual(['add 1\nadd 1', 'The sum is 2'])
    home.entries.pop()
    await script.follow()
    expect([home.kept(), script.text, player.state.status]).toEqual([null, 'add 1', 'The sum is 1'])
  })
})
