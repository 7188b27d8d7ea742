// What happens when nodes crash and messages are lost or doubled: where a token is made anew, and what stops everybody.
import { describe, expect, test } from 'vitest'
import { central } from '../../../../../src-main/labs/distributed/algorithms/exclusion/central.ts'
import { ricartAgrawala } from '../../../../../src-main/labs/distributed/algorithms/exclusion/ricart-agrawala.ts'
import { suzukiKasami } from '../../../../../src-main/labs/distributed/algorithms/exclusion/suzuki-kasami.ts'
import { tokenRing } from '../../../../../src-main/labs/distributed/algorithms/exclusion/token-ring.ts'
import type { DistributedModel } from '../../../../../src-main/labs/distributed/model/schema.ts'
import type { World } from '../../../../../src-main/labs/distributed/network/world.ts'
import { play, ringOfNodes, worldOf } from './networks.ts'

type Plan = NonNullable<DistributedModel['plan']>

const start = (node: number, at: number): Plan[number] => ({ do: 'start', at, node: `n${node}` })
const crash = (node: number, at: number): Plan[number] => ({ do: 'crash', at, node: `n${node}` })
const recover = (node: number, at: number): Plan[number] => ({ do: 'recover', at, node: `n${node}` })

const ring = (count: number, plan: Plan, settings: Record<string, number> = {}): World =>
  worldOf(ringOfNodes(count, { plan, settings: { hold: 20, rest: 5, limit: 2, ...settings } }), tokenRing)

/** Takes away every token that is on its way. */
function dropToken(world: World): void {
  for (const one of world.queue.items().slice()) {
    if (one.kind === 'message' && one.body.kind === 'TOKEN') world.drop(one.id)
  }
}

const tokenSent = (world: World): boolean => world.last?.sent.some(({ body }) => body.kind === 'TOKEN') ?? false

describe('the token ring', () => {
  test('wakes a token that rests, wherever it does', () => {
    for (let asker = 0; asker < 5; asker += 1) {
      const { entries, waiting, world } = play(ring(5, [start(asker, 2000)]))
      expect(waiting).toEqual([])
      expect(entries[asker]).toBe(1)
      expect(world.now).toBeGreaterThan(2000)
    }
  })

  test('waits for ever for a lost token while nobody watches', () => {
    const world = ring(4, [start(2, 0)], { repair: 0 })
    while (!tokenSent(world)) world.step()
    dropToken(world)
    expect(play(world)).toMatchObject({ waiting: [2], together: 0 })
  })

  test('makes a lost token anew at the lowest node, with a higher generation', () => {
    const world = ring(4, [start(2, 0)], { repair: 0, patience: 50 })
    while (!tokenSent(world)) world.step()
    dropToken(world)
    const makers: number[] = []
    const { entries, together } = play(world, (one) => {
      const went = one.step()
      if (one.last?.notes.some(({ text }) => text.includes('generation')) === true) makers.push(one.last.node)
      return went
    })
    expect(entries).toEqual([0, 0, 1, 0])
    expect(together).toBe(1)
    expect(makers).toEqual([0])
    expect(tokenRing.look(world.states[2] as never, world.setup.selves[2] as never).cells[2]).toBe('2')
  })

  test('which node makes it depends on which live', () => {
    const makersOf = (crashed: number): number[] => {
      const makers: number[] = []
      const world = ring(4, [start(crashed, 0), start(3, 10), crash(crashed, 60)], { patience: 50, hold: 100 })
      const { entries, waiting, together } = play(world, (one) => {
        const went = one.step()
        if (one.last?.notes.some(({ text }) => text.includes('for lost')) === true) makers.push(one.last.node)
        return went
      })
      expect({ entries: entries[3], waiting, together }).toEqual({ entries: 1, waiting: [], together: 1 })
      return makers
    }
    // It crashes with the token, inside.
    expect(makersOf(2)).toEqual([0])
    expect(makersOf(0)).toEqual([1])
  })

  test('gives up when no token comes back on a broken ring, so that the run ends', () => {
    const world = ring(4, [crash(2, 0), start(1, 20), start(3, 3000)], { repair: 0, patience: 50 })
    const notes: string[] = []
    const { entries, waiting } = play(world, (one) => {
      const went = one.step()
      for (const { text } of one.last?.notes ?? []) notes.push(text)
      return went
    })
    expect({ entries, waiting }).toEqual({ entries: [0, 1, 0, 1], waiting: [] })
    expect(notes).toContain('gives up: no token that it makes comes back')
  })

  test('throws an old token away that turns up again', () => {
    const world = ring(4, [start(2, 200)], { patience: 50, limit: 50 })
    while (!tokenSent(world)) world.step()
    const token = world.queue.items().find((one) => one.kind === 'message')
    world.delay(token?.id ?? -1, 1500)
    const notes: string[] = []
    const { entries, together } = play(world, (one) => {
      const went = one.step()
      for (const { text } of one.last?.notes ?? []) notes.push(text)
      return went
    })
    expect(notes).toContain('throws away an old token')
    expect(entries).toEqual([0, 0, 1, 0])
    expect(together).toBe(1)
  })

  test('takes a token only once when the network doubles every message', () => {
    const model = ringOfNodes(5, { network: { duplicates: 100, spread: 30 }, settings: { entries: 3 } })
    const { entries, together } = play(worldOf(model, tokenRing, 4))
    expect(together).toBe(1)
    expect(entries).toEqual([3, 3, 3, 3, 3])
  })

  test('goes past crashed nodes, and back to them when they live again', () => {
    const world = ring(5, [crash(1, 0), crash(2, 0), start(3, 1), recover(2, 1500), start(2, 2000), start(4, 2000)])
    expect(play(world)).toMatchObject({ entries: [0, 0, 1, 1, 1], waiting: [], together: 1 })
  })

  test('is used by the last node that lives', () => {
    const world = ring(3, [crash(1, 0), crash(2, 0), start(0, 1), start(0, 900)], { limit: 1 })
    expect(play(world)).toMatchObject({ entries: [2, 0, 0], waiting: [] })
  })

  test('survives what the network loses by chance', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const model = ringOfNodes(5, { network: { loss: 20 }, settings: { entries: 4 } })
      const { together, waiting, entries } = play(worldOf(model, tokenRing, seed))
      expect({ together, waiting, entries }).toEqual({ together: 1, waiting: [], entries: [4, 4, 4, 4, 4] })
    }
  })
})

