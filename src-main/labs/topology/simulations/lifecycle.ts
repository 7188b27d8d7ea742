// What an operating system does when a container starts, step by step, and when it is stopped: the order of runc, with
// the system calls. Open Container Initiative, Runtime Specification 1.0.2, "Lifecycle"; namespaces(7), cgroups(7).
import { containerNamespaces, isSet, numberOf, textOf } from '../model/properties.ts'
import type { TopologyModel, TopologyNode } from '../model/schema.ts'
import { treeOf } from '../model/tree.ts'
import { type Story, type StoryStep, storySimulation } from './story.ts'
import { storyTexts } from './story-texts.ts'

const texts = storyTexts.lifecycle

/** Seconds between SIGTERM and SIGKILL, unless somebody says otherwise. */
const GRACE_S = 10

const clones: Readonly<Record<string, string>> = {
  pid: 'CLONE_NEWPID',
  net: 'CLONE_NEWNET',
  mnt: 'CLONE_NEWNS',
  uts: 'CLONE_NEWUTS',
  ipc: 'CLONE_NEWIPC',
  user: 'CLONE_NEWUSER',
  cgroup: 'CLONE_NEWCGROUP',
}

interface Place {
  container: TopologyNode
  engine: TopologyNode
  os: TopologyNode
}

function starts({ container, engine, os }: Place): StoryStep[] {
  const own = containerNamespaces.filter((type) => isSet(container, type))
  const shared = containerNamespaces.filter((type) => !isSet(container, type) && type !== 'user')
  const [memory, quota] = [numberOf(container, 'memory'), numberOf(container, 'quota')]
  const lights = [container.id]
  const has = (type: string): boolean => own.some((one) => one === type)
  const step = (event: string, text: string, status: string, more: readonly string[] = []): StoryStep => ({
    text,
    lights: [...lights, ...more],
    status,
    row: [event, text],
  })
  return [
    step('create', texts.create(engine.name, textOf(container, 'image')), texts.created, [engine.id]),
    step(
      'clone',
      own.length === 0 ? texts.noNamespaces : texts.clone(own.map((type) => clones[type] ?? type)),
      shared.length === 0 ? texts.allOwn : texts.shared(shared),
      [os.id],
    ),
    ...(has('user') ? [step('map', texts.map, texts.mapped)] : []),
    step(
      'cgroup',
      texts.cgroup(memory, quota, numberOf(container, 'period')),
      memory > 0 ? texts.limited : texts.unlimited,
      [os.id],
    ),
    ...(has('mnt')
      ? [
          step('mount', texts.mount, texts.mounted),
          step('pivot', texts.pivot, isSet(container, 'hostRoot') ? texts.hostRoot : texts.pivoted),
        ]
      : []),
    ...(has('uts') ? [step('hostname', texts.hostname(container.name), texts.named)] : []),
    ...(has('net') ? [step('network', texts.network, texts.connected, [os.id])] : []),
    step(
      'capabilities',
      isSet(container, 'privileged') ? texts.privileged : texts.drop(isSet(container, 'sysAdmin')),
      isSet(container, 'privileged') ? texts.open : isSet(container, 'sysAdmin') ? texts.admin : texts.dropped,
    ),
    {
      ...step('start', texts.exec(has('pid')), isSet(container, 'root') ? texts.runsAsRoot(has('user')) : texts.runs),
      marks: { [container.id]: 'free' },
    },
  ]
}

function stops({ container, engine }: Place): StoryStep[] {
  const lights = [container.id]
  const hears = isSet(container, 'reaps') || !isSet(container, 'pid')
  const ends = hears ? 143 : 137
  const step = (event: string, text: string, status: string): StoryStep => ({
    text,
    lights,
    status,
    row: [event, text],
  })
  return [
    { ...step('kill', texts.term(engine.name), texts.termed), marks: { [container.id]: 'behind' } },
    ...(hears
      ? [step('die', texts.handles(container.name), texts.code(143, 15))]
      : [
          step('wait', texts.deaf(container.name, GRACE_S), texts.why),
          step('kill', texts.kill(GRACE_S), texts.noChoice),
          step('die', texts.killed, texts.code(137, 9)),
        ]),
    {
      ...step('stop', texts.cleanUp, texts.cleaned(ends)),
      marks: { [container.id]: hears ? 'free' : 'unsafe' },
    },
  ]
}

function storiesOf(model: TopologyModel): Story[] {
  const tree = treeOf(model.nodes)
  return model.nodes.flatMap((container): Story[] => {
    const engine = tree.parentOf(container)
    const os = engine === null ? undefined : tree.around(engine).find(({ kind }) => kind === 'os')
    if (container.kind !== 'container' || engine?.kind !== 'engine' || os === undefined) return []
    const place = { container, engine, os }
    const story = (id: string, text: string, status: string, steps: StoryStep[]): Story => ({
      id: `${container.id} ${id}`,
      text,
      lights: [container.id],
      status,
      columns: texts.columns,
      steps,
    })
    return [
      story('start', texts.start(container.name), texts.starting(container.name, os.name), starts(place)),
      story('stop', texts.stop(container.name), texts.stopping(container.name), stops(place)),
    ]
  })
}

export const containerLifecycle = storySimulation({
  id: 'container-lifecycle',
  label: texts.label,
  start: storyTexts.start,
  stories: storiesOf,
  ready: texts.ready,
  notNow: storyTexts.notNow,
})
