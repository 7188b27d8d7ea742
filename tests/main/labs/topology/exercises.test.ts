// The exercises and checks of the lab: each can be asked; keys are numbers of the field's formulas, computed by hand and
// written here; drawings are mended as a student would; wrong answers are refused without telling the right one.
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseDocument, serialiseDocument } from '../../../../src-main/contract/document-text.ts'
import type { Answer, AnswerForm, Judgement } from '../../../../src-main/contract/exercise.ts'
import { checks } from '../../../../src-main/labs/topology/checks/index.ts'
import { concepts } from '../../../../src-main/labs/topology/checks/concepts.ts'
import { topology } from '../../../../src-main/labs/topology/index.ts'
import type { TopologyModel } from '../../../../src-main/labs/topology/model/schema.ts'
import {
  exerciseFor,
  exerciseOf,
  fieldsOf,
  formsOf,
  judgeParts,
  keyOf,
} from '../../../../src-main/services/exercises/index.ts'
import { checkedModel } from '../../../../src-main/services/models.ts'

const folder = new URL('../../../../src-main/labs/topology/exercises/', import.meta.url)
const textOf = (id: string): string => readFileSync(new URL(`${id}.interlock`, folder), 'utf8')
const read = (id: string) => parseDocument(textOf(id), () => topology.model).document
const modelOf = (id: string): TopologyModel => structuredClone(topology.model.schema.parse(read(id).model))
const listed = topology.exercises ?? []

const number = (value: number): Answer => ({ kind: 'number', value })
const choice = (value: string): Answer => ({ kind: 'choice', value })
const set = (...ids: string[]): Answer => ({ kind: 'set', ids })
const drawing: Answer = { kind: 'drawing' }

function judge(id: string, part: string, answer: Answer, model: TopologyModel = modelOf(id)): Judgement {
  return judgeParts(topology, exerciseOf(read(id)), checkedModel(topology, model), { [part]: answer })[part]!
}

test('every file in the folder is offered, once, in weeks 6, 7, 8 and 11', () => {
  const files = readdirSync(folder).map((name) => name.replace(/\.interlock$/, ''))
  expect(listed.map(({ id }) => id).sort()).toEqual(files.sort())
  expect([...new Set(listed.map(({ week }) => week))]).toEqual([6, 7, 8, 11])
})

test.each(checks.map((check) => [check.id, check] as const))('%s can be set by an author', (_, { params }) => {
  expect(fieldsOf(params).length).toBeGreaterThan(0)
})

test('each question in words has one right answer and a reason for every answer', () => {
  for (const [id, options] of Object.entries(concepts)) {
    expect(
      options.filter(({ right }) => right === true),
      id,
    ).toHaveLength(1)
    expect(new Set(options.map(({ value }) => value)).size, id).toBe(options.length)
    for (const { why, label } of options) expect([why.length > 20, label !== ''], id).toEqual([true, true])
  }
})

function poorAnswer(form: AnswerForm): Answer {
  if (form.kind === 'choice') return choice('?')
  if (form.kind === 'set') return set()
  if (form.kind === 'number') return number(-999)
  return drawing
}

describe.each(listed.map(({ id }) => id))('%s', (id) => {
  const document = read(id)
  const exercise = exerciseFor(topology, exerciseOf(document), { name: 'Ada', number: '7' })
  const forms = formsOf(topology, exercise)

  test('is called like its file, asks what can be asked, and has a key', () => {
    expect(exercise.id).toBe(id)
    expect(serialiseDocument(document)).toBe(textOf(id))
    expect(new Set(exercise.parts.map((part) => part.id)).size).toBe(exercise.parts.length)
    for (const [part, form] of Object.entries(forms)) expect(form, part).not.toHaveProperty('sentence')
    for (const [part, answer] of Object.entries(keyOf(topology, exercise))) expect(answer, part).not.toBe('')
  })

  test('refuses a wrong answer of every form in a sentence', () => {
    const answers = Object.fromEntries(
      Object.entries(forms).map(([part, form]) => [part, poorAnswer(form as AnswerForm)]),
    )
    const judged = judgeParts(topology, exercise, checkedModel(topology, document.model), answers)
    for (const part of exercise.parts) {
      const { sentence, right, expected } = judged[part.id]!
      expect(right, part.id).toBe(false)
      expect(sentence.length).toBeGreaterThan(7)
      expect(expected).not.toBe('')
    }
  })
})

