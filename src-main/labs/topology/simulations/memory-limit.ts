// A container or a control group whose processes grow until they meet its limit: page cache goes first, then the OOM
// killer chooses. The arithmetic is that of `topology.oom`.
import { type GrowingProcess, type GrowthStep, growUntilLimit } from '../capacity/memory-limit.ts'
import { OOM_EXEMPT } from '../capacity/oom.ts'
import { show, showSum } from '../figures.ts'
import { numberOf, textOf, valueOf } from '../model/properties.ts'
import type { TopologyModel, TopologyNode } from '../model/schema.ts'
import type { Tree } from '../model/tree.ts'
import { clusterStoryTexts } from './cluster-story-texts.ts'
import { asSentence } from './story-texts.ts'
import type { Story, StoryChange, StoryStep } from './story.ts'
import { uniqueNames } from './unique-names.ts'

const texts = clusterStoryTexts.limit

/** Teaching values, as parts of the limit: page cache at first, a piece that a process takes, what it has at first. */
const [CACHE, PIECE, BASE] = [1 / 8, 1 / 8, 1 / 64]
/** Turns of pieces after which everybody has met the limit. */
const TURNS = 32
/** Scores that a person may give a process: never this one, as any other, this one first. */
const SCORES = [OOM_EXEMPT, 0, 500]
const MOST = 67_108_864

const units: Readonly<Record<string, number>> = { '': 1 / 1024 ** 2, K: 1 / 1024, M: 1, G: 1024, T: 1024 ** 2 }

/** MiB; 0 for no limit. The kernel reads K, M, G and T as powers of 1024. */
function limitOf(node: TopologyNode): number {
  if (node.kind === 'container') return numberOf(node, 'memory')
  const found = /^(\d+)([KMGT]?)$/i.exec(textOf(node, 'memory').trim())
  return found === null ? 0 : Number(found[1]) * (units[(found[2] ?? '').toUpperCase()] ?? 0)
}

/** Processes that are charged: those in a container, or the container as one; those in a group or joined to it. */
function charged(node: TopologyNode, model: TopologyModel, tree: Tree<TopologyNode>): TopologyNode[] {
  const members = model.edges.flatMap(({ kind, from, to }) => (kind === 'member' && to === node.id ? [from] : []))
  const processes = model.nodes.filter(
    ({ id, kind, parent }) => kind === 'process' && (parent === node.id || members.includes(id)),
  )
  return processes.length === 0 && node.kind === 'container' ? [node] : processes.filter(({ id }) => tree.byId.has(id))
}

/** Another limit, and other scores for the killer. */
function changesOf(node: TopologyNode, limit: number, processes: readonly TopologyNode[]): StoryChange[] {
  const container = node.kind === 'container'
  const raised = 2 * limit
  return [
    ...(raised <= MOST
      ? [
          {
            node: node.id,
            key: 'memory',
            value: container ? raised : `${raised}M`,
            text: texts.raise(node.name, raised),
          },
        ]
      : []),
    ...processes.flatMap((process) =>
      SCORES.filter((score) => score !== scoreOf(process, node)).map((value) => ({
        node: process.id,
        key: 'adj',
        value,
        text: texts.score(process.name, value),
      })),
    ),
  ]
}

const scoreOf = (process: TopologyNode, node: TopologyNode): number =>
  process['adj'] === undefined && node.kind === 'container'
    ? numberOf(node, 'adj')
    : Number(valueOf(process, 'adj') ?? 0)

/** What grows in a container or a control group with a limit; nothing where there is no limit or no process. */
export function limited(node: TopologyNode, model: TopologyModel, tree: Tree<TopologyNode>): Story[] {
  const limit = limitOf(node)
  const processes = charged(node, model, tree)
  if (limit < 1 || processes.length === 0) return []
  const container = node.kind === 'container'
  const nameOf = uniqueNames(processes)
  const version = !container && textOf(node, 'version') === 'v1' ? 1 : 2
  const growing = processes.map((process): GrowingProcess => {
    const wanted = process.kind === 'process' ? numberOf(process, 'memory') : 0
    return {
      name: nameOf(process),
      base: Math.max(1, Math.floor(limit * BASE)),
      step: Math.max(1, Math.floor(limit * PIECE)),
      wanted: wanted > 0 ? wanted : null,
      adj: scoreOf(process, node),
    }
  })
  const cache = Math.floor(limit * CACHE)
  const run = growUntilLimit({ version, limit, high: null, cache, group: false, killer: true }, growing, TURNS)
  const idOf = (name: string): string => processes.find((process) => nameOf(process) === name)?.id ?? node.id
  const first = growing[0]?.name

  const tell = (step: GrowthStep): StoryStep => {
    const killed = step.kind === 'kill'
    const bad = killed || step.kind === 'hang'
    const sizes = step.sizes.filter((size) => size > 0)
    const left = Math.max(0, step.usage - sizes.reduce((sum, size) => sum + size, 0))
    return {
      text: step.sentence.replace(/\.$/, ''),
      lights: [node.id, idOf(step.process)],
      status:
        step.choice === undefined
          ? texts.used(showSum([...sizes, ...(left > 0 ? [left] : [])]), show(step.usage), show(limit), show(left))
          : asSentence(step.choice.working),
      row: [step.process, texts.deeds[step.kind] ?? step.kind, show(step.usage), show(limit - step.usage)],
      ...(bad && { marks: { [idOf(step.process)]: 'impossible' as const, [node.id]: 'unsafe' as const } }),
    }
  }
  // When the first process of a container is gone, the container is.
  const ends = container ? run.steps.findIndex(({ kind, process }) => kind === 'kill' && process === first) : -1
  const steps = (ends === -1 ? run.steps : run.steps.slice(0, ends + 1)).filter(({ kind }) => kind !== 'end').map(tell)
  const hung = run.steps.at(-1)?.kind === 'hang' || run.status.includes(null)
  const kills = (ends === -1 ? run.steps : run.steps.slice(0, ends + 1)).filter(({ kind }) => kind === 'kill').length
  const lights = [node.id]
  return [
    {
      id: `${node.id} limit`,
      text: texts.begin(node.name, show(limit)),
      lights,
      status: texts.ready(
        growing.map(({ name, wanted }) => texts.wants(name, wanted === null ? null : show(wanted))),
        show(cache),
      ),
      columns: texts.columns,
      steps: [
        ...steps,
        ...(ends !== -1
          ? [
              {
                text: texts.exit(node.name),
                lights,
                status: texts.code(kills),
                row: [node.name, texts.status, '137', ''],
                marks: { [node.id]: 'impossible' } as const,
              },
              { text: texts.again(node.name), lights, status: texts.noHelp, marks: { [node.id]: 'unsafe' } as const },
            ]
          : [
              {
                text: hung ? texts.hangs(node.name) : texts.done(node.name),
                lights,
                status: kills === 0 ? texts.nobody(version) : texts.some(kills, version),
                marks: { [node.id]: hung ? 'impossible' : kills > 0 ? 'unsafe' : 'free' } as const,
              },
            ]),
      ],
      changes: changesOf(node, limit, processes),
    },
  ]
}
