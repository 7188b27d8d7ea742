// One memory access of a guest while the translation buffer is empty: each reference of the page walk, with nested paging
// in two dimensions, with shadow tables in one. The references are those of `topology.traps`.
import { isSet, textOf } from '../model/properties.ts'
import type { TopologyModel, TopologyNode } from '../model/schema.ts'
import { treeOf } from '../model/tree.ts'
import { pageWalk } from '../techniques/walks.ts'
import { type Story, storySimulation } from './story.ts'
import { storyTexts } from './story-texts.ts'

const texts = storyTexts.walk
/** Levels of a page table of x86-64 and of Arm with pages of 4 KiB. */
const LEVELS = 4

interface Boxes {
  os: TopologyNode
  hypervisor: TopologyNode
}

/** Both tables are walked by the processor. */
function nested({ os, hypervisor }: Boxes, host: TopologyNode): Story {
  const walk = pageWalk(LEVELS, LEVELS)
  return {
    id: `${os.id} walk`,
    text: texts.begin(os.name),
    lights: [os.id],
    status: texts.nested(host.name),
    columns: texts.columns,
    steps: walk.order.map(({ guestLevel, hostLevel, sentence }, index) => ({
      text: sentence.replace(/\.$/, ''),
      lights: [hostLevel === 0 ? os.id : hypervisor.id],
      status:
        index === walk.order.length - 1 ? texts.end(walk.working[0] ?? '') : texts.count(index + 1, walk.references),
      row: [
        String(index + 1),
        hostLevel === 0 ? texts.guestTable(guestLevel) : texts.hostTable(hostLevel),
        hostLevel === LEVELS || hostLevel === 0 ? texts.gives(guestLevel, hostLevel, LEVELS) : '',
      ],
    })),
  }
}

/** The hypervisor keeps one table that leads from guest virtual to machine addresses, and keeps it right. */
function shadow({ os, hypervisor }: Boxes, why: string): Story {
  const walk = pageWalk(LEVELS, 0)
  return {
    id: `${os.id} walk`,
    text: texts.begin(os.name),
    lights: [os.id],
    status: texts.shadow(hypervisor.name, why),
    columns: texts.columns,
    steps: [
      ...walk.order.map(({ guestLevel }, index) => ({
        text: texts.shadowTable(guestLevel, LEVELS),
        lights: [hypervisor.id],
        status: texts.count(index + 1, walk.references),
        row: [String(index + 1), texts.shadowRow(guestLevel), guestLevel === LEVELS ? texts.machine : ''],
      })),
      {
        text: texts.update(os.name),
        lights: [os.id, hypervisor.id],
        status: texts.price(hypervisor.name),
        marks: { [hypervisor.id]: 'behind' as const },
      },
    ],
  }
}

function storiesOf(model: TopologyModel): Story[] {
  const tree = treeOf(model.nodes)
  return model.nodes.flatMap((vm): Story[] => {
    const around = tree.around(vm)
    const [hypervisor, host] = ['hypervisor', 'host'].map((kind) => around.find((node) => node.kind === kind))
    const os = tree.childrenOf(vm.id).find(({ kind }) => kind === 'os')
    if (vm.kind !== 'vm' || os === undefined || hypervisor === undefined || host === undefined) return []
    const boxes = { os, hypervisor }
    const byHardware = textOf(hypervisor, 'technique') === 'hardware'
    if (!byHardware) {
      const changes = [
        { node: hypervisor.id, key: 'technique', value: 'hardware', text: texts.withHardware(hypervisor.name) },
      ]
      return [{ ...shadow(boxes, texts.noHardware(hypervisor.name)), changes }]
    }
    const has = isSet(host, 'nestedPaging')
    const changes = [{ node: host.id, key: 'nestedPaging', value: !has, text: texts.paging(host.name, !has) }]
    return [{ ...(has ? nested(boxes, host) : shadow(boxes, texts.noNested(host.name))), changes }]
  })
}

export const addressTranslation = storySimulation({
  id: 'address-translation',
  label: texts.label,
  start: storyTexts.start,
  stories: storiesOf,
  ready: texts.ready,
  notNow: storyTexts.notNow,
})
