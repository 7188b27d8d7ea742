// The player over runs of the real engine: forth, back, branches, playing, and a host that forgets.
import { describe, expect, test } from 'vitest'
import type { RunStep } from '@contract/run.ts'
import { RunPlayer } from '@page/player/run-player.svelte.ts'
import { HandClock, MemoryClient } from './rig.ts'

const input = { lab: 'deadlock', simulation: 'count', seed: 7, model: { nodes: [], edges: [] } }

async function started(): Promise<{ player: RunPlayer; client: MemoryClient; clock: HandClock }> {
  const client = new MemoryClient()
  const clock = new HandClock()
  return { player: await RunPlayer.open(client, input, clock), client, clock }
}

const texts = (player: RunPlayer): string[] => player.branch.map((step) => player.steps[step]?.text ?? '')
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 0))

describe('going along a run', () => {
  test('starts at the initial state, from which there is no way back', async () => {
    const { player } = await started()
    expect(player.current).toBe(0)
    expect(player.state.status).toBe('The sum is 0')
    expect([player.canBack, player.canNext]).toEqual([false, true])
    expect(texts(player)).toEqual(['Begin at nothing'])
  })

  test('takes the first possible event, steps back to the parent, and goes on along the same branch', async () => {
    const { player, client } = await started()
    await player.apply(3)
    await player.next()
    expect(texts(player)).toEqual(['Begin at nothing', '0 + 3', '3 + 1'])
    await player.back()
    await player.back()
    expect(player.current).toBe(0)
    const asked = client.log.length
    await player.next()
    expect(player.state.status).toBe('The sum is 3')
    expect(player.steps.length).toBe(3)
    expect(client.log.length).toBe(asked) // a state that was shown is not asked for again
  })

  test('does every one of several quick presses, in their order', async () => {
    const { player } = await started()
    await Promise.all([player.next(), player.next(), player.back(), player.next(), player.next()])
    expect(player.state.status).toBe('The sum is 3')
    expect(player.steps.length).toBe(4)
    expect(player.busy).toBe(false)
  })

  test('cannot go on where nothing is possible', async () => {
    const { player } = await started()
    await player.apply(3)
    await player.apply(3)
    expect(player.canNext).toBe(false)
    await player.next()
    expect(player.state.status).toBe('The sum is 6')
    await player.back()
    expect(player.canNext).toBe(true)
  })

  test('to the end plays on until something is found; from an earlier step it goes to the tip', async () => {
    const { player } = await started()
    await player.toEnd()
    expect(player.state.status).toBe('The sum is 5')
    expect(player.step?.finding?.sentence).toBe('It is five.')
    await player.toStart()
    expect(player.current).toBe(0)
    await player.toEnd()
    expect(player.state.status).toBe('The sum is 5')
    expect(player.steps.length).toBe(6)
  })

  test('an event that is not possible is said and changes nothing', async () => {
    const { player } = await started()
    await player.apply(9)
    expect(player.error).toMatch(/no event/)
    expect([player.current, player.steps.length]).toEqual([0, 1])
    await player.next()
    expect(player.error).toBeNull()
  })
})

describe('branches', () => {
  test('another event from an earlier step begins a branch, and both stay', async () => {
    const { player } = await started()
    await player.next()
    await player.next()
    await player.seek(1)
    await player.apply(3)
    expect(texts(player)).toEqual(['Begin at nothing', '0 + 1', '1 + 3'])
    expect(player.branches).toEqual([
      { way: 0, id: 0, name: '', first: 0, from: null, level: 0, tip: 2 },
      { way: 1, id: 1, name: '', first: 3, from: 1, level: 1, tip: 3 },
    ])
    await player.seek(2)
    expect(texts(player)).toEqual(['Begin at nothing', '0 + 1', '1 + 1'])
    await player.toStart()
    expect(player.branch).toEqual([0, 1, 2]) // the branch chosen last is the one that goes on
  })

  test('an event played before leads to the step it led to then', async () => {
    const { player } = await started()
    await player.apply(2)
    await player.toStart()
    await player.apply(2)
    expect(player.steps.length).toBe(2)
    expect(player.branches.length).toBe(1)
  })
})

