// One privileged instruction of a guest followed through the technique of its hypervisor, box by box, with its cycles.
// The steps are those of `topology.traps`; here they light up in the drawing.
import type { Technique } from '../techniques/costs.ts'
import { type Actor, traceInstruction } from '../techniques/trace.ts'
import { show } from '../figures.ts'
import { isSet, textOf } from '../model/properties.ts'
import type { TopologyModel, TopologyNode } from '../model/schema.ts'
import { type Tree, treeOf } from '../model/tree.ts'
import { type Story, storySimulation } from './story.ts'
import { storyTexts } from './story-texts.ts'

const texts = storyTexts.instruction

/** What the drawing calls a technique, and whether the processor walks both page tables by itself. */
function techniqueOf(hypervisor: TopologyNode, host: TopologyNode | undefined): Technique {
  switch (textOf(hypervisor, 'technique')) {
    case 'binary':
      return 'binaryTranslation'
    case 'paravirtual':
      return 'paravirtual'
    case 'trap':
      return 'trapAndEmulate'
    default:
      return host === undefined || isSet(host, 'nestedPaging') ? 'hardwareNested' : 'hardwareShadow'
  }
}

/** Machines with a guest system on a hypervisor; each can be followed. */
function guests(model: TopologyModel, tree: Tree<TopologyNode>) {
  return model.nodes.flatMap((vm) => {
    const around = tree.around(vm)
    const hypervisor = around.find(({ kind }) => kind === 'hypervisor')
    const os = tree.childrenOf(vm.id).find(({ kind }) => kind === 'os')
    if (vm.kind !== 'vm' || hypervisor === undefined || os === undefined) return []
    return [{ vm, os, hypervisor, host: around.find(({ kind }) => kind === 'host') }]
  })
}

function storiesOf(model: TopologyModel): Story[] {
  return guests(model, treeOf(model.nodes)).flatMap(({ vm, os, hypervisor, host }) => {
    const technique = techniqueOf(hypervisor, host)
    const where: Readonly<Record<Actor, string>> = {
      'guest kernel': os.id,
      processor: host?.id ?? hypervisor.id,
      monitor: hypervisor.id,
      translator: hypervisor.id,
      hypervisor: hypervisor.id,
    }
    // The one that faults, and the one of which the processor says nothing.
    return (['privileged', 'sensitive'] as const).map((instruction): Story => {
      const trace = traceInstruction(technique, instruction)
      return {
        id: `${vm.id} ${instruction}`,
        text: texts.begin(os.name, vm.name, instruction, texts.techniques[technique] ?? technique),
        lights: [os.id],
        status: texts.begun(os.name, instruction),
        columns: texts.columns,
        steps: trace.steps.map((step, index) => ({
          text: step.text.replace(/\.$/, ''),
          lights: [where[step.actor]],
          status:
            index === trace.steps.length - 1
              ? `${trace.outcome} ${texts.sum(
                  trace.steps.map(({ cycles }) => show(cycles)),
                  show(trace.cycles),
                )}`
              : texts.so(step.mode, show(step.total)),
          row: [step.actor, step.mode, show(step.cycles), show(step.total)],
          ...(index === trace.steps.length - 1 && { marks: { [os.id]: trace.right ? 'free' : 'impossible' } as const }),
        })),
        changes: Object.entries(texts.others).flatMap(([value, name]) =>
          value === textOf(hypervisor, 'technique')
            ? []
            : [{ node: hypervisor.id, key: 'technique', value, text: texts.instead(hypervisor.name, name) }],
        ),
      }
    })
  })
}

export const privilegedInstruction = storySimulation({
  id: 'privileged-instruction',
  label: texts.label,
  start: storyTexts.start,
  stories: storiesOf,
  ready: texts.ready,
  notNow: storyTexts.notNow,
})
