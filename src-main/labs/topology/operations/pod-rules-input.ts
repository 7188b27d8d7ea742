// Reading where a pod may and would like to go, in the form of Kubernetes manifests: selectors, affinity, tolerations,
// spreading, host ports and volumes.
import { bad, readWhole, said } from '../../../contract/operation-input.ts'
import { operators, taintEffects } from '../kubernetes/spec.ts'
import { type Fields, list, oneOf, readLabels, record, text } from './cluster-fields.ts'

const each = <T>(value: unknown, at: string, read: (one: unknown, at: string) => T): T[] =>
  list(value, at).map((one, index) => read(one, `${at}[${index}]`))

function readRequirement(value: unknown, at: string): unknown {
  const fields = record(value, at)
  const operator = oneOf(fields['operator'], `${at}.operator`, operators)
  const values = each(fields['values'], `${at}.values`, (one, here) => text(one, here))
  if ((operator === 'In' || operator === 'NotIn') && values.length === 0) {
    throw bad(`${at}.values`, `${operator} needs at least one value.`)
  }
  if ((operator === 'Gt' || operator === 'Lt') && (values.length !== 1 || !/^-?\d+$/.test(values[0] ?? ''))) {
    throw bad(`${at}.values`, `${operator} needs one whole number, such as ["4"].`)
  }
  return { key: text(fields['key'], `${at}.key`), operator, values }
}

/** Null for no selector at all, which matches nothing. Plain pairs are taken for matchLabels. */
function readSelector(value: unknown, at: string): unknown {
  if (value === undefined || value === null) return null
  const fields = record(value, at)
  if (!('matchLabels' in fields) && !('matchExpressions' in fields)) {
    return { matchLabels: readLabels(fields, at), matchExpressions: [] }
  }
  return {
    matchLabels: readLabels(fields['matchLabels'], `${at}.matchLabels`),
    matchExpressions: each(fields['matchExpressions'], `${at}.matchExpressions`, readRequirement),
  }
}

function readNodeTerm(value: unknown, at: string): unknown {
  const fields = record(value, at)
  return {
    expressions: each(fields['matchExpressions'], `${at}.matchExpressions`, readRequirement),
    fields: each(fields['matchFields'], `${at}.matchFields`, readRequirement),
  }
}

