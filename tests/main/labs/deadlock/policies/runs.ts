// What a comparison says of its runs, read tick by tick, with a reduction of its own. Shares no code with the engine.
import type { PoliciesOutput, PolicyRun } from '../../../../../src-main/labs/deadlock/model/policies.ts'
import { policies } from '../../../../../src-main/labs/deadlock/operations/policies.ts'
import { everyPolicy, type Work } from './random-work.ts'

export const compare = ({ model, script }: Work, chosen: unknown = everyPolicy, more: object = {}): PoliciesOutput =>
  policies.run({ model, script, policies: chosen, ...more })

/** What each process holds and asks for at a tick. */
export const at = (run: PolicyRun, tick: number) =>
  run.holdings.map((changes) => changes.filter((change) => change.tick <= tick).at(-1)!)

export const activity = (run: PolicyRun, process: number, tick: number) =>
  run.spans[process]!.find(({ from, to }) => from <= tick && tick < to)?.activity

/** Who can never go on by what is asked for and held, by trying everybody again and again. */
export function stuckAt(output: PoliciesOutput, run: PolicyRun, tick: number): number[] {
  const now = at(run, tick)
  const work = output.types.map(({ units }, type) => units - now.reduce((sum, { holds }) => sum + holds[type]!, 0))
  let left = now.map((_, process) => process)
  for (;;) {
    const goes = left.find((process) => now[process]!.asks.every((units, type) => units <= work[type]!))
    if (goes === undefined) return left
    now[goes]!.holds.forEach((units, type) => (work[type]! += units))
    left = left.filter((process) => process !== goes)
  }
}
