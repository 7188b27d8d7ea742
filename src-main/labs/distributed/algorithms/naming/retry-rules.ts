// What must hold, or is given up, in runs of remote calls: told from what the server carried out.
import { namingTexts } from '../../model/naming-texts.ts'
import type { Rule } from '../../network/properties.ts'

const texts = namingTexts.retry.rules

/** What the rules look at in a node's state. */
interface Caller {
  readonly executed: readonly (readonly number[])[]
  readonly failed: readonly number[]
}

const nameAt = (names: readonly string[] | undefined, node: number): string => names?.[node] ?? ''

/**
 * A call that was carried out more than once.
 * @returns the client's index, the call's number from 1, and how often; null where there is none
 */
export function carriedOutAgain(states: readonly Caller[]): { client: number; number: number; times: number } | null {
  for (const { executed } of states) {
    for (const [client, calls] of executed.entries()) {
      const place = calls.findIndex((times) => times > 1)
      if (place !== -1) return { client, number: place + 1, times: calls[place] ?? 0 }
    }
  }
  return null
}

export const carriedOutOnce: Rule = {
  id: 'carried-out-once',
  title: texts.once.title,
  what: texts.once.what,
  check(_, world) {
    const states = world.states as readonly Caller[]
    const again = carriedOutAgain(states)
    const server = states.findIndex(({ executed }) => executed.length > 0)
    if (again === null) {
      const count = states[server]?.executed.flat().filter((times) => times > 0).length ?? 0
      return { holds: true, sentence: texts.once.kept(count), nodes: [] }
    }
    const call = namingTexts.call(nameAt(world.setup.selves[0]?.names, again.client), again.number)
    return { holds: false, sentence: texts.once.broken(call, again.times), nodes: [again.client, server] }
  },
}

export const allAnswered: Rule = {
  id: 'calls-answered',
  title: texts.answered.title,
  what: texts.answered.what,
  atRest: true,
  check(_, world) {
    const states = world.states as readonly Caller[]
    const node = states.findIndex(({ failed }) => failed.length > 0)
    if (node === -1) return { holds: true, sentence: texts.answered.kept, nodes: [] }
    const failed = states[node]?.failed ?? []
    const executed = states.find((state) => state.executed.length > 0)?.executed[node] ?? []
    const done = failed.filter((number) => (executed[number - 1] ?? 0) > 0).length
    const name = nameAt(world.setup.selves[0]?.names, node)
    return { holds: false, sentence: texts.answered.broken(name, failed.length, done), nodes: [node] }
  },
}
