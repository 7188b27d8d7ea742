// Predict, then run, over runs of the real engine: the question looks ahead without going there, and answers are counted.
import { beforeEach, describe, expect, test } from 'vitest'
import { Prediction } from '@page/player/predict/prediction.svelte.ts'
import { RunPlayer } from '@page/player/run-player.svelte.ts'
import { HandClock, MemoryClient } from '../rig.ts'

const input = { lab: 'deadlock', simulation: 'count', seed: 7, model: { nodes: [], edges: [] } }
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 0))

let player: RunPlayer
let prediction: Prediction
beforeEach(async () => {
  player = await RunPlayer.open(new MemoryClient(), input, new HandClock())
  prediction = new Prediction(player)
})

describe('predicting', () => {
  test('asks nothing until it is on', async () => {
    await player.next()
    expect(prediction.question).toBeNull()
  })

  test('asks for what the next step will say, and stays where it is', async () => {
    prediction.toggle()
    await settled()
    expect(prediction.question).toMatchObject({ kind: 'numbers', values: ['1'] })
    expect([player.current, player.steps.length, player.branches.length]).toEqual([0, 1, 1])
  })

  test('counts answers, and asks anew after the step', async () => {
    prediction.toggle()
    await settled()
    prediction.given = ['1']
    prediction.judge()
    expect([prediction.judged, prediction.right, prediction.asked]).toEqual([[true], 1, 1])
    await player.next()
    await settled()
    expect([player.state.status, prediction.judged]).toEqual(['The sum is 1', null])
    prediction.given = ['7']
    prediction.judge()
    prediction.judge()
    expect([prediction.judged, prediction.right, prediction.asked]).toEqual([[false], 1, 2])
  })

  test('does not count an answer that was shown, nor judge one that is not complete', async () => {
    prediction.toggle()
    await settled()
    prediction.judge()
    expect([prediction.judged, prediction.asked]).toEqual([null, 0])
    prediction.show()
    expect([prediction.judged, prediction.asked]).toEqual([[false], 0])
  })

  test('asks about the step that was played before, where the run has gone back', async () => {
    await player.apply(3)
    await player.back()
    prediction.toggle()
    await settled()
    expect(prediction.question).toMatchObject({ values: ['3'] })
  })

  test('has nothing to ask where nothing more can happen', async () => {
    await player.apply(3)
    await player.apply(3)
    prediction.toggle()
    await settled()
    expect([prediction.question, prediction.ready]).toEqual([null, true])
  })
})
