// Random clusters for the tests: small, with much in common, so that rules meet each other.
import fc from 'fast-check'
import { NodeSpec, PodSpec } from '../../../../../src-main/labs/topology/kubernetes/spec.ts'

const KEYS = ['kubernetes.io/hostname', 'zone', 'disk'] as const

const labels = fc.record(
  { zone: fc.constantFrom('a', 'b', 'c'), disk: fc.constantFrom('ssd', 'hdd', '7') },
  { requiredKeys: [] },
)

const taint = fc.record({
  key: fc.constantFrom('busy', 'gpu'),
  value: fc.constantFrom('', 'yes'),
  effect: fc.constantFrom('NoSchedule', 'PreferNoSchedule', 'NoExecute'),
})

export const nodesArbitrary = fc
  .array(
    fc.record({
      cpu: fc.integer({ min: 0, max: 8 }),
      memory: fc.integer({ min: 0, max: 8 }),
      pods: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
      labels,
      hostname: fc.boolean(),
      taints: fc.array(taint, { maxLength: 2 }),
      unschedulable: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) =>
    all.map(({ cpu, memory, pods, labels: own, hostname, taints, unschedulable }, index) =>
      NodeSpec.parse({
        name: `n${index}`,
        allocatable: { cpu: cpu * 500, memory: memory * 2 ** 29, ...(pods === undefined ? {} : { pods }) },
        labels: { ...own, ...(hostname ? { 'kubernetes.io/hostname': `n${index}` } : {}) },
        taints: taints.slice(0, unschedulable ? 0 : 2),
        unschedulable,
      }),
    ),
  )

const selector = fc.oneof(
  fc.constant(null),
  fc.record({ matchLabels: fc.constantFrom({ app: 'web' }, { app: 'db' }, {}), matchExpressions: fc.constant([]) }),
  fc.record({
    matchLabels: fc.constant({}),
    matchExpressions: fc.array(
      fc.record({
        key: fc.constant('app'),
        operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
        values: fc.constantFrom(['web'], ['db', 'web']),
      }),
      { minLength: 1, maxLength: 1 },
    ),
  }),
)

const podTerm = fc.record({
  topologyKey: fc.constantFrom(...KEYS),
  selector,
  namespaces: fc.constantFrom([], [], ['default'], ['other']),
})

const podTerms = fc.record({
  required: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(podTerm, { maxLength: 2 })),
  preferred: fc.array(fc.record({ weight: fc.integer({ min: 1, max: 100 }), term: podTerm }), { maxLength: 2 }),
})

const nodeTerm = fc.record({
  expressions: fc.array(
    fc.oneof(
      fc.record({
        key: fc.constantFrom('zone', 'disk'),
        operator: fc.constantFrom('In', 'NotIn'),
        values: fc.constantFrom(['a', 'ssd'], ['b']),
      }),
      fc.record({
        key: fc.constantFrom('zone', 'disk'),
        operator: fc.constantFrom('Exists', 'DoesNotExist'),
        values: fc.constant([]),
      }),
      fc.record({
        key: fc.constant('disk'),
        operator: fc.constantFrom('Gt', 'Lt'),
        values: fc.constantFrom(['5'], ['9']),
      }),
    ),
    { maxLength: 2 },
  ),
  fields: fc.constant([]),
})

const spread = fc.record({
  maxSkew: fc.integer({ min: 1, max: 2 }),
  topologyKey: fc.constantFrom(...KEYS),
  selector,
  whenUnsatisfiable: fc.constantFrom('DoNotSchedule', 'ScheduleAnyway'),
  minDomains: fc.integer({ min: 1, max: 3 }),
  nodeAffinityPolicy: fc.constantFrom('Honor', 'Ignore'),
  nodeTaintsPolicy: fc.constantFrom('Ignore', 'Ignore', 'Honor'),
})

const toleration = fc.record({
  key: fc.constantFrom('busy', 'gpu', ''),
  operator: fc.constant('Exists'),
  effect: fc.constantFrom('', 'NoSchedule'),
})

const seldom = <T>(value: fc.Arbitrary<T>, usual: T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: value })

export const podsArbitrary = fc
  .array(
    fc.record({
      cpu: fc.integer({ min: 0, max: 4 }),
      memory: fc.integer({ min: 0, max: 4 }),
      labels: fc.constantFrom({ app: 'web' }, { app: 'db' }, {}),
      namespace: fc.constantFrom('default', 'default', 'other'),
      priority: fc.integer({ min: 0, max: 2 }),
      nodeSelector: seldom<Record<string, string>>(fc.constantFrom({ zone: 'a' }, { zone: 'b' }), {}),
      required: seldom<unknown[] | null>(fc.array(nodeTerm, { minLength: 1, maxLength: 2 }), null),
      podAffinity: seldom<unknown>(podTerms, {}),
      podAntiAffinity: seldom<unknown>(podTerms, {}),
      spread: seldom<unknown[]>(fc.array(spread, { maxLength: 2 }), []),
      tolerations: fc.array(toleration, { maxLength: 1 }),
      hostPorts: seldom<unknown[]>(fc.constantFrom([{ port: 80 }], [{ port: 81 }]), []),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((all) =>
    all.map(({ cpu, memory, required, ...rest }, index) =>
      PodSpec.parse({
        name: `p${index}`,
        ...rest,
        containers: [
          {
            requests: {
              ...(cpu === 0 ? {} : { cpu: cpu * 250 }),
              ...(memory === 0 ? {} : { memory: memory * 2 ** 28 }),
            },
          },
        ],
        nodeAffinity: { required },
      }),
    ),
  )
