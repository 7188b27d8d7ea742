// The operation `topology.drs`: loads of hosts and their spread, every legal move, greedy balancing, classic priority.
import type { Operation } from '../../../contract/lab.ts'
import { MAX_BALANCING_MOVES, MAX_BALANCING_WORK } from '../../../contract/limits.ts'
import { anything, bad } from '../../../contract/operation-input.ts'
import { balanceGreedily, balanceOf, classicPriority, movesOf, type Resource } from '../cluster/drs.ts'
import { show } from '../figures.ts'
import { readCluster, readRules } from './hosts-input.ts'
import { type Fields, kindOf, type Question, readChoice, readNamed, readNumber, readOptional } from './input.ts'

/** Moves of a plan when nobody says how many. */
const USUAL_MOVES = 20

const may = ['resource', 'target', 'cost', 'maxMoves', 'apart', 'pinned'] as const
const questions: readonly Question<'balance' | 'priority'>[] = [
  { kind: 'priority', needs: ['lbm', 'hosts'], may: [] },
  { kind: 'balance', needs: ['hosts'], may: ['vms', 'capacity', ...may] },
  { kind: 'balance', needs: ['capacity', 'vms'], may: ['hosts', ...may] },
]

const aliases = {
  capacities: 'hosts',
  LBM: 'lbm',
  minGain: 'cost',
  migrationCost: 'cost',
  threshold: 'target',
  machines: 'vms',
}

function runBalance(fields: Fields): object {
  const hosts = readCluster(fields)
  const usual: Resource = hosts.every(({ capacity }) => capacity.cpu < Infinity) ? 'cpu' : 'memory'
  const resource = readOptional(fields['resource'], usual, (value) => readChoice(value, 'resource', ['cpu', 'memory']))
  const bare = hosts.findIndex(({ capacity }) => capacity[resource] === Infinity)
  if (bare !== -1) throw bad(`hosts[${bare}].${resource}`, `the host has no capacity of ${resource}. Add it.`)
  const rules = readRules(fields, hosts)
  const target = readOptional(fields['target'], 0, (value) => readNumber(value, 'target'))
  const cost = readOptional(fields['cost'], 0, (value) => readNumber(value, 'cost'))
  const most = readOptional(fields['maxMoves'], USUAL_MOVES, (value) =>
    readNumber(value, 'maxMoves', { max: MAX_BALANCING_MOVES, whole: true }),
  )
  const machines = hosts.reduce((sum, host) => sum + host.machines.length, 0)
  if ((most + 1) * machines * hosts.length ** 2 > MAX_BALANCING_WORK) {
    const size = `${show(machines)} machines on ${show(hosts.length)} hosts`
    throw bad('vms', `${size} are too many for ${show(most)} moves. Lower maxMoves or leave some out.`)
  }
  const balance = balanceOf(hosts, resource)
  const { legal, refused } = movesOf(hosts, resource, rules)
  const [best] = legal
  const recommended = best !== undefined && best.gain > cost && balance.sigma > target ? best : null
  const plan = balanceGreedily(hosts, resource, { target, cost, most, rules })
  const other: Resource = resource === 'cpu' ? 'memory' : 'cpu'
  const both = hosts.every(({ capacity }) => capacity[other] < Infinity)
  return {
    kind: 'balance',
    resource,
    loads: balance.loads,
    mean: balance.mean,
    sigma: balance.sigma,
    ...(both ? { other: { resource: other, ...withoutWorking(balanceOf(hosts, other)) } } : {}),
    best: recommended,
    moves: legal,
    refused,
    plan,
    working: [
      ...balance.working,
      ...legal
        .slice(0, 20)
        .map(
          (move) =>
            `${move.machine} from ${move.from} to ${move.to}: sigma ${show(move.sigma)}, gain ${show(move.gain)}`,
        ),
      ...(legal.length > 20 ? [`… and ${show(legal.length - 20)} more moves, each worse.`] : []),
      recommended === null
        ? 'No move is worth it.'
        : `Best: ${recommended.machine} from ${recommended.from} to ${recommended.to}, sigma ${show(recommended.sigma)}.`,
      ...plan.steps.map(({ working }, index) => `Plan, step ${index + 1}: ${working}`),
    ],
  }
}

const withoutWorking = ({ loads, mean, sigma }: { loads: number[]; mean: number; sigma: number }): object => ({
  loads,
  mean,
  sigma,
})

function run(input: unknown): object {
  const fields = readNamed(input, aliases)
  const kind = kindOf(fields, questions)
  if (kind === 'balance') return runBalance(fields)
  const hosts = Array.isArray(fields['hosts']) ? fields['hosts'].length : fields['hosts']
  return {
    kind,
    ...classicPriority(readNumber(fields['lbm'], 'lbm'), readNumber(hosts, 'hosts', { min: 1, whole: true })),
  }
}

const example = { capacity: 30, vms: [[12, 8, 4], [6], [9]] }

export const drs: Operation<unknown, object> = {
  summary:
    'Balancing a cluster: loads and their spread, every legal move, the best one, a greedy plan, classic priority.',
  input: anything(),
  help: [
    'Input, one of these questions:',
    '  balance   hosts (each capacity, or cpu and memory; name, vms) or capacity (of each host);',
    '            vms: in their host, as a list for each host, or each with its host; a VM is a number, or name, cpu, memory;',
    '            optional resource ("cpu" or "memory"), target (sigma that is good enough, 0), cost (of a move, 0),',
    '            maxMoves (20), apart (groups of VMs that must not meet), pinned ({"vm": ["host 1"]})',
    '  priority  lbm, hosts (how many)',
    'Output, with kind and working (the formulas with their numbers) always:',
    '  balance   loads, mean, sigma (population standard deviation); other: the same of the other resource;',
    '            moves: every legal move with sigma after it and gain, the best first; best (null: none is worth it);',
    '            refused: moves beyond capacity or against a rule, with the reason; plan: steps, sigma, loads, ended',
    '  priority  priority (1 to 5), raw (before it is clamped)',
    'VMs without a name are called by their size, such as "VM 8"; hosts "host 1", "host 2" …',
    'Figures have up to 12 digits; only the lines of working are rounded, to 4 digits behind the point.',
  ],
  get example() {
    return { input: example, output: run(example) }
  },
  run,
}
