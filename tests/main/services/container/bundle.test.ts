// Bundles of the same containers: their `config.json` beside the schema of the specification, and runc's container
// beside ours, compared by what the kernel says of both.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { afterEach, describe, expect, it } from 'vitest'
import { ociSchema } from '../../../../scripts/debian.ts'
import { configOf } from '../../../../src-main/services/container/bundle.ts'
import { type Words, wishesOf } from '../../../../src-main/services/container/options.ts'
import { planOf } from '../../../../src-main/services/container/plan.ts'
import { writeBundle } from '../../../../src-main/services/container/run.ts'
import { type Evidence, evidenceOf, firstBelow } from './evidence.ts'
import { rootMachine, surroundings, userMachine } from './machines.ts'
import { folderFor, nothingLeft, planFor, run, type Running, start, type Who, whyNot } from './running.ts'

const started: Running[] = []
const undone: (() => void)[] = []
afterEach(async () => {
  for (const undo of undone.splice(0)) undo()
  for (const one of started.splice(0)) {
    one.child.kill('SIGKILL')
    await one.ended
    // The helper of a container that was killed is still removing its folder.
    await nothingLeft(one.folder, 'interlock-lab-')
    one.remove()
  }
})

/** The schema is of draft 4, and its parts name each other by file; what differs from draft 7 is not used in it. */
function schemaOf(folder: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true })
  const part = (file: string): object => {
    const parsed = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>
    delete parsed['id']
    delete parsed['$schema']
    return parsed
  }
  const others = ['defs.json', 'config-linux.json', 'defs-linux.json', 'config-solaris.json', 'config-windows.json']
  for (const file of [
    ...others,
    'defs-windows.json',
    'config-vm.json',
    'defs-vm.json',
    'config-zos.json',
    'defs-zos.json',
  ]) {
    if (existsSync(join(folder, file))) ajv.addSchema({ ...part(file), $id: `http://oci.invalid/${file}` })
  }
  return ajv.compile({ ...part('config-schema.json'), $id: 'http://oci.invalid/config-schema.json' })
}

const variants: [string, Words, typeof rootMachine][] = [
  ['usual', {}, rootMachine],
  ['of an ordinary user', {}, userMachine],
  ['with all limits', { memory: '64M', cpu: '0.5', pids: '5' }, rootMachine],
  ['of the host’s programs', { root: 'host', users: '100000:65536' }, rootMachine],
  ['with a filter', { forbid: 'mkdir,chmod', keep: 'all', newPrivileges: true }, rootMachine],
]
const config = (words: Words, facts = rootMachine): Record<string, unknown> =>
  JSON.parse(configOf(planOf(wishesOf(words), facts, surroundings))) as Record<string, unknown>

describe('the config.json of a bundle', () => {
  const schema = existsSync(ociSchema)
  if (!schema) process.stdout.write(`skipped: bundles beside the schema of their specification: no ${ociSchema} here\n`)

  it.skipIf(!schema).each(variants)('%s fits the schema of the specification', (_, words, facts) => {
    const fits = schemaOf(ociSchema)
    fits(config(words, facts))
    expect(fits.errors ?? []).toEqual([])
  })

  it.skipIf(!schema)('and the schema would notice what is wrong', () => {
    const fits = schemaOf(ociSchema)
    const good = config({ memory: '64M' })
    const { ociVersion, ...without } = good
    expect(ociVersion).toBe('1.0.2')
    expect(fits(without)).toBe(false)
    expect(fits({ ...good, linux: { namespaces: [{ type: 'net' }] } })).toBe(false)
    expect(fits({ ...good, linux: { resources: { memory: { limit: '64M' } } } })).toBe(false)
  })

  it('says what was asked for', () => {
    expect(
      config({ hostname: 'x', memory: '64M', cpu: '0.5', pids: '5', keep: 'chown', command: ['a', 'b c'] }),
    ).toMatchObject({
      hostname: 'x',
      process: {
        args: ['a', 'b c'],
        capabilities: { bounding: ['CAP_CHOWN'], effective: ['CAP_CHOWN'], permitted: ['CAP_CHOWN'] },
        noNewPrivileges: true,
      },
      linux: {
        resources: { memory: { limit: 67_108_864 }, cpu: { quota: 50_000, period: 100_000 }, pids: { limit: 5 } },
      },
    })
    const own = config({}, userMachine)['linux'] as Record<string, unknown>
    expect(own).toMatchObject({
      uidMappings: [{ containerID: 0, hostID: 1000, size: 1 }],
      gidMappings: [{ containerID: 0, hostID: 1000, size: 1 }],
      resources: {},
    })
    expect(own['namespaces']).toContainEqual({ type: 'user' })
  })
})

