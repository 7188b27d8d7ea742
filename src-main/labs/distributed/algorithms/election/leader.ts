// How any election looks from outside: whom a node takes for the leader, and what it is doing.
import { nameOf, note } from '../reactions.ts'
import type { Look, Output, Self } from '../../network/types.ts'
import { electionTexts as texts } from './texts.ts'

/** @param leader index, null for nobody @param doing a word for the table and below the node, empty for nothing */
export function lookOf(leader: number | null, doing: string, cells: readonly string[], self: Self): Look {
  const leads = leader === self.index
  return {
    leader,
    said: leads ? texts.leader : doing,
    mark: leads ? 'free' : doing === '' ? null : 'behind',
    cells: [leader === null ? texts.none : nameOf(self, leader), leads ? texts.leader : doing, ...cells],
  }
}

/** What is told when a node learns who leads. */
export const takes = (leader: number, self: Self): Output =>
  leader === self.index ? note('elected', texts.told.elected) : note('told', texts.told.takes(nameOf(self, leader)))
