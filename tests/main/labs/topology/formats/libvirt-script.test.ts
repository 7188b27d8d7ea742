// The script for libvirt as a person runs it: by a shell, against the driver that libvirt brings for tests; and what
// libvirt's driver for QEMU refuses although its schema knows it.
import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { libvirt } from '../../../../../src-main/labs/topology/model/formats/libvirt.ts'
import { readDrawing } from '../../../../../src-main/labs/topology/operations/drawing-input.ts'
import { having, written } from './samples.ts'

const virsh = spawnSync('virsh', ['--version']).status === 0
if (!virsh) process.stdout.write('skipped: the script for libvirt run by a shell: virsh is not on this machine\n')

const run = (script: string) =>
  spawnSync('sh', ['-c', script], {
    encoding: 'utf8',
    env: { ...process.env, VIRSH_DEFAULT_CONNECT_URI: 'test:///default', LC_ALL: 'C' },
  })

const machines = (...vms: readonly object[]) =>
  readDrawing({ nodes: [{ kind: 'kvm', name: 'K', children: vms.map((vm) => ({ kind: 'vm', ...vm })) }] })

describe('the script for libvirt', () => {
  test.skipIf(!virsh).each(having('vm'))('defines every machine of the sample %s', (_, model) => {
    const script = written(libvirt, model, `It's "$(false)" & more`)
    const { status, stdout, stderr } = run(script)
    expect([status, stderr.trim()]).toEqual([0, ''])
    expect(stdout.match(/^Domain .* defined from /gm)).toHaveLength(
      model.nodes.filter(({ kind }) => kind === 'vm').length,
    )
  })

  test.skipIf(!virsh)('ends at the first definition that libvirt refuses', () => {
    const script = written(libvirt, machines({ name: 'a' }, { name: 'b' }))
    const { status, stdout } = run(script.replace(/<vcpu>\d+/, '<vcpu current="9">2'))
    expect(status).not.toBe(0)
    expect(stdout).not.toMatch(/defined from/)
  })

  test('names machines apart, and without the slash that libvirt refuses', () => {
    const model = {
      nodes: [
        { id: 'K', kind: 'hypervisor', name: 'K', product: 'kvm' },
        ...['web/a', 'web-a', 'web/a'].map((name, index) => ({ id: `v${index}`, kind: 'vm', name, parent: 'K' })),
      ],
      edges: [],
    } as unknown as Parameters<typeof written>[1]
    const script = written(libvirt, model)
    expect([...script.matchAll(/<name>(.*)<\/name>/g)].map(([, name]) => name)).toEqual(['web-a', 'web-a-2', 'web-a-3'])
    if (virsh) expect(run(script).status).toBe(0)
  })

  test('does not ask QEMU for a guaranteed amount of memory, which it refuses, and says that it was drawn', () => {
    const script = written(libvirt, machines({ name: 'a', reservation: 512, limit: 1024 }))
    expect(script).not.toContain('min_guarantee')
    expect(script).toContain('<!-- 512 MiB are reserved in the drawing.')
    expect(script).toContain('<hard_limit unit="MiB">1024</hard_limit>')
  })

  test('gives each network addresses of its own, and leaves it to libvirt to find names for their bridges', () => {
    const script = written(
      libvirt,
      readDrawing({
        nodes: [
          ...Array.from({ length: 300 }, (_, index) => ({ kind: 'network', name: `Machines ${index}` })),
          { kind: 'kvm', name: 'K', children: [{ kind: 'vm', name: 'a' }] },
        ],
        edges: [['a', 'Machines 299']],
      }),
    )
    expect(script.match(/<bridge stp="on" delay="0"\/>/g)).toHaveLength(300)
    expect(new Set(script.match(/address="[^"]*"/g)).size).toBe(300)
    expect(script).toContain('<source network="machines-299"/>')
  })

  test.skipIf(!virsh)('defines networks that libvirt accepts', () => {
    const model = readDrawing({
      nodes: [
        ...['Lab net', 'lab-net', 'N'].map((name) => ({ kind: 'network', name })),
        { kind: 'kvm', name: 'K', children: [{ kind: 'vm', name: 'a', reservation: 64, limit: 4096, nested: true }] },
      ],
      edges: [['a', 'Lab net']],
    })
    const { status, stdout, stderr } = run(written(libvirt, model))
    expect([status, stderr.trim()]).toEqual([0, ''])
    expect(stdout.match(/^Network .* defined from /gm)).toHaveLength(3)
  })
})