const runc = spawnSync('runc', ['--version']).status === 0

/** What both must agree on. Ours has layers and runc's a folder, and only runc shows control groups inside. */
function comparable({ root, mounts, ...rest }: Evidence): object {
  const points = ['/proc', '/sys', '/dev', '/dev/pts', '/dev/shm', '/dev/mqueue', '/proc/sys']
  return {
    ...rest,
    roots: root.lines,
    keysAreHidden: mounts.has('/proc/keys'),
    mounts: points.map((point) => [point, mounts.get(point)?.type, mounts.get(point)?.options.includes('ro')]),
  }
}

const waiting: Words = { hostname: 'twin', command: ['sh', '-c', 'echo ready; read -r line'] }

async function ours(who: Who, words: Words): Promise<Evidence> {
  const running = run(who, { ...waiting, ...words })
  started.push(running)
  await running.says('ready')
  return evidenceOf(firstBelow(running.child.pid ?? 0) ?? 0)
}

async function theirs(who: Who, words: Words): Promise<{ evidence: Evidence; running: Running; name: string }> {
  const folder = folderFor()
  const bundle = join(folder, 'bundle')
  mkdirSync(join(folder, 'state'))
  writeBundle(planFor(who, { ...waiting, ...words }), bundle, 'bundle')
  spawnSync('chmod', ['-R', 'a+rwX', folder])
  const filled = start(who, 'sh', [join(bundle, 'rootfs.sh')], folder)
  expect(await filled.ended).toMatchObject({ code: 0, err: '' })
  const name = `interlock-lab-${who}${process.pid}`
  const state = join(folder, 'state')
  undone.push(() => void spawnSync('runc', ['--root', state, 'delete', '--force', name]))
  const running = start(who, 'runc', ['--root', state, 'run', '--bundle', bundle, name], folder)
  started.push(running)
  await running.says('ready')
  return { evidence: evidenceOf(firstBelow(running.child.pid ?? 0) ?? 0), running, name }
}

for (const who of ['root', 'user'] as const) {
  const why = runc ? whyNot(who) : 'runc is not on this machine'
  if (why !== null) process.stdout.write(`skipped: runc’s container beside ours, by ${who}: ${why}\n`)

  describe.skipIf(why !== null)(`runc’s container beside ours, by ${who}`, { timeout: 60_000 }, () => {
    const asked: Words =
      who === 'root' ? { memory: '48M', cpu: '0.5', pids: '20', keep: 'kill,chown' } : { keep: 'kill' }

    it('is the same for the kernel', async () => {
      const { evidence, running, name } = await theirs(who, asked)
      expect(comparable(await ours(who, asked))).toEqual(comparable(evidence))
      running.child.stdin?.end('go\n')
      expect((await running.ended).code).toBe(0)
      expect(await nothingLeft(running.folder, name)).toEqual([])
    })

    it('has a filter of system calls where one is asked for', async () => {
      const command = ['sh', '-c', 'mkdir /x || echo refused; grep Seccomp: /proc/self/status']
      const running = run(who, { forbid: 'mkdir,mkdirat', command })
      started.push(running)
      const { code, out } = await running.ended
      expect([code, out]).toEqual([0, 'refused\nSeccomp:\t2\n'])
      expect(await nothingLeft(running.folder, 'interlock-lab-')).toEqual([])
    })

    it('leaves nothing when its script is killed', async () => {
      const running = run(who, { ...waiting, forbid: 'mkdir' })
      started.push(running)
      await running.says('ready')
      running.child.kill('SIGKILL')
      await running.ended
      expect(await nothingLeft(running.folder, 'interlock-lab-')).toEqual([])
    })
  })
}