/** Right answers, and beside each number one that a usual mistake leads to. */
const known: Record<string, Record<string, [Answer, ...Answer[]]>> = {
  'two-guests': { kvm: [choice('part'), choice('type-2'), choice('libvirt')] },
  'nothing-below': {
    which: [set('Workstation', 'KVM'), set('Workstation'), set('Windows', 'KVM'), set('Workstation', 'KVM', 'mail')],
    first: [choice('P-3'), choice('P-2')],
    second: [choice('P-4'), choice('P-6')],
  },
  // Without a host's table g; with one g * h + g + h.
  'page-walks': {
    plain: [number(4), number(5)],
    nested: [number(24), number(16), number(8), number(20)],
    five: [number(35), number(25)],
    mixed: [number(19), number(12)],
    entries: [number((32 * 1024) / 2), number(8_388_608)],
    exit: [number(1300 * 21), number(1300 * 20)],
  },
  'dear-instructions': {
    native: [number(10_000_000 + 5_000 * 150 + 10_000 * 10 + 1_000 * 500), number(10_000_000)],
    trap: [
      number(10_000_000 + 20_000 * 1300 + 5_000 * (150 + 2000) + 10_000 * 1300 + 1_000 * 1800),
      number(10_000_000 + 20_000 * 1300 + 5_000 * 150 + 10_000 * 1300 + 1_000 * 1800),
    ],
    nested: [
      number(10_000_000 + 2_000 * 1300 + 5_000 * 150 + 10_000 * 10 + 1_000 * 2100 + 20_000 * 100),
      number(10_000_000 + 20_000 * 1300 + 5_000 * 150 + 10_000 * 10 + 1_000 * 2100 + 20_000 * 100),
    ],
    devices: [choice('paravirtual'), choice('hardwareNested'), choice('trapAndEmulate')],
    always: [choice('depends'), choice('always')],
  },
  'promised-memory': {
    ratio: [number(1.71), number(1.5), number(1.73)],
    reserve: [number(1103.8), number(899), number(1390.5)],
    balloon: [number(3993.6), number(6144)],
    sharing: [number(7 * 256), number(8 * 256)],
  },
  'quiz-6': {
    translate: [choice('silent'), choice('speed')],
    hypercall: [choice('ask'), choice('user')],
    kvm: [choice('part'), choice('type-2')],
  },
  'shares-of-cpu': {
    greedy: [number(2), number(4 / 3)],
    web: [number(2.53), number(2), number(1.9)],
    batch: [number(1.27), number(1), number(1.9)],
    alone: [number(4), number(1)],
  },
  throttled: {
    wall: [number(610), number(700), number(250), number(625)],
    periods: [number(6), number(7)],
    threads: [number(320), number(340), number(400), number(380)],
    milli: [number(25_000), number(250_000)],
  },
  'doors-open': {
    which: [set('web', 'tool'), set('web'), set('web', 'tool', 'db')],
    kernel: [choice('one'), choice('none')],
  },
  'quiz-7': {
    limits: [choice('cgroups'), choice('namespaces')],
    layers: [choice('share'), choice('copy')],
    kernel: [choice('one'), choice('network')],
  },
  'ids-outside': {
    root: [number(100_000), number(0)],
    user: [number(101_000), number(1000)],
    single: [number(1001), number(100_000)],
    harmless: [choice('mapped'), choice('always')],
  },
  'over-the-limit': {
    last: [number(56), number(64)],
    status: [number(137), number(9), number(1)],
    pod: [number(875), number(125), number(1000)],
  },
  'inner-group': {
    which: [set('services', 'batch'), set('services'), set('watchdog', 'batch')],
    one: [choice('path'), choice('faster')],
  },
  'quiz-8': {
    mount: [choice('seen'), choice('hidden')],
    types: [choice('eight'), choice('six')],
    pair: [choice('mnt-pid'), choice('uts-ipc')],
    root: [choice('mapped'), choice('pid')],
  },
  // 8192 * 0.4^i until at most 1000 * 0.3 is left
  'rounds-and-stop': {
    rounds: [number(4), number(5), number(3)],
    stop: [number(0.21), number(0.3), number(0)],
    total: [number(13.51), number(13.3), number(8.19)],
    words: [choice('restart'), choice('same')],
  },
  'cannot-move': { disk: [choice('V-1'), choice('V-2')], way: [choice('V-3'), choice('V-4')] },
  'slots-for-all': {
    cpu: [number(2000), number(1500)],
    memory: [number(4096), number(2048)],
    all: [number(4 + 4 + 2), number(6 + 6 + 4)],
    failures: [number(1), number(2)],
    outage: [number(80), number(60)],
  },
  // a: large (62 % free against 25 %), b: large, c: large has 1000m left and small 2000m, so small; d: large, where
  // 800m of 1000m and of 1000m are left alike, but more memory; e: nowhere is 1500m left.
  'where-pods-land': {
    large: [number(3), number(2)],
    small: [number(1), number(2)],
    pending: [number(1), number(0)],
    tells: [choice('api'), choice('direct')],
  },
  'node-silent': {
    evicted: [number(340), number(300), number(40)],
    waits: [number(310), number(50), number(160)],
    where: [choice('same-node'), choice('other-node')],
    quorum: [number(3), number(5), number(2)],
    four: [number(1), number(2)],
  },
  'quiz-11': {
    etcd: [choice('log'), choice('scheduler')],
    ha: [choice('restart'), choice('reverse')],
    libvirt: [choice('manage'), choice('run')],
    crash: [choice('same-node'), choice('other-node')],
  },
}

