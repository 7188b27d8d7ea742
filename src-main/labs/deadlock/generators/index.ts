// The generator of resource allocation graphs: what a person chooses, what is refused and why, and the drawing.
import { InterlockError } from '../../../contract/errors.ts'
import type { Generator } from '../../../contract/lab.ts'
import { MAX_GENERATED_NODES } from '../../../contract/limits.ts'
import { createRandom } from '../../../simulation/random.ts'
import { generatorTexts as words } from '../model/generator-texts.ts'
import type { DeadlockModel } from '../model/schema.ts'
import { type Grown, type Property, type Wanted, grow } from './grow.ts'
import { placesOf } from './places.ts'

const properties = Object.entries(words.properties).map(([value, label]) => ({ value, label }))

export const generator: Generator<DeadlockModel> = {
  id: 'graph',
  title: words.title,
  choices: [{ key: 'property', label: words.property, options: properties }],
  fields: [
    { key: 'processes', label: words.processes, type: 'integer', min: 1, max: MAX_GENERATED_NODES, usual: 5 },
    { key: 'types', label: words.types, type: 'integer', min: 1, max: MAX_GENERATED_NODES, usual: 4 },
    { key: 'instances', label: words.instances, type: 'integer', min: 1, max: 9, usual: 2 },
    { key: 'density', label: words.density, type: 'integer', min: 0, max: 100, usual: 40 },
    { key: 'behind', label: words.behind, type: 'integer', min: 0, max: MAX_GENERATED_NODES, usual: 1 },
    { key: 'rings', label: words.rings, type: 'integer', min: 2, max: MAX_GENERATED_NODES / 2, usual: 2 },
  ],
  make(values, seed) {
    const wanted = wantedOf(values)
    refuse(wanted)
    const model = modelOf(wanted, grow(wanted, createRandom(seed)))
    return { ...model, title: words.drawing(seed) }
  },
}

/** @param values checked against choices and fields */
function wantedOf(values: Readonly<Record<string, string | number>>): Wanted {
  const count = (key: string): number => Number(values[key])
  return {
    property: values['property'] as Property,
    processes: count('processes'),
    types: count('types'),
    instances: count('instances'),
    density: count('density'),
    behind: count('behind'),
    rings: count('rings'),
  }
}

/** @throws InterlockError `bad-input` when no graph has what is wanted, naming the value that would have to change */
function refuse({ property, processes, types, instances, behind, rings }: Wanted): void {
  const no = (at: string, sentence: string): never => {
    throw new InterlockError('bad-input', sentence, { at })
  }
  const { refusals } = words
  if (property === 'acyclic') return
  if (property === 'behind' && behind > processes - 2) no('behind', refusals.behind(behind, processes))
  if (processes < 2) no('processes', refusals.ring(processes, types))
  if (types < 2) no('types', refusals.ring(processes, types))
  if (property === 'harmless' && instances < 2) no('instances', refusals.instances)
  if (property === 'rings' && 2 * rings > Math.min(processes, types)) no('rings', refusals.rings(rings))
}

function modelOf(wanted: Wanted, grown: Grown): Pick<ReturnType<Generator<DeadlockModel>['make']>, 'model' | 'layout'> {
  const process = (index: number): string => `P${index + 1}`
  const type = (index: number): string => `R${index + 1}`
  const nodes: DeadlockModel['nodes'] = [
    ...Array.from({ length: wanted.processes }, (_, p) => ({
      id: process(p),
      kind: 'process' as const,
      name: process(p),
    })),
    ...grown.total.map((instances, r) => ({ id: type(r), kind: 'resource' as const, name: type(r), instances })),
  ]
  // In the order of the nodes, so that the numbers of the edges do not tell which ones were there first.
  const inOrder = [...grown.edges].sort((a, b) => a.process - b.process || a.type - b.type)
  const edges = inOrder.map((edge, index): DeadlockModel['edges'][number] => {
    const { count } = edge
    const id = `e${index + 1}`
    return edge.kind === 'request'
      ? { id, kind: 'request', from: process(edge.process), to: type(edge.type), count }
      : { id, kind: 'assignment', from: type(edge.type), to: process(edge.process), count }
  })
  const rings = grown.rings.map((ring) =>
    ring.processes.flatMap((p, at) => [process(p), type(ring.types[(at + 1) % ring.types.length]!)]),
  )
  return { model: { nodes, edges }, layout: { positions: placesOf({ nodes, edges }, rings) } }
}