describe('nodes that crash elsewhere', () => {
  test('nobody enters any more when the coordinator has crashed', () => {
    const model = ringOfNodes(4, { plan: [start(1, 0), crash(0, 100), start(2, 200), start(3, 200)] })
    expect(play(worldOf(model, central))).toMatchObject({ entries: [0, 1, 0, 0], waiting: [2, 3] })
  })

  test('a coordinator that has forgotten everything lets a second one in', () => {
    const plan = [start(1, 0), crash(0, 50), recover(0, 60), start(2, 70)]
    const world = worldOf(ringOfNodes(3, { plan, settings: { hold: 200 } }), central)
    expect(play(world).together).toBe(2)
  })

  test('another coordinator can be named by its id', () => {
    const world = worldOf(ringOfNodes(4, { settings: { coordinator: 3 } }, [0, 3]), central)
    const { entries } = play(world)
    expect(entries).toEqual([1, 0, 0, 1])
    expect(world.sentBy).toEqual([2, 0, 0, 1])
  })

  test('one silent node stops everybody under Ricart and Agrawala', () => {
    const model = ringOfNodes(3, { plan: [crash(2, 0), start(0, 1), start(1, 5)] })
    expect(play(worldOf(model, ricartAgrawala)).waiting).toEqual([0, 1])
  })

  test('with Suzuki and Kasami a node comes back without a token of its own, and its requests still count', () => {
    const plan = [start(1, 0), start(1, 200), crash(1, 500), recover(1, 510), start(0, 600), start(1, 700)]
    const lost = play(worldOf(ringOfNodes(3, { plan }), suzukiKasami))
    // It had the token when it crashed, so nobody gets in any more; but there is no second one either.
    expect(lost).toMatchObject({ entries: [0, 2, 0], waiting: [0, 1] })
    const passed = [start(1, 0), start(2, 200), crash(1, 500), recover(1, 510), crash(0, 520), recover(0, 530)]
    const found = play(worldOf(ringOfNodes(3, { plan: [...passed, start(1, 700), start(0, 800)] }), suzukiKasami))
    expect(found).toMatchObject({ entries: [1, 2, 1], waiting: [], together: 1 })
  })
})