test('answers are written down for every question that is not a drawing', () => {
  for (const { id } of listed) {
    const asked = exerciseOf(read(id)).parts.filter(({ check }) => check !== 'quiet')
    expect(Object.keys(known[id] ?? {}).sort(), id).toEqual(asked.map((part) => part.id).sort())
  }
})

const questions = Object.entries(known).flatMap(([id, parts]) =>
  Object.entries(parts).map(([part, answers]) => [`${id} ${part}`, id, part, answers] as const),
)
test.each(questions)('%s: the right answer is taken, and others are not', (_, id, part, [good, ...bad]) => {
  const { right, sentence } = judge(id, part, good)
  expect([right, sentence]).toEqual([true, sentence])
  for (const answer of bad) {
    const found = judge(id, part, answer)
    expect(found.right).toBe(false)
    expect(found.share).toBeLessThan(1)
    // What is said of a wrong answer does not give the right one away.
    if (good.kind === 'number') expect(found.sentence).not.toContain(` ${found.expected}`)
  }
})

describe('a drawing', () => {
  const change = (id: string, edits: Record<string, Record<string, unknown>>): TopologyModel => {
    const model = modelOf(id)
    return { ...model, nodes: model.nodes.map((node) => ({ ...node, ...edits[node.id] })) as TopologyModel['nodes'] }
  }

  test('of two guests has to have both, each with an operating system, and nothing below the hypervisor', () => {
    const made = (product: string, guests: number, parent = 'server'): TopologyModel =>
      topology.model.schema.parse({
        nodes: [
          { id: 'server', kind: 'host', name: 'server' },
          ...(parent === 'below' ? [{ id: 'below', kind: 'os', name: 'Linux', parent: 'server' }] : []),
          { id: 'hv', kind: 'hypervisor', name: 'hv', product, parent },
          { id: 'a', kind: 'vm', name: 'a', parent: 'hv' },
          { id: 'b', kind: 'vm', name: 'b', parent: 'hv' },
          ...['a', 'b'].slice(0, guests).map((vm) => ({ id: `os-${vm}`, kind: 'os', name: 'guest', parent: vm })),
        ],
        edges: [],
      })
    const of = (model: TopologyModel): Judgement => judge('two-guests', 'draw', drawing, model)
    expect(of(made('esxi', 2))).toMatchObject({ right: true, share: 1 })
    expect(of(made('esxi', 1)).sentence).toContain('operating system')
    expect(of(made('virtualbox', 2)).sentence).toContain('Type 2')
    expect(of(made('kvm', 2, 'below')).sentence).toContain('directly in')
    expect(of({ nodes: [], edges: [] })).toMatchObject({ right: false, share: 0 })
  })

  test('with a rule switched off is asked that rule all the same', () => {
    const model = { ...modelOf('nothing-below'), muted: ['P-3', 'P-4'] }
    expect(judge('nothing-below', 'mend', drawing, model).right).toBe(false)
  })

  test('that is half mended earns a part, and one in which things were thrown away nothing', () => {
    const half = change('nothing-below', { KVM: { product: 'virtualbox' } })
    expect(judge('nothing-below', 'mend', drawing, half)).toMatchObject({ right: false, share: 0.25 })
    const whole = change('nothing-below', { KVM: { product: 'virtualbox' }, Workstation: { product: 'esxi' } })
    expect(judge('nothing-below', 'mend', drawing, whole).right).toBe(true)
    const fewer = { ...whole, nodes: whole.nodes.filter(({ id }) => id !== 'mail' && id !== 'Ubuntu') }
    expect(judge('nothing-below', 'mend', drawing, fewer)).toMatchObject({ right: false, share: 0 })
    expect(judge('nothing-below', 'mend', drawing, fewer).sentence).toContain('mail is gone')
  })

  test('of containers is right when all doors are closed and the ports are as they were', () => {
    const closed = { web: { privileged: false }, tool: { pid: true, memory: 256 } }
    expect(judge('doors-open', 'mend', drawing, change('doors-open', closed)).right).toBe(true)
    const moved = { ...closed, web: { privileged: false, port: 8080 } }
    expect(judge('doors-open', 'mend', drawing, change('doors-open', moved)).sentence).toContain('web no longer')
    const ajar = { ...closed, web: { privileged: false, sysAdmin: true } }
    expect(judge('doors-open', 'mend', drawing, change('doors-open', ajar)).at[0]).toBe('web')
  })

  test('of control groups is right when controllers come from above and processes are in leaves', () => {
    const moved = { watchdog: { parent: 'batch' }, services: { passes: 'cpu, memory' } }
    expect(judge('inner-group', 'mend', drawing, change('inner-group', moved)).right).toBe(true)
    const stays = { services: { passes: 'cpu, memory' } }
    expect(judge('inner-group', 'mend', drawing, change('inner-group', stays))).toMatchObject({
      right: false,
      at: expect.arrayContaining(['services']) as string[],
    })
  })

  test('of a migration is right when disk and network fit, and not when the machine became another', () => {
    const mended = { books: { storage: 'shared' }, LAN: { purpose: 'migration' } }
    expect(judge('cannot-move', 'mend', drawing, change('cannot-move', mended)).right).toBe(true)
    const disk = { books: { storage: 'shared' } }
    expect(judge('cannot-move', 'mend', drawing, change('cannot-move', disk)).sentence).toContain('network')
    const small = { ...mended, books: { storage: 'shared', memory: 1024 } }
    expect(judge('cannot-move', 'mend', drawing, change('cannot-move', small)).sentence).toContain('books no longer')
  })
})

