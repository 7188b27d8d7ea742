// Runs that are told: what happens follows from the drawing alone, step by step. A person chooses which of several things
// is told, such as which host fails, and may change a property and have it told again. Knows no subject.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import type { Mark } from '../../../contract/verdict.ts'
import type { Simulation, StateView } from '../../../simulation/simulation.ts'
import type { TopologyModel } from '../model/schema.ts'

export interface StoryStep {
  /** what happens, in the present tense, without a stop at its end */
  text: string
  /** records concerned */
  lights: readonly string[]
  /** the state afterwards in a sentence, usually a formula with its numbers */
  status: string
  /** marks of records from now on */
  marks?: Readonly<Record<string, Mark>>
  /** one more row of the table */
  row?: readonly string[]
  /** the drawing from now on, when it changes */
  model?: TopologyModel
}

/** A property that a person may change while something is told; it then begins anew, with the drawing so changed. */
export interface StoryChange {
  node: string
  key: string
  value: number | string | boolean
  /** offered as an event, such as "Double the shares of X to 2048" */
  text: string
}

export interface Story {
  /** stays the same while the drawing does, and when a property is changed */
  id: string
  /** offered as an event, such as "esx1 fails" */
  text: string
  lights: readonly string[]
  status: string
  columns: readonly string[]
  steps: readonly StoryStep[]
  changes?: readonly StoryChange[]
}

const Event = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('begin'), story: z.string() }),
  z.strictObject({ do: z.literal('next') }),
  z.strictObject({
    do: z.literal('change'),
    node: z.string(),
    key: z.string(),
    value: z.union([z.number(), z.string(), z.boolean()]),
  }),
])
export type StoryEvent = z.infer<typeof Event>

export interface StoryState {
  readonly model: TopologyModel
  readonly stories: readonly Story[]
  readonly story: Story | null
  /** how many of its steps were told */
  readonly told: number
}

interface Told {
  id: string
  label: string
  /** of step 0 */
  start: string
  /** what the drawing has to tell; nothing for one that lacks what is needed */
  stories(model: TopologyModel): Story[]
  /** said before one is chosen */
  ready(stories: readonly Story[]): string
  /** said when something is asked that cannot be */
  notNow: string
}

/** What the step that is shown is about; what has a mark of its own keeps that. */
const atWork = (step: StoryStep | undefined): Record<string, Mark> =>
  Object.fromEntries((step?.lights ?? []).map((id) => [id, 'behind']))

const withValue = (model: TopologyModel, { node, key, value }: StoryChange): TopologyModel => ({
  ...model,
  nodes: model.nodes.map((one) => (one.id === node ? { ...one, [key]: value } : one)),
})

export function storySimulation(told: Told): Simulation<TopologyModel, StoryState, StoryEvent> {
  const stepAt = ({ story, told: at }: StoryState): StoryStep | undefined => story?.steps[at]
  const enabled = (state: StoryState): StoryEvent[] =>
    state.story === null
      ? state.stories.map(({ id }) => ({ do: 'begin', story: id }))
      : [
          ...(stepAt(state) === undefined ? [] : [{ do: 'next' } as const]),
          ...(state.story.changes ?? []).map(({ node, key, value }) => ({ do: 'change', node, key, value }) as const),
        ]
  const changeOf = ({ story }: StoryState, event: Extract<StoryEvent, { do: 'change' }>): StoryChange | undefined =>
    story?.changes?.find(({ node, key, value }) => node === event.node && key === event.key && value === event.value)
  return {
    id: told.id,
    label: told.label,
    start: told.start,
    event: Event,
    init: (model) => ({ model, stories: told.stories(model), story: null, told: 0 }),
    enabled,
    // Left alone, a story is told to its end; what is changed is for a person to choose.
    pick(state) {
      const first = enabled(state)[0]
      return first?.do === 'change' ? undefined : first
    },
    apply(state, event) {
      if (event.do === 'begin') {
        const story = state.story === null ? state.stories.find(({ id }) => id === event.story) : undefined
        if (story === undefined) throw new InterlockError('bad-event', told.notNow)
        return { ...state, story }
      }
      if (event.do === 'change') {
        const change = changeOf(state, event)
        if (change === undefined) throw new InterlockError('bad-event', told.notNow)
        const model = withValue(state.model, change)
        const stories = told.stories(model)
        return { model, stories, story: stories.find(({ id }) => id === state.story?.id) ?? null, told: 0 }
      }
      if (stepAt(state) === undefined) throw new InterlockError('bad-event', told.notNow)
      return { ...state, told: state.told + 1 }
    },
    describe(event, state) {
      if (event.do === 'change') {
        return { text: changeOf(state, event)?.text ?? told.notNow, lights: [event.node] }
      }
      const said = event.do === 'begin' ? state.stories.find(({ id }) => id === event.story) : stepAt(state)
      return said === undefined ? { text: told.notNow, lights: [] } : { text: said.text, lights: [...said.lights] }
    },
    view(state): StateView<TopologyModel> {
      const steps = state.story?.steps.slice(0, state.told) ?? []
      const last = steps.at(-1)
      return {
        model: steps.findLast(({ model }) => model !== undefined)?.model ?? state.model,
        marks: Object.assign(atWork(last), ...steps.map(({ marks }) => marks ?? {})) as Record<string, Mark>,
        table: {
          columns: [...(state.story?.columns ?? [])],
          rows: steps.flatMap(({ row, lights }, index) => {
            const [label, ...cells] = row ?? []
            return label === undefined ? [] : [{ id: `row ${index}`, label, lights: [...lights], cells }]
          }),
        },
        status:
          last === undefined
            ? (state.story?.status ?? told.ready(state.stories))
            : `${last.text}${last.text.endsWith('?') ? '' : '.'} ${last.status}`,
      }
    },
    properties: [],
  }
}
