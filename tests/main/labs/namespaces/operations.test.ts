// Operations, verdict, checks and lanes over the real experiments: what is asked for comes back, what cannot be is refused.
import { describe, expect, test } from 'vitest'
import type { MachineFacts } from '../../../../src-main/contract/kernel.ts'
import { namespaces } from '../../../../src-main/labs/namespaces/index.ts'
import { experiments } from '../../../../src-main/labs/namespaces/model/experiments/index.ts'
import { asciicast } from '../../../../src-main/labs/namespaces/model/formats.ts'
import { laneOf } from '../../../../src-main/labs/namespaces/model/lanes.ts'
import { patchOf } from '../../../../src-main/contract/merge-patch.ts'
import { runOperation } from '../../../../src-main/services/operations.ts'
import type { KernelSample, Recording } from '../../../../src-main/contract/kernel.ts'
import { HOST, byId, mount, process, sample } from './samples.ts'

const machine: MachineFacts = {
  platform: 'linux',
  kernel: '6.1.0',
  uid: 1000,
  cores: 2,
  memory: 8e9,
  swap: 0,
  types: [],
  userNamespaces: null,
  cgroups: 'v2',
  writable: {},
  controllers: [],
  tools: { unshare: '2.38' },
  overlay: true,
}
const judgeOf = (input: object) => runOperation(namespaces.operations['judge']!, input) as ReturnType<typeof Object>
const idle = sample([process(400, 1)])
const done = sample(
  [process(400, 1), process(402, 400, { pids: [402, 1], namespaces: { ...HOST, pid: 50, mnt: 51, user: 52 } })],
  {
    time: 800,
    mounts: { 51: byId([mount(1, '/'), mount(2, '/proc', { type: 'proc' }), mount(3, '/proc', { type: 'proc' })]) },
  },
)
const recorded = (experiment: string | null, first: KernelSample, ...next: KernelSample[]): Recording => ({
  version: 1,
  experiment,
  machine,
  first,
  changes: next.map((one, index) => patchOf(index === 0 ? first : next[index - 1]!, one)),
  terminal: { columns: 80, rows: 24, events: [[0.5, 'o', '$ ']] },
})

describe('namespaces.experiments', () => {
  test('lists all with what they need and what proves them', () => {
    const { experiments: listed } = runOperation(namespaces.operations['experiments']!, {}) as {
      experiments: { id: string; needs: string; conditions: { id: string }[] }[]
    }
    expect(listed.map(({ id }) => id)).toEqual(experiments.map(({ id }) => id))
    for (const { needs, conditions } of listed) {
      expect(['root', 'delegated', 'user', 'nothing']).toContain(needs)
      expect(conditions.length).toBeGreaterThan(0)
    }
  })

  test('refuses an experiment that it does not have by naming those it has', () => {
    expect(() => runOperation(namespaces.operations['experiments']!, { experiment: 'pid-2' })).toThrow(/pid-1/)
  })
})

describe('namespaces.judge', () => {
  test('proves by samples, and says from which one on', () => {
    expect(judgeOf({ experiment: 'pid-1', samples: [idle, done] })).toMatchObject({
      experiment: 'pid-1',
      solved: true,
      conditions: [
        { holds: true, since: 1 },
        { holds: true, since: 1 },
      ],
    })
  })

  test('gives the reason of what does not hold, and of what waits for it', () => {
    const { solved, conditions } = judgeOf({ experiment: 'pid-1', samples: [idle] }) as {
      solved: boolean
      conditions: { holds: boolean; since: null; reason: string }[]
    }
    expect([solved, conditions[0]!.since]).toEqual([false, null])
    expect(conditions[0]!.reason).toContain('--fork')
    expect(conditions[1]!.reason).toBe('The conditions before it do not hold yet.')
  })

  test('takes the experiment from the recording', () => {
    expect(judgeOf({ recording: recorded('pid-1', idle, done) })).toMatchObject({ experiment: 'pid-1', solved: true })
  })

  test.each([
    [{ experiment: 'pid-1' }, /either samples or a recording/],
    [{ recording: recorded(null, idle) }, /Name the experiment/],
    [{ experiment: 'nothing', samples: [] }, /pid-1/],
    [{ experiment: 'pid-1', samples: [{ ...idle, shell: 'bash' }] }, /shell/],
  ])('refuses %#', (input, why) => {
    expect(() => judgeOf(input)).toThrow(why)
  })
})