test('what is said of a right answer does not answer the next question', () => {
  expect(judge('where-pods-land', 'small', number(1)).sentence).not.toContain('large')
  expect(judge('rounds-and-stop', 'rounds', number(4)).sentence).not.toMatch(/0\.2|13\.5/)
  expect(judge('slots-for-all', 'cpu', number(2000)).sentence).not.toMatch(/4,096|10/)
})

describe('what is asked before a run is what the run comes to', () => {
  /** Takes the first event that is possible, again and again. @returns the states on the way */
  function play(id: string, simulation: string): unknown[] {
    const run = topology.simulations[simulation]!
    const states: unknown[] = [run.init(modelOf(id), 1)]
    for (let events = run.enabled(states[0]); events.length > 0; events = run.enabled(states.at(-1))) {
      states.push(run.apply(states.at(-1), events[0]))
      expect(states.length).toBeLessThan(200)
    }
    return states
  }

  test('rounds and stop of the migration', () => {
    const end = play('rounds-and-stop', 'live-migration').at(-1) as {
      rounds: { stopped: boolean }[]
      ended: { downtime: number; total: number }
    }
    const live = end.rounds.filter(({ stopped }) => !stopped).length
    expect(judge('rounds-and-stop', 'rounds', number(live)).right).toBe(true)
    expect(judge('rounds-and-stop', 'stop', number(end.ended.downtime)).right).toBe(true)
    expect(judge('rounds-and-stop', 'total', number(end.ended.total)).right).toBe(true)
  })

  test('nodes that the scheduler binds pods to', () => {
    const { done } = play('where-pods-land', 'scheduling').at(-1) as { done: { node: { name: string } | null }[] }
    const on = (name: string | null): Answer => number(done.filter(({ node }) => (node?.name ?? null) === name).length)
    expect(done).toHaveLength(5)
    expect(judge('where-pods-land', 'large', on('large')).right).toBe(true)
    expect(judge('where-pods-land', 'small', on('small')).right).toBe(true)
    expect(judge('where-pods-land', 'pending', on(null)).right).toBe(true)
  })
})

