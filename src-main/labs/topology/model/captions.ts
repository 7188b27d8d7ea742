// What stands in a box beside its name: the word for its kind, and its main figures.
import type { NodeRecord } from '../../../contract/document.ts'
import { hypervisorType } from './kinds.ts'
import { isSet, numberOf, properties, textOf } from './properties.ts'

/** Mebibytes as people say them. */
export function memory(mib: number): string {
  return mib >= 1024 && mib % 512 === 0 ? `${mib / 1024} GiB` : `${mib} MiB`
}

const chosen = (node: NodeRecord, key: string): string => {
  const field = properties[node.kind]?.find((one) => one.key === key)
  const value = textOf(node, key)
  return field?.type === 'choice' ? (field.options.find((option) => option.value === value)?.label ?? value) : value
}

/** The kind in a word or two, with what tells its sorts apart. */
export function stripOf(node: NodeRecord): string {
  switch (node.kind) {
    case 'host':
      return 'HOST'
    case 'os':
      return chosen(node, 'family').toUpperCase()
    case 'hypervisor': {
      const type = hypervisorType(node)
      return type === 1 ? 'TYPE 1' : type === 2 ? 'TYPE 2' : type === 'kvm' ? 'KVM' : 'QEMU'
    }
    case 'vm':
      return isSet(node, 'running') ? 'VM' : 'VM, OFF'
    case 'engine':
      return 'ENGINE'
    case 'container':
      return isSet(node, 'privileged') ? 'CONTAINER, PRIVILEGED' : 'CONTAINER'
    case 'namespace':
      return `${textOf(node, 'type').toUpperCase()} NS`
    case 'cgroup':
      return `CGROUP ${textOf(node, 'version')}`
    case 'control':
      return 'CONTROL PLANE'
    default:
      return (shortNames[node.kind] ?? node.kind).toUpperCase()
  }
}

const shortNames: Readonly<Record<string, string>> = {
  device: 'PCI device',
  interface: 'interface',
  cluster: 'Kubernetes',
  vcluster: 'vSphere',
  overlay: 'overlay',
}

/** Main figures, short enough for a line. */
export function figuresOf(node: NodeRecord): string {
  switch (node.kind) {
    case 'host':
      return `${numberOf(node, 'cpus')} CPUs, ${memory(numberOf(node, 'memory'))}`
    case 'hypervisor':
      return chosen(node, 'technique')
    case 'vm':
      return `${numberOf(node, 'cpus')} vCPU, ${memory(numberOf(node, 'memory'))}`
    case 'engine':
    case 'runtime':
      return chosen(node, 'product')
    case 'container':
      return textOf(node, 'image') || (numberOf(node, 'memory') > 0 ? memory(numberOf(node, 'memory')) : 'no limit')
    case 'process':
      return textOf(node, 'listens')
    case 'namespace':
      return textOf(node, 'map')
    case 'cgroup':
      return textOf(node, 'memory') === '' ? '' : `memory ${textOf(node, 'memory')}`
    case 'network':
      return chosen(node, 'purpose')
    case 'storage':
      return textOf(node, 'reach')
    case 'control':
      return chosen(node, 'part')
    case 'node':
      return `${numberOf(node, 'cpu')}m, ${memory(numberOf(node, 'memory'))}`
    case 'deployment':
      return numberOf(node, 'replicas') === 1 ? '1 replica' : `${numberOf(node, 'replicas')} replicas`
    case 'pod':
      return `${numberOf(node, 'cpu')}m, ${memory(numberOf(node, 'memory'))}`
    case 'vcluster':
      return [isSet(node, 'ha') ? 'HA' : '', isSet(node, 'drs') ? 'DRS' : ''].filter((part) => part !== '').join(', ')
    default:
      return ''
  }
}

/** Width in which the strip of a box shows all that stands in it, in canvas units; even, so that its middle is whole. */
export function leastWidth(node: NodeRecord): number {
  const [kind, figures] = [stripOf(node).length * 8.4, figuresOf(node).length * 6.6]
  return 2 * Math.ceil((48 + kind + 8.2 * [...node.name].length + figures) / 2)
}
