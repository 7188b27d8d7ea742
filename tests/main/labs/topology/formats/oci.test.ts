// Bundles for an OCI runtime: what the specification asks of a config.json, written down here a second time and
// strictly; the script run by a shell; and, where runc is installed, the defaults of runc itself.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { oci } from '../../../../../src-main/labs/topology/model/formats/oci.ts'
import { containerNamespaces } from '../../../../../src-main/labs/topology/model/properties.ts'
import type { TopologyModel } from '../../../../../src-main/labs/topology/model/schema.ts'
import { readDrawing } from '../../../../../src-main/labs/topology/operations/drawing-input.ts'
import { samples, written } from './samples.ts'

const uint32 = z.number().int().min(0).max(4_294_967_295)
const count = z.number().int().min(0)
const path = z.string().startsWith('/')
const capability = z.string().regex(/^CAP_[A-Z_]+$/)
const idMap = z.array(z.strictObject({ containerID: uint32, hostID: uint32, size: uint32 })).min(1)
const Config = z.strictObject({
  ociVersion: z.string().regex(/^1\.\d+\.\d+$/),
  process: z.strictObject({
    terminal: z.boolean(),
    user: z.strictObject({ uid: uint32, gid: uint32 }),
    args: z.array(z.string()).min(1),
    env: z.array(z.string().regex(/^\w+=/)),
    cwd: path,
    capabilities: z.strictObject({
      bounding: z.array(capability),
      effective: z.array(capability),
      permitted: z.array(capability),
    }),
    noNewPrivileges: z.boolean(),
  }),
  root: z.strictObject({ path: z.literal('rootfs'), readonly: z.boolean() }),
  hostname: z.string().optional(),
  mounts: z
    .array(
      z.strictObject({ destination: path, type: z.string(), source: z.string().min(1), options: z.array(z.string()) }),
    )
    .optional(),
  linux: z.strictObject({
    namespaces: z.array(
      z.strictObject({ type: z.enum(['pid', 'network', 'mount', 'ipc', 'uts', 'user', 'cgroup', 'time']) }),
    ),
    uidMappings: idMap.optional(),
    gidMappings: idMap.optional(),
    resources: z.strictObject({
      devices: z.array(z.strictObject({ allow: z.boolean(), access: z.string().regex(/^r?w?m?$/) })),
      memory: z.strictObject({ limit: count.optional(), reservation: count.optional() }).optional(),
      cpu: z.strictObject({ quota: z.number().int(), period: count.optional() }).optional(),
    }),
    maskedPaths: z.array(path).optional(),
    readonlyPaths: z.array(path).optional(),
  }),
})
type Config = z.infer<typeof Config>

/** What a runtime refuses though the schema accepts it (validate.go of runc's libcontainer). */
function refusals({ hostname, linux, mounts }: Config): string[] {
  const types = linux.namespaces.map(({ type }) => type)
  const own = new Set(types)
  return [
    ...(own.size < types.length ? ['a namespace given twice'] : []),
    ...(hostname !== undefined && !own.has('uts') ? ['a host name without an own UTS namespace'] : []),
    ...((linux.maskedPaths || linux.readonlyPaths) && !own.has('mount') ? ['hidden paths without own mounts'] : []),
    ...(mounts !== undefined && !own.has('mount') ? ['mounts that would be mounts of the host'] : []),
    ...(own.has('user') !== (linux.uidMappings !== undefined) ? ['a map without user namespace, or none with it'] : []),
  ]
}