describe('the verdict on a document', () => {
  const verdict = (experiment: string | null, recording?: Recording) =>
    namespaces.verdict({ nodes: [], edges: [], experiment, ...(recording !== undefined && { recording }) })

  test.each([
    [null, undefined, 'No experiment'],
    ['gone', undefined, 'Unknown'],
    ['pid-1', undefined, 'Not done yet'],
    ['pid-1', recorded('pid-1', idle), '0 of 2'],
    ['pid-1', recorded('pid-1', idle, done), 'Solved'],
  ])('for %s', (experiment, recording, word) => {
    expect(verdict(experiment, recording).word).toBe(word)
  })

  test('says when each condition held', () => {
    const [group] = verdict('pid-1', recorded('pid-1', idle, done)).evidence
    expect(group?.items[0]).toMatchObject({ mark: 'free', detail: expect.stringContaining('after 0.8 s') as string })
  })
})

describe('the check of an exercise', () => {
  const [check] = namespaces.checks!
  const params = { experiment: 'pid-1' }
  const given = { nodes: [], edges: [], experiment: 'pid-1' }
  const judged = (recording?: Recording) =>
    check!.judge(
      { given, drawing: { ...given, ...(recording !== undefined && { recording }) }, params },
      { kind: 'drawing' },
    )

  test('is right by evidence alone', () => {
    expect(judged(recorded('pid-1', idle, done))).toMatchObject({ right: true, share: 1 })
  })

  test('is not moved by what was typed', () => {
    const typed: Recording = {
      ...recorded('pid-1', idle, { ...idle, time: 900 }),
      terminal: { columns: 80, rows: 24, events: [[1, 'o', 'unshare --user --pid --fork --mount-proc bash\r\npid=1']] },
    }
    expect(judged(typed)).toMatchObject({ right: false, share: 0 })
  })

  test('says what is missing, or that there is no run', () => {
    expect(judged().sentence).toContain('Keep this run')
    expect(judged(recorded('cable', idle)).sentence).toContain('another experiment')
  })
})

describe('what a machine can do', () => {
  const user = { need: 'user', tools: ['unshare'] } as const

  test('is what the probe has tried', () => {
    expect(laneOf(user, machine)).toMatchObject({ real: true })
    expect(laneOf(user, { ...machine, userNamespaces: 'AppArmor forbids it.' }).why).toContain('AppArmor forbids it.')
    expect(laneOf(user, { ...machine, tools: {} }).why).toContain('unshare')
    expect(laneOf(user, { ...machine, platform: 'darwin' }).why).toContain('Linux')
    expect(laneOf(user, { ...machine, platform: 'wsl1' }).why).toContain('WSL 2')
    expect(laneOf({ need: 'root', tools: [] }, machine).real).toBe(false)
    expect(laneOf({ need: 'root', tools: [] }, { ...machine, uid: 0 }).real).toBe(true)
  })

  test('for limits is whether a group of that controller can be made, in either hierarchy', () => {
    const limit = { need: 'delegated', tools: [], controllers: ['memory'] } as const
    expect(laneOf(limit, machine).why).toContain('memory')
    expect(laneOf(limit, { ...machine, writable: { memory: '/sys/fs/cgroup/memory/lab' } }).real).toBe(true)
    expect(laneOf(limit, { ...machine, writable: { 'cpu,cpuacct': '/sys/fs/cgroup/cpu' } }).real).toBe(false)
    const unified = { ...machine, writable: { '': '/sys/fs/cgroup/user' } }
    expect(laneOf(limit, unified).real).toBe(false)
    expect(laneOf(limit, { ...unified, controllers: ['memory'] }).real).toBe(true)
  })
})

describe('the terminal as asciicast', () => {
  test('has a header of version 3 and the time between events', () => {
    const run = recorded('pid-1', idle)
    run.terminal.events = [
      [0.5, 'o', 'a'],
      [0.75, 'o', 'b\n'],
      [2, 'x', '0'],
    ]
    expect(asciicast(run, 'PID 1').split('\n')).toEqual([
      '{"version":3,"term":{"cols":80,"rows":24},"title":"PID 1"}',
      '[0.5,"o","a"]',
      '[0.25,"o","b\\n"]',
      '[1.25,"x","0"]',
      '',
    ])
  })

  test('does not drift: rounded times add up to the whole', () => {
    const run = recorded('pid-1', idle)
    run.terminal.events = Array.from({ length: 1000 }, (_, index) => [index / 3000, 'o', '.'] as const).map(
      ([at, kind, text]) => [at, kind, text],
    )
    const times = asciicast(run, '')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => (JSON.parse(line) as [number])[0])
    expect(times.reduce((sum, one) => sum + one, 0)).toBeCloseTo(999 / 3000, 2)
  })
})