function readPodTerm(value: unknown, at: string): unknown {
  const fields = record(value, at)
  return {
    topologyKey: text(fields['topologyKey'], `${at}.topologyKey`),
    selector: readSelector(fields['labelSelector'] ?? fields['selector'], `${at}.labelSelector`),
    namespaces: each(fields['namespaces'], `${at}.namespaces`, (one, here) => text(one, here)),
  }
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution'

const weighted = (value: unknown, at: string, key: string, read: (one: unknown, at: string) => unknown): unknown[] =>
  each(value, at, (one, here) => {
    const fields = record(one, here)
    return {
      weight: readWhole(fields['weight'] ?? 1, `${here}.weight`, 1, 100),
      term: read(fields[key] ?? fields['term'] ?? fields, `${here}.${key}`),
    }
  })

function readNodeAffinity(value: unknown, at: string): unknown {
  const fields = record(value, at)
  const required = fields[REQUIRED] ?? fields['required']
  const terms = Array.isArray(required) ? required : record(required, `${at}.required`)['nodeSelectorTerms']
  return {
    required: required === undefined ? null : each(terms, `${at}.required`, readNodeTerm),
    preferred: weighted(fields[PREFERRED] ?? fields['preferred'], `${at}.preferred`, 'preference', readNodeTerm),
  }
}

function readPodAffinity(value: unknown, at: string): unknown {
  const fields = record(value, at)
  return {
    required: each(fields[REQUIRED] ?? fields['required'], `${at}.required`, readPodTerm),
    preferred: weighted(fields[PREFERRED] ?? fields['preferred'], `${at}.preferred`, 'podAffinityTerm', readPodTerm),
  }
}

function readToleration(value: unknown, at: string): unknown {
  const fields = record(value, at)
  const key = text(fields['key'], `${at}.key`, '')
  const seconds = fields['tolerationSeconds'] ?? fields['seconds']
  const operator = oneOf(fields['operator'], `${at}.operator`, ['Equal', 'Exists'], key === '' ? 'Exists' : 'Equal')
  if (key === '' && operator === 'Equal') throw bad(`${at}.operator`, 'without a key it has to be Exists.')
  return {
    key,
    operator,
    value: text(fields['value'], `${at}.value`, ''),
    effect: oneOf(fields['effect'], `${at}.effect`, ['', ...taintEffects], ''),
    ...(seconds === undefined ? {} : { seconds: readWhole(seconds, `${at}.tolerationSeconds`, 0, 86_400) }),
  }
}

const POLICIES = ['Honor', 'Ignore'] as const

function readSpread(value: unknown, at: string): unknown {
  const fields = record(value, at)
  return {
    maxSkew: readWhole(fields['maxSkew'] ?? 1, `${at}.maxSkew`, 1, 1_000_000),
    topologyKey: text(fields['topologyKey'], `${at}.topologyKey`, 'kubernetes.io/hostname'),
    selector: readSelector(fields['labelSelector'] ?? fields['selector'], `${at}.labelSelector`),
    whenUnsatisfiable: oneOf(
      fields['whenUnsatisfiable'],
      `${at}.whenUnsatisfiable`,
      ['DoNotSchedule', 'ScheduleAnyway'],
      'DoNotSchedule',
    ),
    minDomains: readWhole(fields['minDomains'] ?? 1, `${at}.minDomains`, 1, 1_000_000),
    nodeAffinityPolicy: oneOf(fields['nodeAffinityPolicy'], `${at}.nodeAffinityPolicy`, POLICIES, 'Honor'),
    nodeTaintsPolicy: oneOf(fields['nodeTaintsPolicy'], `${at}.nodeTaintsPolicy`, POLICIES, 'Ignore'),
  }
}

function readPort(value: unknown, at: string): unknown {
  const fields = typeof value === 'number' ? { hostPort: value } : record(value, at)
  return {
    port: readWhole(fields['hostPort'] ?? fields['port'], `${at}.hostPort`, 1, 65_535),
    protocol: text(fields['protocol'], `${at}.protocol`, 'TCP'),
    ip: text(fields['hostIP'] ?? fields['ip'], `${at}.hostIP`, '') || '0.0.0.0',
  }
}

/** Ports of the node: listed for the pod, or by its containers. */
function readPorts(spec: Fields, at: string): unknown[] {
  const own = each(spec['hostPorts'], `${at}.hostPorts`, readPort)
  const inContainers = list(spec['containers'], `${at}.containers`).flatMap((one, index) => {
    const here = `${at}.containers[${index}].ports`
    return list(record(one, here)['ports'], here).filter((port) => (record(port, here)['hostPort'] ?? 0) !== 0)
  })
  return [...own, ...each(inContainers, `${at}.ports`, readPort)]
}

/** Volumes with a name and where they are reached from; what a manifest mounts otherwise has no place and is passed over. */
function readVolumes(value: unknown, at: string): unknown[] {
  return list(value, at).flatMap((one, index) => {
    const here = `${at}[${index}]`
    const fields = typeof one === 'string' ? { name: one } : record(one, here)
    const { nodes, zone, accessMode } = fields
    if (nodes !== undefined && !Array.isArray(nodes))
      throw bad(`${here}.nodes`, `expected names of nodes, found ${said(nodes)}.`)
    return [
      {
        name: text(fields['name'], `${here}.name`),
        ...(nodes === undefined ? {} : { nodes: each(nodes, `${here}.nodes`, (node, place) => text(node, place)) }),
        ...(zone === undefined ? {} : { zone: text(zone, `${here}.zone`) }),
        oncePod: fields['oncePod'] === true || accessMode === 'ReadWriteOncePod',
      },
    ]
  })
}

/** @param spec fields of a pod, or of the spec in its manifest */
export function readPodRules(spec: Fields, at: string): Fields {
  const affinity = record(spec['affinity'], `${at}.affinity`)
  return {
    nodeSelector: readLabels(spec['nodeSelector'], `${at}.nodeSelector`),
    nodeAffinity: readNodeAffinity(spec['nodeAffinity'] ?? affinity['nodeAffinity'], `${at}.nodeAffinity`),
    podAffinity: readPodAffinity(spec['podAffinity'] ?? affinity['podAffinity'], `${at}.podAffinity`),
    podAntiAffinity: readPodAffinity(spec['podAntiAffinity'] ?? affinity['podAntiAffinity'], `${at}.podAntiAffinity`),
    spread: each(spec['topologySpreadConstraints'] ?? spec['spread'], `${at}.topologySpreadConstraints`, readSpread),
    tolerations: each(spec['tolerations'], `${at}.tolerations`, readToleration),
    hostPorts: readPorts(spec, at),
    volumes: readVolumes(spec['volumes'], `${at}.volumes`),
  }
}