/** The bundles that the script makes, as a shell makes them. */
function bundles(script: string): Record<string, Config> {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-oci-'))
  try {
    const { status, stderr } = spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
    return Object.fromEntries(
      readdirSync(folder).map((name) => {
        expect(readdirSync(join(folder, name)).sort()).toEqual(['config.json', 'rootfs'])
        return [name, Config.parse(JSON.parse(readFileSync(join(folder, name, 'config.json'), 'utf8')))]
      }),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const onLinux = (containers: readonly object[]): TopologyModel =>
  readDrawing({ nodes: [{ kind: 'os', name: 'L', children: [{ kind: 'engine', name: 'D', children: containers }] }] })

describe('an OCI bundle', () => {
  const engines = samples.filter(([, { nodes }]) => {
    const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]))
    return nodes.some(({ kind, parent }) => kind === 'container' && kinds.get(parent ?? '') === 'engine')
  })

  test.each(engines)('is made of each container of the sample %s', (_, model) => {
    const made = Object.values(bundles(written(oci, model)))
    expect(made.length).toBeGreaterThan(0)
    for (const config of made) expect(refusals(config)).toEqual([])
  })

  test('says what the drawing says of limits, user, capabilities and namespaces', () => {
    const model = onLinux([
      { kind: 'container', name: 'Shop', memory: 64, request: 32, quota: 50_000, root: false },
      { kind: 'container', name: 'shop', privileged: true, net: false, uts: false, memory: 0 },
      { kind: 'container', name: 'helper', sysAdmin: true, hostRoot: true },
    ])
    const { shop, 'shop-2': second, helper, ...more } = bundles(written(oci, model, "It's $HOME\n`id`"))
    expect(more).toEqual({})
    expect(shop).toMatchObject({
      hostname: 'shop',
      process: { user: { uid: 1000, gid: 1000 }, noNewPrivileges: true },
      linux: {
        namespaces: ['pid', 'network', 'mount', 'uts', 'ipc', 'cgroup'].map((type) => ({ type })),
        resources: {
          memory: { limit: 67_108_864, reservation: 33_554_432 },
          cpu: { quota: 50_000, period: 100_000 },
          devices: [{ allow: false, access: 'rwm' }],
        },
      },
    })
    expect(second).toMatchObject({ process: { user: { uid: 0 }, noNewPrivileges: false } })
    expect(second?.process.capabilities.bounding).toHaveLength(41)
    expect(second).not.toHaveProperty('hostname')
    expect(second?.linux.namespaces).not.toContainEqual({ type: 'network' })
    for (const none of ['linux.maskedPaths', 'linux.resources.memory']) expect(second).not.toHaveProperty(none)
    expect(helper?.process.capabilities.effective).toContain('CAP_SYS_ADMIN')
    expect(helper?.mounts).toContainEqual({ destination: '/host', type: 'bind', source: '/', options: ['rbind', 'rw'] })
    expect(shop?.mounts?.map(({ destination }) => destination)).not.toContain('/host')
  })

  test('takes the id map of the user namespace that is drawn, inside the container or joined by a line', () => {
    const space = (name: string, map: string) => ({ kind: 'namespace', name, type: 'user', map })
    const model = readDrawing({
      nodes: [
        {
          kind: 'os',
          name: 'L',
          children: [
            space('U', '0 1000 1; 1 100000 65535'),
            {
              kind: 'engine',
              name: 'D',
              children: [
                { kind: 'container', name: 'a', user: true, children: [space('V', '0 200000 10')] },
                { kind: 'container', name: 'b', user: true },
                { kind: 'container', name: 'c', user: true, net: false },
              ],
            },
          ],
        },
      ],
      edges: [['b', 'U']],
    })
    const { a, b, c } = bundles(written(oci, model))
    expect(a?.linux.uidMappings).toEqual([{ containerID: 0, hostID: 200_000, size: 10 }])
    expect(b?.linux.gidMappings).toEqual([
      { containerID: 0, hostID: 1000, size: 1 },
      { containerID: 1, hostID: 100_000, size: 65_535 },
    ])
    expect(c?.linux.uidMappings).toEqual([{ containerID: 0, hostID: 100_000, size: 65_536 }])
    const sys = (config: Config | undefined) => config?.mounts?.find(({ destination }) => destination === '/sys')?.type
    expect([sys(a), sys(c)]).toEqual(['sysfs', 'bind'])
  })

  test('is not made of a container of Windows, and the script says so', () => {
    const windows = { kind: 'container', name: 'IIS', family: 'windows' }
    const script = written(oci, onLinux([windows, { kind: 'container', name: 'a' }]))
    expect(script).toContain('# IIS is left out: it is no Linux container.\n')
    expect(Object.keys(bundles(script))).toEqual(['a'])
    expect(() => written(oci, onLinux([windows]))).toThrow(/no Linux container in a container engine/)
  })

  test('can be run, whichever switches of a container are set', () => {
    const switches = [...containerNamespaces, 'root', 'privileged', 'sysAdmin', 'hostRoot'] as const
    const anyContainer = fc.record({
      ...(Object.fromEntries(switches.map((key) => [key, fc.boolean()])) as Record<string, fc.Arbitrary<boolean>>),
      name: fc.string({ minLength: 1, maxLength: 20 }).filter((name) => name.trim() === name),
      image: fc.string({ maxLength: 30 }),
      memory: fc.nat(1_000_000),
      quota: fc.nat(1_000_000),
    })
    fc.assert(
      fc.property(anyContainer, (container) => {
        const model = {
          nodes: [
            { id: 'e', kind: 'engine', name: 'e' },
            { ...container, id: 'c', kind: 'container', parent: 'e' },
          ],
          edges: [],
        } as unknown as TopologyModel
        const json = /<<'JSON'\n([\s\S]*?)\nJSON\n/.exec(written(oci, model))?.[1] ?? ''
        expect(refusals(Config.parse(JSON.parse(json)))).toEqual([])
      }),
    )
  })

  const runc = spawnSync('runc', ['--version']).status === 0
  if (!runc)
    process.stdout.write('skipped: the defaults of a bundle beside those of runc: runc is not on this machine\n')

  test.skipIf(!runc)('begins with the file systems and hidden paths that runc begins with', () => {
    const folder = mkdtempSync(join(tmpdir(), 'interlock-runc-'))
    try {
      expect(spawnSync('runc', ['spec', '--bundle', folder]).status).toBe(0)
      const theirs = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as Config
      const { a } = bundles(written(oci, onLinux([{ kind: 'container', name: 'a' }])))
      expect(a?.mounts?.map(({ destination }) => destination)).toEqual(
        theirs.mounts?.map(({ destination }) => destination),
      )
      expect(theirs.linux.maskedPaths).toEqual(expect.arrayContaining(a?.linux.maskedPaths ?? ['none']))
      expect(new Set(a?.linux.readonlyPaths)).toEqual(new Set(theirs.linux.readonlyPaths))
      expect(new Set(a?.process.capabilities.bounding)).toEqual(new Set(theirs.process.capabilities.bounding))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
