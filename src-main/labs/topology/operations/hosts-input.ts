// Reading the hosts and virtual machines of a cluster from the forms that people write. Knows no formula.
import { MAX_FIGURES } from '../../../contract/limits.ts'
import { bad, said } from '../../../contract/operation-input.ts'
import type { ClusterHost, ClusterMachine, PlacementRules } from '../cluster/drs.ts'
import type { Named } from '../cluster/ha.ts'
import { show, sumOf, tidy } from '../figures.ts'
import { type Fields, readList, readName, readNamed, readNumber, readOptional, refuseTwice } from './input.ts'

const machineNames = { load: 'cpu', demand: 'cpu', entitlement: 'cpu', mem: 'memory', id: 'name' }
const hostNames = { capacity: 'cpu', mem: 'memory', machines: 'vms', id: 'name' }

/** Machines that have no name are called by what they demand, as in "VM 8", and by their place when two are alike. */
function nameMachines(machines: readonly (ClusterMachine & { given: boolean })[]): string[] {
  const byLoad = machines.map(({ name, demand, given }) => (given ? name : `VM ${show(demand.cpu)}`))
  const counts = new Map<string, number>()
  for (const name of byLoad) counts.set(name, (counts.get(name) ?? 0) + 1)
  return byLoad.map((name, index) =>
    machines[index]!.given || counts.get(name) === 1 ? name : `${name} (${index + 1})`,
  )
}

function readMachine(value: unknown, at: string): ClusterMachine & { given: boolean; host: unknown } {
  const fields = readNamed(typeof value === 'number' ? { cpu: value } : value, machineNames, at)
  return {
    name: fields['name'] === undefined ? '' : readName(fields['name'], `${at}.name`),
    given: fields['name'] !== undefined,
    host: fields['host'],
    demand: {
      cpu: readOptional(fields['cpu'], 0, (given) => readNumber(given, `${at}.cpu`)),
      memory: readOptional(fields['memory'], 0, (given) => readNumber(given, `${at}.memory`)),
    },
  }
}

interface ReadHost {
  name: string
  /** Infinity for a resource that nobody wrote, which then does not count */
  capacity: { cpu: number; memory: number }
  vms: unknown[]
  at: string
}

/** @param usual CPU capacity of a host that says none, or Infinity */
function readHost(value: unknown, at: string, index: number, usual: number): ReadHost {
  const fields = readNamed(typeof value === 'number' ? { cpu: value } : value, hostNames, at)
  const capacity = (field: string, otherwise: number): number =>
    readOptional(fields[field], otherwise, (given) => readNumber(given, `${at}.${field}`, { above: 0 }))
  const room = { cpu: capacity('cpu', usual), memory: capacity('memory', Infinity) }
  if (room.cpu === Infinity && room.memory === Infinity) {
    throw bad(at, 'a host needs a capacity. Add capacity, or cpu and memory.')
  }
  return {
    name: readOptional(fields['name'], `host ${index + 1}`, (given) => readName(given, `${at}.name`)),
    capacity: room,
    vms: fields['vms'] === undefined ? [] : readList(fields['vms'], `${at}.vms`, '[12, 8, 4]', 0),
    at: `${at}.vms`,
  }
}

/** A machine before it is read: its text, its place in the input, and its host, or -1 when it names its host itself. */
interface Placed {
  value: unknown
  at: string
  host: number
}

/** The machines that are listed beside the hosts: a list for each host, or one list of machines that name theirs. */
function placeListed(vms: unknown, hosts: number): Placed[] {
  const listed = readList(vms, 'vms', '[[12, 8, 4], [6], [9]]', 0)
  if (!listed.some((one) => Array.isArray(one))) {
    return listed.map((value, index) => ({ value, at: `vms[${index}]`, host: -1 }))
  }
  if (listed.length !== hosts) {
    throw bad('vms', `the number of lists is ${show(listed.length)}, of hosts ${show(hosts)}. Give each host one list.`)
  }
  return listed.flatMap((one, host) =>
    readList(one, `vms[${host}]`, '[12, 8, 4]', 0).map((value, index) => ({
      value,
      at: `vms[${host}][${index}]`,
      host,
    })),
  )
}

/**
 * Hosts with their machines: machines stand in their host, in a list of lists beside the hosts, or each names its host.
 * @throws InterlockError `bad-input`
 */
