// Compose files and manifests as drawings: what is read is what was written, what has no place is said, and what is wrong
// is refused with its line. Graphs for Graphviz are read again by a parser that is not ours.
import { parse as parseDot } from '@ts-graphviz/ast'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments, stringify } from 'yaml'
import { compose } from '../../../../../src-main/labs/topology/model/formats/compose.ts'
import { dot } from '../../../../../src-main/labs/topology/model/formats/dot.ts'
import { kubernetes } from '../../../../../src-main/labs/topology/model/formats/kubernetes.ts'
import { topologyModel } from '../../../../../src-main/labs/topology/model/index.ts'
import { TopologyModel } from '../../../../../src-main/labs/topology/model/schema.ts'
import { readDrawing } from '../../../../../src-main/labs/topology/operations/drawing-input.ts'
import { check } from '../../../../../src-main/labs/topology/rules/index.ts'
import { having, samples, written } from './samples.ts'

const named = ({ nodes }: { nodes: readonly { name: string }[] }, name: string): Record<string, unknown> =>
  nodes.find((node) => node.name === name) as Record<string, unknown>

describe('a compose file', () => {
  const file = `# A shop
services:
  web:
    image: nginx:1.27
    platform: linux/arm64
    ports: ["127.0.0.1:8080:80/tcp", "9000"]
    user: "1000"
    mem_limit: 256m
    cpus: 0.5
    networks: [front]
    environment:
      A: b
  store:
    image: redis:7
    deploy:
      replicas: 2
      resources:
        limits: { memory: 1g, cpus: '1.5' }
        reservations: { memory: 512M }
    pid: host
    uts: host
    cap_add: [SYS_ADMIN, NET_ADMIN]
    networks:
      front: {}
      back: null
  admin:
    image: busybox
    network_mode: host
    privileged: true
    volumes: ["/:/host:ro", "data:/data"]
networks:
  front:
  back:
volumes:
  data:
`
  const read = compose.read!(file)

  test('is drawn as containers of one engine, with bridges beside it', () => {
    expect(read.title).toBe('A shop')
    expect(named(read.model, 'web')).toMatchObject({
      kind: 'container',
      image: 'nginx:1.27',
      arch: 'arm64',
      port: 80,
      hostPort: 8080,
      root: false,
      memory: 256,
      quota: 50_000,
      period: 100_000,
    })
    expect(named(read.model, 'store-2')).toMatchObject({
      memory: 1024,
      request: 512,
      quota: 150_000,
      pid: false,
      uts: false,
      sysAdmin: true,
    })
    expect(named(read.model, 'admin')).toMatchObject({ net: false, privileged: true, hostRoot: true, memory: 0 })
    const lines = read.model.edges.map(({ from, to }) =>
      [from, to].map((id) => read.model.nodes.find((node) => node.id === id)?.name).join('>'),
    )
    expect(lines).toEqual(['web>front', 'store>front', 'store>back', 'store-2>front', 'store-2>back'])
  })

  test('what a drawing has no place for is said once, with where it stood', () => {
    expect(read.remarks).toEqual([
      'web is drawn with its first port. Left out: 9000.',
      '“environment” (web) has no place in a drawing and is left out.',
      '“cap_add NET_ADMIN” (store) has no place in a drawing and is left out.',
      '“volumes” (admin, file) has no place in a drawing and is left out.',
    ])
  })

  test('is a drawing that the lab accepts, in good order, in which only its own faults are found', () => {
    expect(topologyModel.schema.safeParse(read.model).success).toBe(true)
    expect(topologyModel.faults(read.model)).toEqual([])
    expect(Object.keys(read.layout?.positions ?? {})).toHaveLength(read.model.nodes.length)
    const quiet = compose.read!('services: { a: { image: x, mem_limit: 64m, user: "7" } }')
    expect(check(quiet.model).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test('anchors, aliases and merged maps count as if they were written out', () => {
    const { model } = compose.read!(
      'x-usual: &usual\n  mem_limit: 64m\n  user: "5"\nservices:\n  a:\n    <<: *usual\n    image: x\n  b:\n    <<: [*usual]\n    image: &i y\n    mem_limit: 32m\n  c: { image: *i }\n',
    )
    expect(named(model, 'a')).toMatchObject({ memory: 64, root: false, image: 'x' })
    expect(named(model, 'b')).toMatchObject({ memory: 32, root: false, image: 'y' })
    expect(named(model, 'c')).toMatchObject({ image: 'y' })
  })

  test('a service of which no network is said is on the one that every project has', () => {
    const { model } = compose.read!('services: { a: { image: x } }')
    expect(named(model, 'default')).toMatchObject({ kind: 'bridge' })
  })

  test.each(having('engine'))('written of the sample %s is read as the same services', (_, model) => {
    const text = written(compose, model, 'Title')
    const again = compose.read!(text)
    expect(again.title).toBe('Title')
    const before = parse(text) as { services: Record<string, { networks?: string[]; network_mode?: string }> }
    const after = parse(written(compose, again.model)) as typeof before
    // Those of no network are now on the default one, as the tool would have it.
    for (const service of Object.values(before.services)) {
      if (service.network_mode === undefined) service.networks ??= ['default']
    }
    expect(after.services).toEqual(before.services)
  })

  test('any services come back as they were', () => {
    const service = fc.record(
      {
        image: fc.constantFrom('nginx:1.27', 'redis', 'example.org/a/b@sha256:00'),
        mem_limit: fc.integer({ min: 1, max: 65_536 }).map((mib) => `${mib}m`),
        mem_reservation: fc.integer({ min: 1, max: 65_536 }).map((mib) => `${mib}m`),
        privileged: fc.constant(true),
        user: fc.constant('1000:1000'),
        pid: fc.constant('host'),
        ipc: fc.constant('host'),
        ports: fc
          .tuple(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 1, max: 65_535 }))
          .map(([host, port]) => [`${host}:${port}`]),
        networks: fc.subarray(['front', 'back', 'db'], { minLength: 1 }),
      },
      { requiredKeys: ['image', 'networks'] },
    )
    const names = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
    fc.assert(
      fc.property(fc.dictionary(names, service, { minKeys: 1, maxKeys: 6 }), (services) => {
        const model = compose.read!(stringify({ services })).model
        expect((parse(written(compose, model)) as { services: unknown }).services).toEqual(
          JSON.parse(JSON.stringify(services)),
        )
      }),
      { numRuns: 100 },
    )
  })

  test.each([
    ['services:\n  a:\n    image: [x', /^Line \d+, column \d+: this is no YAML/],
    [
      'services:\n  a:\n    mem_limit: lots\n',
      /^Line 3, column 16: services.a.mem_limit: “lots” is no amount of memory/,
    ],
    ['services:\n  a:\n    ports: 80\n', /^Line 3, column 12: services.a.ports: a list is wanted/],
    ['services:\n  a:\n    ports: ["eighty"]\n', /services.a.ports\[0\]: “eighty” is no port/],
    ['services:\n  a:\n    cpus: many\n', /“many” is no number of CPUs/],
    ['services:\n  - a\n', /services: names and values are wanted/],
    ['services: {}\n', /Add at least one service/],
    ['services: { a: { cpu_period: 5 } }\n', /a whole number from 1000 to 1000000 is wanted here, not “5”/],
    ['services: { a: { image: x } }\n---\nservices: {}\n', /one document/],
  ])('%j is refused with its place', (text, problem) => {
    expect(() => compose.read!(text)).toThrow(problem)
  })

  test('a text of a few lines that stands for endless ones is refused', () => {
    const bomb = [
      'a0: &a0 x',
      ...Array.from({ length: 40 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(40)}]`),
    ]
    expect(() => compose.read!(`services: { a: { image: x } }\n${bomb.join('\n')}\n`)).toThrow(/aliases/)
  })
})

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      tolerations:
        - { key: gpu, operator: Equal, value: "yes", effect: NoSchedule }
      containers:
        - name: nginx
          image: nginx:1.27
          ports: [{ containerPort: 80 }]
          resources:
            requests: { cpu: 250m, memory: 256Mi }
            limits: { cpu: "1", memory: 1Gi }
          securityContext: { runAsNonRoot: true }
        - name: log
          image: busybox
          resources:
            requests: { cpu: 0.1 }
            limits: { memory: 100M }
---
apiVersion: v1
kind: Service
metadata: { name: web }
---
apiVersion: v1
kind: Pod
metadata: { name: lone }
spec:
  nodeName: n1
  hostNetwork: true
  containers: [{ name: c, image: x }]
---
apiVersion: v1
kind: Node
metadata: { name: n1, labels: { zone: a } }
spec:
  taints: [{ key: gpu, value: "yes", effect: NoSchedule }]
status:
  allocatable: { cpu: 3920m, memory: 7911Mi }
`

describe('manifests', () => {
  const read = kubernetes.read!(web)

  test('are drawn as deployments with their pods, bare pods and nodes', () => {
    expect(named(read.model, 'web')).toMatchObject({ replicas: 2, selector: 'app=web', template: 'app=web' })
    expect(named(read.model, 'web-2')).toMatchObject({
      kind: 'pod',
      cpu: 350,
      // 256 MiB asked for by one, and the limit of the other, which does not ask: 100 MB are 95.4 MiB
      memory: 256 + 96,
      memoryLimit: 1024 + 96,
      labels: 'app=web',
      tolerations: 'gpu=yes:NoSchedule',
    })
    expect(named(read.model, 'web-2')).not.toHaveProperty('cpuLimit')
    expect(named(read.model, 'nginx')).toMatchObject({ image: 'nginx:1.27', port: 80, root: false })
    expect(named(read.model, 'n1')).toMatchObject({
      kind: 'node',
      cpu: 3920,
      memory: 7911,
      taints: 'gpu=yes:NoSchedule',
      labels: 'zone=a',
    })
    expect(named(read.model, 'lone')['parent']).toBe(named(read.model, 'n1')['id'])
    expect(named(read.model, 'c')).toMatchObject({ net: false })
    expect(read.remarks).toEqual([
      'Manifests do not say where they are applied: a control plane was drawn.',
      '“Service” (web) has no place in a drawing and is left out.',
    ])
    expect(topologyModel.faults(read.model)).toEqual([])
  })

  test('a list of objects, and other kinds that keep pods, are read too', () => {
    const { model, remarks } = kubernetes.read!(
      stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [
          {
            apiVersion: 'apps/v1',
            kind: 'StatefulSet',
            metadata: { name: 'db' },
            spec: { replicas: 40, template: { spec: { containers: [{ name: 'c' }] } } },
          },
        ],
      }),
    )
    expect(model.nodes.filter(({ kind }) => kind === 'pod')).toHaveLength(20)
    expect(model.nodes.filter(({ kind }) => kind === 'node')).toHaveLength(2)
    expect(remarks).toContain('StatefulSet db is drawn as a deployment.')
    expect(remarks).toContain('Of 40 replicas of db, 20 are drawn.')
  })

  test.each(having('pod'))('written of the sample %s are read as the same objects', (_, model) => {
    const text = written(kubernetes, model, 'A cluster')
    const again = kubernetes.read!(text)
    expect(again.title).toBe('A cluster')
    const objects = (yaml: string): unknown => parseAllDocuments(yaml).map((document) => document.toJSON() as unknown)
    expect(objects(written(kubernetes, again.model))).toEqual(objects(text))
  })

  test.each([
    ['apiVersion: v1\nkind: Pod\nspec: {}\n', /^Line 3, column 7: spec: the pod pod has no containers/],
    [
      'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - resources: { requests: { memory: 1GB } }\n',
      /^Line 5, column \d+: spec.containers\[0\].resources.requests.memory: .*Did you mean 1G/,
    ],
    ['apiVersion: v1\nmetadata: {name: x}\n---\nkind: Pod\n', /a manifest says what it describes/],
    ['apiVersion: v1\nkind: Service\n', /nothing else of Kubernetes can be drawn/],
    ['apiVersion: apps/v1\nkind: Deployment\nspec: { replicas: many }\n', /spec.replicas: a whole number from 0/],
  ])('%j is refused with its place', (text, problem) => {
    expect(() => kubernetes.read!(text)).toThrow(problem)
  })
})

test('each of the two knows its own texts and not the other’s', () => {
  const file = 'services:\n  a: { image: x }\n'
  expect(compose.recognises(file, 'a.yaml')).toBe(true)
  expect(kubernetes.recognises(file, 'a.yaml')).toBe(false)
  expect(kubernetes.recognises(web, 'a.yaml')).toBe(true)
  expect(compose.recognises(web, 'a.yaml')).toBe(false)
})

describe('a graph for Graphviz', () => {
  test.each(samples)('of the sample %s has a box or a dot for each thing and a line for each line', (_, model) => {
    const text = written(dot, model, 'A "title"')
    expect(() => parseDot(text)).not.toThrow()
    const count = (pattern: RegExp): number => [...text.matchAll(pattern)].length
    expect(count(/^ *"[^"]+" \[/gm)).toBe(model.nodes.length)
    expect(count(/ -> /g)).toBe(model.edges.length)
    const boxes = model.nodes.filter(({ id }) => model.nodes.some((node) => node['parent'] === id))
    expect(count(/subgraph /g)).toBe(boxes.length)
  })

  test('quotes what names may hold', () => {
    const text = written(dot, readDrawing({ nodes: [{ kind: 'host', name: 'a "b" \\ c' }] }))
    expect(() => parseDot(text)).not.toThrow()
    expect(text).toContain('a \\"b\\" \\\\ c')
  })

  test('of an empty drawing is refused', () => {
    expect(() => written(dot, TopologyModel.parse({ nodes: [], edges: [] }))).toThrow('nothing in this drawing')
  })
})
