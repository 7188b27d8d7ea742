// Two branches of a run side by side: where they part and what differs then. Pure functions; knows no host.
import type { RunState, RunStep } from '@contract/run.ts'
import type { Mark } from '@contract/verdict.ts'
import { texts } from '../ui/texts/index.ts'
import { firstFound } from './findings.ts'
import { type Branch, pathTo, shared } from './ways.ts'

/** What a branch is called: its name, or where it begins. */
export function labelOf(branch: Pick<Branch, 'name' | 'from' | 'first'>, steps: readonly RunStep[]): string {
  if (branch.name !== '') return branch.name
  if (branch.from === null) return texts.player.mainBranch
  // Nothing of it is its own: another one goes on from its end.
  if (branch.first === branch.from) return texts.player.branchUpTo(steps[branch.from]?.depth ?? 0)
  return texts.player.branch(steps[branch.from]?.depth ?? 0, steps[branch.first]?.text ?? '')
}

/** A line of the comparison. */
export interface Row {
  label: string
  left: string
  right: string
  /** badges beside the texts; null for none */
  marks?: { left: Mark | null; right: Mark | null }
  differs: boolean
}

export interface Comparison {
  /** the last step that both have */
  parting: RunStep
  /** the steps after it */
  left: readonly RunStep[]
  right: readonly RunStep[]
  rows: readonly Row[]
}

interface Side {
  tip: number
  state: RunState
}

const marks: readonly Mark[] = ['ring', 'behind', 'unsafe', 'impossible']

/** Names of the nodes that have a mark at the end of a branch. */
function namesWith(state: RunState, mark: Mark): string {
  const { nodes } = state.model as { nodes?: readonly { id: string; name: string; kind: string }[] }
  return (nodes ?? [])
    .filter(({ id }) => state.marks[id] === mark)
    .map(({ name }) => name)
    .join(', ')
}

/** @param markWords what marks mean in the lab, where that is not what they usually do */
export function compare(
  steps: readonly RunStep[],
  left: Side,
  right: Side,
  markWords: Readonly<Partial<Record<Mark, string>>> = {},
): Comparison | null {
  const words = texts.player.compare
  const paths = [pathTo(steps, left.tip), pathTo(steps, right.tip)] as const
  const common = shared(...paths)
  const parting = steps[paths[0][common - 1] ?? 0]
  if (parting === undefined) return null
  const stepsOf = (path: readonly number[]): RunStep[] => path.flatMap((step) => steps[step] ?? [])
  const [one, two] = [firstFound(paths[0], steps), firstFound(paths[1], steps)]
  const row = (label: string, a: string, b: string): Row => ({ label, left: a, right: b, differs: a !== b })
  const at = (step: RunStep | null): string => (step === null ? words.none : String(step.depth))
  return {
    parting,
    left: stepsOf(paths[0].slice(common)),
    right: stepsOf(paths[1].slice(common)),
    rows: [
      row(words.steps, String(paths[0].length - 1), String(paths[1].length - 1)),
      {
        ...row(words.finding((one ?? two)?.finding?.what), at(one), at(two)),
        marks: { left: one?.finding?.mark ?? null, right: two?.finding?.mark ?? null },
      },
      ...marks.flatMap((mark): Row[] => {
        const [a, b] = [namesWith(left.state, mark), namesWith(right.state, mark)]
        return a === '' && b === '' ? [] : [row(markWords[mark] ?? words.marks[mark], a || words.none, b || words.none)]
      }),
      row(words.status, left.state.status, right.state.status),
    ],
  }
}