export function readCluster(fields: Fields): ClusterHost[] {
  const { hosts: given, vms } = fields
  const usual = readOptional(fields['capacity'], Infinity, (value) => readNumber(value, 'capacity', { above: 0 }))
  const list =
    given === undefined || (typeof given === 'number' && usual < Infinity)
      ? readList(vms, 'vms', '[[12, 8, 4], [6], [9]]').map(() => ({}))
      : readList(given, 'hosts', '[{ "capacity": 30, "vms": [12, 8, 4] }]')
  if (typeof given === 'number' && given !== list.length) {
    throw bad('hosts', `the number of lists in vms is ${show(list.length)}. Give each host one list.`)
  }
  const hosts = list.map((host, index) => readHost(host, `hosts[${index}]`, index, usual))
  refuseTwice(
    hosts.map(({ name }) => name),
    'hosts',
  )
  const places: Placed[] = hosts.flatMap(({ vms: own, at }, host) =>
    own.map((value, index) => ({ value, at: `${at}[${index}]`, host })),
  )
  if (vms !== undefined) places.push(...placeListed(vms, hosts.length))
  if (places.length > MAX_FIGURES) {
    throw bad('vms', `there may be ${show(MAX_FIGURES)} machines at most. Leave some out.`)
  }
  const machines = places.map(({ value, at }) => readMachine(value, at))
  const names = nameMachines(machines)
  refuseTwice(names, 'vms')
  const homes = hosts.map((): ClusterMachine[] => [])
  for (const [index, { host, at }] of places.entries()) {
    const machine = machines[index]!
    homes[host >= 0 ? host : hostOf(machine.host, hosts, at)]!.push({ name: names[index]!, demand: machine.demand })
  }
  return hosts.map(({ name, capacity: room }, index) => ({ name, capacity: room, machines: homes[index]! }))
}

/** The host that a machine names, by name or by place from 0. */
function hostOf(value: unknown, hosts: readonly ReadHost[], at: string): number {
  const named = hosts.findIndex(({ name }) => name === value)
  if (named !== -1) return named
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < hosts.length) return value
  const known = hosts.map(({ name }) => name)
  throw bad(`${at}.host`, `expected one of ${known.slice(0, 8).join(', ')}, found ${said(value)}.`)
}

/** Machines that must be apart, and hosts that a machine is pinned to. @throws InterlockError `bad-input` */
export function readRules(fields: Fields, hosts: readonly ClusterHost[]): PlacementRules {
  const places = hosts.map(({ name }) => name)
  const machines = hosts.flatMap((host) => host.machines.map(({ name }) => name))
  const known = (value: unknown, at: string, names: readonly string[]): string => {
    const name = readName(typeof value === 'number' ? `VM ${show(value)}` : value, at)
    if (names.includes(name)) return name
    throw bad(at, `nobody is called ${said(name)}. Name one of ${names.slice(0, 8).join(', ')}.`)
  }
  const apart = readOptional(fields['apart'], [], (value) =>
    readList(value, 'apart', '[["a", "b"]]', 0).map((group, index) =>
      readList(group, `apart[${index}]`, '["a", "b"]', 2).map((name, place) =>
        known(name, `apart[${index}][${place}]`, machines),
      ),
    ),
  )
  const pinned = readOptional(fields['pinned'], {}, (value) =>
    Object.fromEntries(
      Object.entries(readNamed(value, {}, 'pinned')).map(([machine, where]) => {
        const at = `pinned.${machine}`
        const list = readList(Array.isArray(where) ? where : [where], at, '["host 1"]')
        return [known(machine, at, machines), list.map((host) => known(host, at, places))]
      }),
    ),
  )
  return { apart, pinned }
}

/** CPU and memory: [9, 6], or with these fields; a name where there is one. @throws InterlockError `bad-input` */
export function readPair(value: unknown, at: string, usual: string): Named {
  const list = Array.isArray(value) ? { cpu: value[0] as unknown, memory: value[1] as unknown } : value
  const fields = readNamed(list, { mem: 'memory', id: 'name', cpuReservation: 'cpu', memoryReservation: 'memory' }, at)
  return {
    name: readOptional(fields['name'], usual, (given) => readName(given, `${at}.name`)),
    cpu: readNumber(fields['cpu'], `${at}.cpu`),
    memory: readNumber(fields['memory'], `${at}.memory`),
  }
}

/** The sum of each resource. */
export const totalOf = (pairs: readonly Named[]): { cpu: number; memory: number } => ({
  cpu: tidy(sumOf(pairs.map(({ cpu }) => cpu))),
  memory: tidy(sumOf(pairs.map(({ memory }) => memory))),
})
