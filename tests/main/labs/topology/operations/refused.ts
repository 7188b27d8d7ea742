// Questions that the arithmetic operations refuse, each with the sentence that says why.
import type { arithmeticOperations } from '../../../../../src-main/labs/topology/operations/arithmetic.ts'

export type Name = keyof typeof arithmeticOperations

const vms = [{ shares: 1, pages: 2, active: 0.5 }]
export const refused: [name: Name, input: unknown, message: string][] = [
  ['cpu', { capcity: 2 }, 'capcity: there is no such field. Did you mean capacity? See --help.'],
  [
    'cpu',
    { capacity: 2 },
    'input: the question is not complete: sharing needs capacity and weights; sharing needs capacity and shares. See --help.',
  ],
  ['cpu', { work: 5, quota: 0 }, 'quota: expected a number above 0, found 0.'],
  [
    'cpu',
    { work: 5, quota: 1, readyMs: 3 },
    'readyMs: work and quota ask for throttling, which has no readyMs. Leave one out.',
  ],
  ['cpu', { C: 1, capacity: 2, weights: [1] }, 'capacity: this is C once more. Keep one of them.'],
  ['cpu', { capacity: 2, weights: [1, 0] }, 'weights[1]: expected a number above 0, found 0.'],
  [
    'cpu',
    { capacity: 2, weights: [1, 1], demands: [1] },
    'demands: the number of entries is 1, of weights 2. Give one for each; null is no bound.',
  ],
  ['cpu', { capacity: 2, weights: { a: 1 }, demands: { b: 1 } }, 'demands.b: nobody has this name. Name one of a.'],
  [
    'cpu',
    { capacity: 2, weights: [1], demands: { b: 1 } },
    'demands: names are known only when weights is an object or names is given. Write a list.',
  ],
  ['cpu', { milliCpu: 'much' }, 'milliCpu: expected thousandths of a CPU such as 250, "250m" or "0.25", found "much".'],
  ['cpu', { shares: 1 }, 'shares: expected a whole number from 2 to 262,144, found 1.'],
  ['memory', { vms, tax: 1 }, 'tax: a tax of 1 would take idle memory for nothing: 1 / (1 - 1). Write less than 1.'],
  ['memory', { vms: [{ ...vms[0], active: 2 }] }, 'vms[0].active: expected a number from 0 to 1, found 2.'],
  ['memory', { configured: [4], physical: 4, overhead: 4 }, 'overhead: the hypervisor takes all 4. Lower it.'],
  ['memory', { configured: 10, reclaim: 11 }, 'reclaim: the machine has only 10 MiB. Take less.'],
  ['memory', { configured: 10, free: 11 }, 'free: the machine has only 10 MiB. Less can be free.'],
  [
    'memory',
    { capacity: 8, usage: 7, inactiveFile: 9 },
    'inactiveFile: it is part of the usage, so it cannot be more. Lower it.',
  ],
  ['memory', { capacity: 8, usage: 9 }, 'usage: it is more than the capacity of 8,192 MiB. Lower it.'],
  [
    'memory',
    { vms, reclaim: 1e9 },
    'reclaim: 1,000,000,000 from 1 machine are too many to be taken one by one. Lower it.',
  ],
  ['memory', { capacity: 'big', usage: 9 }, 'capacity: expected a size such as 64, "64Mi" or "8Gi", found "big".'],
  [
    'memory',
    { physicalGb: 64, free: 10, vms: [{ configured: 5, shares: 1, active: 0, shared: 6 }] },
    'vms[0].shared: the machine has only 5 MiB. Write less.',
  ],
  [
    'memory',
    { physicalGb: 64, free: 10, vms: [{ configured: '9Ti', shares: 1, active: 0 }] },
    'vms[0].configured: a machine may have 1,048,576 MiB at most. Write less.',
  ],
  [
    'oom',
    {
      limit: 10,
      processes: [
        { rss: 1, name: 'a' },
        { rss: 2, name: 'a' },
      ],
    },
    'processes[1]: "a" is there twice. Give each a name of its own.',
  ],
  [
    'oom',
    { limit: 10, processes: [{ rss: 1, adj: 1001 }] },
    'processes[0].adj: expected a whole number from -1,000 to 1,000, found 1001.',
  ],
  [
    'oom',
    { limit: 10, step: 1, killer: false },
    'killer: only version 1 can switch the killer off. Write "version": 1.',
  ],
  ['oom', { limit: 10, step: 1, version: 1, group: true }, 'group: only version 2 has oom.group. Write "version": 2.'],
  ['oom', { limit: 1e5, step: 1 }, 'step: program would take more than 1,000 pieces. Make them larger.'],
  ['oom', { limit: 10, step: 1, version: 1, high: 5 }, 'high: only version 2 has memory.high. Write "version": 2.'],
  ['drs', { hosts: 3, capacity: 30, vms: [[1]] }, 'hosts: the number of lists in vms is 1. Give each host one list.'],
  [
    'overlay',
    { lower: ['a'], upper: {}, whiteouts: ['a'] },
    'whiteouts: the upper layer is an object already. Put it in there.',
  ],
  ['oom', { limit: 10, step: 1, cache: 11 }, 'cache: the cgroup may hold only 10 MiB. Write less.'],
  ['oom', { limit: 10, step: 1, version: 3 }, 'version: expected 1 or 2, found 3.'],
  [
    'oom',
    { usage: 10, newLimit: 5, reclaimable: 11 },
    'reclaimable: it is part of the usage, so it cannot be more. Lower it.',
  ],
  ['oom', { qos: 'Burstable' }, 'qos: Burstable needs request and capacity. Add both.'],
  ['identity', { map: [[0, 5]], uid: 1 }, 'map[0]: expected [inside, outside, count], found [0,5].'],
  ['identity', { map: '0 5', uid: 1 }, 'map[0]: expected a line such as "0 100000 65536", found "0 5".'],
  [
    'identity',
    {
      map: [
        [0, 5, 2],
        [1, 9, 1],
      ],
      uid: 1,
    },
    'map[1]: lines 0 and 1 claim the same ids inside. Keep them apart.',
  ],
  [
    'identity',
    { map: [[0, 4_294_967_294, 2]], uid: 1 },
    'map[0]: the range goes beyond 4294967294, the largest id. Make count smaller.',
  ],
  ['identity', { map: [0, 5, 2] }, 'uid: expected an id or a list of ids. Add uid, uids or outside.'],
  ['identity', { map: [0, 5, 2], uid: 1, uids: [1] }, 'uids: give uid or uids, not both.'],
  ['identity', { map: [0, 5, 2], uid: 1, outside: 5 }, 'outside: give uid (inside) or outside, not both.'],
  ['overlay', { lower: ['a', 'a'] }, 'lower[1]: a is in this layer already, as a file. Keep one.'],
  ['overlay', { lower: ['a', 'a/b'] }, 'lower[1]: a is a file in this layer, so nothing can be in it.'],
  ['overlay', { lower: ['../x'] }, 'lower[0]: expected a path such as "etc/hosts", without "..", found "../x".'],
  ['overlay', { lower: [1] }, 'lower[0]: expected a path such as "etc/hosts", found 1.'],
  [
    'overlay',
    { lower: { files: [], colour: 1 } },
    'lower.colour: a layer has only name, files, directories, opaque, whiteouts.',
  ],
  [
    'overlay',
    { lower: ['a'], actions: ['paint a'] },
    'actions[0].do: expected "read" or "write" or "remove" or "mkdir", found "paint".',
  ],
  [
    'overlay',
    { layers: [{ name: 'x' }, { name: 'x' }] },
    'layers[1]: "x" is there twice. Give each a name of its own.',
  ],
  [
    'overlay',
    { lower: Array.from({ length: 5001 }, (_, index) => `f${index}`) },
    'layers: there are 5,001 paths, and 5,000 are the most. Leave some out.',
  ],
  ['traps', { n: 1, costs: { c_tarp: 3 } }, 'costs.c_tarp: there is no such cost. See --help.'],
  [
    'traps',
    { n: 1, costs: { hypercal: 3 } },
    'costs.hypercal: there is no such cost. Did you mean hypercall? See --help.',
  ],
  ['traps', { n: 1, batch: 0 }, 'batch: expected a whole number from 1, found 0.'],
  ['traps', { n: 1, phi: 2 }, 'exitShare: expected a number from 0 to 1, found 2.'],
  ['traps', { g: 17, h: 1 }, 'guestLevels: expected a whole number from 1 to 16, found 17.'],
  ['migrate', { M: 1, R: 0, D: 2 }, 'link: expected a number above 0, found 0.'],
  [
    'migrate',
    { M: 1, R: 1, D: 2, autoConverge: { initial: 50, most: 20 } },
    'autoConverge.initial: the first throttle is above most. Lower it.',
  ],
  [
    'migrate',
    { M: 1, R: 1, D: 2, autoConverge: { speed: 50 } },
    'autoConverge.speed: expected only initial, step, most and trigger.',
  ],
  ['migrate', { M: 1, R: 1, D: 2, autoConverge: 'yes' }, 'autoConverge: expected true or false, found "yes".'],
  ['drs', { hosts: [{}] }, 'hosts[0]: a host needs a capacity. Add capacity, or cpu and memory.'],
  ['drs', { hosts: [30, 30], vms: [[1]] }, 'vms: the number of lists is 1, of hosts 2. Give each host one list.'],
  ['drs', { hosts: [30], vms: [{ name: 'a', cpu: 1, host: 'x' }] }, 'vms[0].host: expected one of host 1, found "x".'],
  ['drs', { hosts: [{ cpu: 30 }], resource: 'memory' }, 'hosts[0].memory: the host has no capacity of memory. Add it.'],
  [
    'drs',
    { hosts: [30, 30], vms: [[1], []], apart: [['VM 1', 'b']] },
    'apart[0][1]: nobody is called "b". Name one of VM 1.',
  ],
  ['drs', { lbm: 0.1, hosts: 0 }, 'hosts: expected a whole number from 1, found 0.'],
  [
    'drs',
    { hosts: Array.from({ length: 400 }, () => ({ capacity: 9, vms: [1] })) },
    'vms: 400 machines on 400 hosts are too many for 20 moves. Lower maxMoves or leave some out.',
  ],
  [
    'ha',
    { hosts: [[1, 1]], vms: [[0, 0]] },
    'vms: no machine reserves anything, so a slot has no size. Give one of them a reservation.',
  ],
  ['ha', { total: [0, 5], reserved: [0, 1] }, 'total: the cluster has none of a resource. Give it some.'],
  ['ha', { total: [5, 5], reserved: [0, 1], percent: 101 }, 'percent: expected a number from 0 to 100, found 101.'],
]
