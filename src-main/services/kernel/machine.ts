// The probe: what this Linux can do, found by trying it and undone at once. Nothing is guessed from a version.
// Each question is asked once in the life of a host. Knows no experiment.
import { readFileSync } from 'node:fs'
import { availableParallelism, release, totalmem } from 'node:os'
import type { MachineFacts } from '../../contract/kernel.ts'
import { terminalFacts, whyNoTerminals } from '../terminal/possible.ts'
import { triedOverlay, triedUserNamespaces, triedGroups, versionsOfTools } from './trials.ts'
import { hierarchiesOf } from './groups.ts'
import { createProc } from './proc.ts'
import { namespaceTypes } from '../../contract/kernel.ts'

export interface Machine {
  /** Tries once, then remembers. */
  facts(): Promise<{ machine: MachineFacts; why: string | null }>
  /** Why nothing can be looked at here, as a sentence with the remedy; null where it can. */
  whyNot(): string | null
}

export interface MachineOptions {
  platform?: string
  /** why there can be no terminal, or null */
  terminals?: () => string | null
  /** what stands before all paths of /proc */
  root?: string
}

export function createMachine({
  platform = process.platform,
  terminals = () => whyNoTerminals(terminalFacts()),
  root = '',
}: MachineOptions = {}): Machine {
  const proc = createProc(root)
  const whyNot = (): string | null =>
    whyNothing(platform, terminals(), proc.short('/proc/version'), proc.link('/proc/self/ns/pid') !== null)
  let found: Promise<MachineFacts> | null = null
  return {
    whyNot,
    async facts() {
      const why = whyNot()
      // Without Linux there is nothing to try; what is switched off is not tried either.
      if (why !== null) return { machine: plainFacts(platform, proc.short('/proc/version')), why }
      found ??= probe(platform)
      return { machine: await found, why }
    },
  }
}

/** The name of the system: Windows's Linux is told from others, since its first version has no Linux kernel. */
export function platformOf(platform: string, version: string | null): string {
  if (platform !== 'linux' || version === null || !/microsoft/i.test(version)) return platform
  return /wsl2|microsoft-standard/i.test(version) ? 'wsl2' : 'wsl1'
}

/** @param terminals why there can be no terminal, or null */
export function whyNothing(
  platform: string,
  terminals: string | null,
  version: string | null,
  namespaces: boolean,
): string | null {
  const name = platformOf(platform, version)
  if (name === 'darwin' || name === 'win32') {
    const system = name === 'darwin' ? 'macOS' : 'Windows'
    const help = name === 'darwin' ? 'in a virtual machine with Linux' : 'inside WSL 2 or a virtual machine with Linux'
    return `Namespaces and control groups belong to the Linux kernel, and this is ${system}. Replay a recorded run here, or start Interlock ${help}.`
  }
  if (name === 'wsl1') {
    return 'This is the first version of WSL, which has no Linux kernel and so no namespaces. Change the distribution to WSL 2 (wsl --set-version), or replay a recorded run.'
  }
  if (name !== 'linux' && name !== 'wsl2') {
    return `Namespaces and control groups belong to the Linux kernel, and this system is ${name}. Replay a recorded run here.`
  }
  if (terminals !== null) return terminals
  if (!namespaces) {
    return 'The kernel tells nothing about processes here: /proc is not mounted, or has no namespaces. Mount it, or replay a recorded run.'
  }
  return null
}

function plainFacts(platform: string, version: string | null): MachineFacts {
  return {
    platform: platformOf(platform, version),
    kernel: release(),
    uid: process.getuid?.() ?? 0,
    cores: availableParallelism(),
    memory: totalmem(),
    swap: 0,
    types: [],
    userNamespaces: 'Nothing was tried on this machine.',
    cgroups: 'none',
    controllers: [],
    writable: {},
    tools: {},
    overlay: false,
  }
}

/** Bytes of a line of `/proc/meminfo`. */
export function memoryLine(meminfo: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(meminfo)?.[1] ?? 0) * 1024
}

async function probe(platform: string): Promise<MachineFacts> {
  const proc = createProc()
  const version = proc.short('/proc/version')
  const cgroup = proc.text('/proc/self/cgroup') ?? ''
  const hierarchies = hierarchiesOf(proc.text('/proc/self/mountinfo') ?? '', cgroup)
  const types = new Set(proc.names('/proc/self/ns'))
  const versions = new Set(hierarchies.map((one) => one.version))
  const [userNamespaces, tools, groups] = await Promise.all([
    triedUserNamespaces(proc),
    versionsOfTools(),
    triedGroups(proc, hierarchies, cgroup),
  ])
  // After the namespaces: as an ordinary user it is tried inside of one.
  const overlay = await triedOverlay(userNamespaces === null)
  return {
    ...plainFacts(platform, version),
    memory: memoryLine(readFileSync('/proc/meminfo', 'utf8'), 'MemTotal'),
    swap: memoryLine(readFileSync('/proc/meminfo', 'utf8'), 'SwapTotal'),
    types: namespaceTypes.filter((type) => types.has(type)),
    userNamespaces,
    // A named hierarchy without controllers, as some service managers keep one, is no reason to speak of v1.
    cgroups: versions.has(1) ? (versions.has(2) ? 'hybrid' : 'v1') : versions.has(2) ? 'v2' : 'none',
    ...groups,
    tools,
    overlay,
  }
}