describe('a question that cannot be asked says why', () => {
  const broken = (check: string, params: Record<string, unknown>, of = 'page-walks'): string => {
    const exercise = exerciseOf(read(of))
    const part = { id: 'x', ask: '?', check, params, points: 1, hints: [] }
    const form = formsOf(topology, { ...exercise, parts: [part] })['x']!
    return form.kind === 'broken' ? form.sentence : ''
  }
  test.each([
    ['figure', { operation: 'traps', input: '{', field: 'cycles', topic: 'cycles' }, 'not JSON'],
    ['figure', { operation: 'traps', input: '{"guestLevels":4}', field: 'steps', topic: 'walk' }, 'no number under'],
    ['figure', { operation: 'traps', input: '{"guestLevels":0}', field: 'references', topic: 'walk' }, 'guestLevels'],
    ['figure', { operation: 'trap', input: '{}', field: 'x', topic: 'walk' }, 'operation'],
    ['ranked', { operation: 'quorum', input: '{"members":3}', field: 'names', which: 'least' }, 'stands apart'],
    ['quiet', { has: { machine: 1 } }, 'no kind "machine"'],
    ['quiet', { lies: 'vm on hypervisor' }, 'what lies in what'],
    ['quiet', { says: 'web' }, 'has to stay so'],
    ['culprits', {}, 'No rule is broken'],
    ['culprits', { kind: 'vm' }, 'another kind', 'nothing-below'],
    ['rule', { rules: ['P-1', 'P-99'] }, 'no rule "P-99"'],
    ['rule', { rules: ['P-1', 'P-2'] }, 'exactly one'],
    ['pods-on', {}, 'no nodes of Kubernetes'],
    ['live-migration', { vm: 'web', of: 'rounds' }, 'No live migration of web'],
    ['slots', { cluster: 'c', of: 'slots' }, 'no vSphere cluster "c"'],
    ['concept', { question: 'why' }, 'question'],
  ])('%s %j', (check, params, sentence, of?: string) => expect(broken(check, params, of)).toContain(sentence))

  test('about nodes, names and clusters that are not as they should be', () => {
    expect(broken('pods-on', { node: 'middle' }, 'where-pods-land')).toContain('There are: large and small')
    const parts = [
      { id: 'x', ask: '?', check: 'slots', params: { cluster: 'office', of: 'slots' }, points: 1, hints: [] },
    ]
    const model = modelOf('slots-for-all')
    const bare = { ...model, nodes: model.nodes.filter(({ kind }) => kind !== 'vm' && kind !== 'os') }
    const exercise = exerciseOf(read('slots-for-all'))
    const form = formsOf(topology, { ...exercise, given: { ...exercise.given, model: bare }, parts })['x']
    expect(form).toMatchObject({ kind: 'broken', sentence: expect.stringContaining('no size') as string })
    const endless = modelOf('rounds-and-stop')
    const fast = {
      ...endless,
      nodes: endless.nodes.map((node) => (node.id === 'shop' ? { ...node, dirtyRate: 1200 } : node)),
    }
    const moving = exerciseOf(read('rounds-and-stop'))
    expect(keyOf(topology, { ...moving, given: { ...moving.given, model: fast } })['rounds']).toContain('never ends')
    const twins = modelOf('where-pods-land')
    const same = {
      ...twins,
      nodes: twins.nodes.map((node) => (node.id === 'small' ? { ...node, cpu: 4000, memory: 8192 } : node)),
    }
    const landing = exerciseOf(read('where-pods-land'))
    expect(keyOf(topology, { ...landing, given: { ...landing.given, model: same } })['large']).toContain(
      'chance decides',
    )
  })
})