describe('playing', () => {
  test('makes a step at once and then one per tick at its speed, and stops where something is found', async () => {
    const { player, clock } = await started()
    player.setSpeed(4)
    player.play()
    await settled()
    expect(player.state.status).toBe('The sum is 1')
    for (const sum of [2, 3, 4]) {
      expect(clock.ring()).toBe(250)
      await settled()
      expect(player.state.status).toBe(`The sum is ${sum}`)
      expect(player.playing).toBe(true)
    }
    clock.ring()
    await settled()
    expect(player.state.status).toBe('The sum is 5')
    expect(player.playing).toBe(false)
    expect(clock.waits).toEqual([])
  })

  test('a press of another button, a new speed and closing leave no tick behind', async () => {
    const { player, clock } = await started()
    player.play()
    await settled()
    player.setSpeed(8)
    expect(clock.waits.map(({ milliseconds }) => milliseconds)).toEqual([125])
    await player.back()
    expect([player.playing, clock.waits.length]).toEqual([false, 0])
    player.play()
    await settled()
    player.close()
    expect(clock.waits).toEqual([])
  })
})

describe('listeners and the end', () => {
  test('a listener hears the state at once, every further one, and null at the end', async () => {
    const { player, client } = await started()
    const heard: (string | null)[] = []
    player.onState((state) => heard.push(state?.status ?? null))
    await player.next()
    player.close()
    player.close()
    await settled()
    expect(heard).toEqual(['The sum is 0', 'The sum is 1', null])
    expect(client.openRuns).toBe(0)
  })

  test('an answer that comes after closing is not shown', async () => {
    const { player } = await started()
    const heard: unknown[] = []
    player.onState((state) => heard.push(state?.status ?? null))
    const going = player.next()
    player.close()
    await going
    expect(heard).toEqual(['The sum is 0', null])
  })
})

describe('a host that was away', () => {
  test('a run it forgot is opened again and its whole tree repeated, with the same steps', async () => {
    const { player, client } = await started()
    await player.apply(1)
    await player.apply(1)
    await player.seek(1)
    await player.apply(2)
    const before = JSON.stringify(player.steps)
    client.forget()
    await player.apply(2)
    expect(player.error).toBeNull()
    expect(player.state.status).toBe('The sum is 5')
    expect(JSON.stringify(player.steps.slice(0, 4))).toBe(before)
    expect(player.steps[4]?.parent).toBe(3)
  })

  test('a run that cannot be repeated as it was is said, and no half repeated one stays open', async () => {
    const { player, client } = await started()
    await player.apply(1)
    await player.apply(2)
    const call = client.call.bind(client)
    client.call = async (name, input) => {
      const answer = await call(name, input)
      // a host of another version, which numbers its steps otherwise
      return name === 'runs.play' && typeof answer === 'object' && answer !== null && 'refused' in answer
        ? {
            ...answer,
            steps: ((answer as { steps?: unknown }).steps as RunStep[]).map((step) => ({
              ...step,
              step: step.step + 90,
            })),
          }
        : answer
    }
    client.forget()
    await player.next()
    expect(player.error).toMatch(/could not be repeated/)
    expect([player.current, client.openRuns]).toEqual([2, 0])
  })

  test('while the connection is broken the run stays where it is and goes on afterwards', async () => {
    const { player, client } = await started()
    await player.next()
    client.offline = true
    await player.next()
    expect(player.error).toMatch(/connection/)
    expect(player.state.status).toBe('The sum is 1')
    client.offline = false
    client.forget()
    await player.next()
    expect([player.error, player.state.status]).toEqual([null, 'The sum is 2'])
  })
})
