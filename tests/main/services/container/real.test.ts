// Containers for real, by root and by an ordinary user: what the kernel says from outside while they run, what a limit
// does, and that nothing stays, however they end.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hostname } from 'node:os'
import { afterEach, describe, expect, it } from 'vitest'
import type { Words } from '../../../../src-main/services/container/options.ts'
import { planOf } from '../../../../src-main/services/container/plan.ts'
import { scriptOf } from '../../../../src-main/services/container/script.ts'
import { type Evidence, evidenceOf, firstBelow, lives } from './evidence.ts'
import {
  folderFor,
  here,
  nameIn,
  nothingLeft,
  run,
  type Running,
  start,
  userId,
  type Who,
  whyNoLimits,
  whyNot,
} from './running.ts'

const started: Running[] = []
afterEach(async () => {
  for (const one of started.splice(0)) {
    one.child.kill('SIGKILL')
    await one.ended
    // The helper of a container that was killed is still removing its folder.
    await nothingLeft(one.folder, 'interlock-lab-')
    one.remove()
  }
})

/** A container whose shell waits; what the kernel says of it; and its end by the end of its input. */
async function seen(
  who: Who,
  words: Words,
): Promise<{ evidence: Evidence; out: string; name: string; running: Running }> {
  const running = run(who, {
    ...words,
    command: ['sh', '-c', 'echo $$ $(hostname); touch /new; echo ready; read -r line'],
  })
  started.push(running)
  const out = await running.says('ready')
  const pid = firstBelow(running.child.pid ?? 0)
  return { evidence: evidenceOf(pid ?? 0), out, name: nameIn(running.folder), running }
}

async function finish({ running, name }: { running: Running; name: string }): Promise<void> {
  running.child.stdin?.end('go\n')
  const { code, err } = await running.ended
  expect([code, err]).toEqual([0, ''])
  expect(await nothingLeft(running.folder, name)).toEqual([])
}

for (const who of ['root', 'user'] as const) {
  const why = whyNot(who)
  if (why !== null) process.stdout.write(`skipped: containers by ${who}: ${why}\n`)

  describe.skipIf(why !== null)(
    `a container by ${who === 'root' ? 'root' : 'an ordinary user'}`,
    { timeout: 60_000 },
    () => {
      it('has its own namespaces, name, root, rights and files, and leaves nothing', async () => {
        const one = await seen(who, { hostname: 'lab-7', keep: 'kill,chown' })
        const { evidence, out, name, running } = one
        expect(out).toBe('1 lab-7\nready\n')
        expect(evidence).toMatchObject({
          pid: 1,
          name: 'sh',
          own: ['cgroup', 'ipc', 'mnt', 'net', 'pid', ...(who === 'user' ? ['user'] : []), 'uts'],
          hostname: 'lab-7',
          // KILL is 5 and CHOWN is 0.
          bounding: '0000000000000021',
          effective: '0000000000000021',
          noNewPrivileges: 1,
          interfaces: ['lo'],
          root: { type: 'overlay', lines: 1 },
        })
        expect(hostname()).not.toBe('lab-7')
        for (const [point, type] of Object.entries({
          '/proc': 'proc',
          '/sys': 'sysfs',
          '/dev': 'tmpfs',
          '/dev/pts': 'devpts',
        })) {
          expect(evidence.mounts.get(point)?.type, point).toBe(type)
        }
        expect(evidence.mounts.get('/proc/sys')?.options).toContain('ro')
        expect([...evidence.mounts.keys()].filter((point) => point.includes('.old'))).toEqual([])
        // What the container wrote is in the upper layer on the host, and not in the image.
        const layer = join(running.folder, name, 'layers/upper/root')
        expect(readdirSync(layer)).toContain('new')
        expect(readdirSync(join(running.folder, name, 'lower'))).not.toContain('new')
        if (who === 'user') {
          expect(evidence).toMatchObject({ uidMap: `0 ${userId} 1`, setgroups: 'deny' })
        }
        await finish(one)
      })

      it('can stand on the host’s programs, whose folders stay as they are', async () => {
        const one = await seen(who, { root: 'host', hostname: 'onhost' })
        expect(one.evidence.root).toEqual({ type: 'overlay', lines: 1 })
        expect([...one.evidence.mounts.keys()]).toEqual(expect.arrayContaining(['/usr', '/etc']))
        await finish(one)
      })

      it('gives its exit code back, and 127 for a program that is not there', async () => {
        for (const [command, code] of [
          [['sh', '-c', 'exit 7'], 7],
          [['no-such-program'], 127],
          [['sh', '-c', 'sh -c "kill -KILL \\$\\$"; exit $?'], 137],
        ] as const) {
          const running = run(who, { command })
          started.push(running)
          expect((await running.ended).code, command.join(' ')).toBe(code)
          expect(await nothingLeft(running.folder, 'interlock-lab-')).toEqual([])
        }
      })

      it('stops before each step, and goes no further at the end of the input', async () => {
        const running = run(who, { command: ['echo', 'made'] }, '--step')
        started.push(running)
        running.child.stdin?.end('\n'.repeat(40))
        const { code, out, err } = await running.ended
        expect([code, out]).toEqual([0, 'made\n'])
        const steps = [...err.matchAll(/^Step (\d+) of (\d+): /gm)]
        expect(steps.map(([, number]) => Number(number))).toEqual(steps.map((_, at) => at + 1))
        expect(steps.length).toBe(Number(steps[0]?.[2]))
        expect(err).toMatch(/From outside, PID 1 of the container has the number \d+/)

        const stopped = run(who, { command: ['echo', 'made'] }, '--step')
        started.push(stopped)
        stopped.child.stdin?.end('\n'.repeat(6))
        const end = await stopped.ended
        expect([end.code === 0, end.out]).toEqual([false, ''])
        expect(end.err).toMatch(/Stopped\. What was made is removed\./)
        expect(await nothingLeft(stopped.folder, 'interlock-lab-')).toEqual([])
      })

      it.each(['SIGKILL', 'SIGTERM', 'SIGHUP'] as const)('leaves nothing when its script gets %s', async (signal) => {
        const one = await seen(who, {})
        const pid = firstBelow(one.running.child.pid ?? 0)
        one.running.child.kill(signal)
        await one.running.ended
        expect(await nothingLeft(one.running.folder, one.name)).toEqual([])
        expect(lives(pid ?? 0)).toBe(false)
      })
    },
  )
}

const noLimits = whyNoLimits()
if (noLimits !== null) process.stdout.write(`skipped: limits, cables and ranges of users: ${noLimits}\n`)

describe.skipIf(noLimits !== null)('what only root can do', { timeout: 60_000 }, () => {
  it('limits memory, CPU time and processes of the container alone', async () => {
    const one = await seen('root', { memory: '32M', cpu: '0.5', pids: '9' })
    expect(one.evidence.limits).toEqual({ memory: String(32 * 1024 ** 2), quota: '50000', pids: '9' })
    await finish(one)
  })

  it('ends a program that passes the limit, and the kernel counts it', async () => {
    const eat = 'dd if=/dev/zero of=/dev/null bs=100M count=1; echo "status $?"; read -r line'
    const running = run('root', { memory: '24M', command: ['sh', '-c', eat] })
    started.push(running)
    const out = await running.says('status')
    const name = nameIn(running.folder)
    const one = `/sys/fs/cgroup/memory/${name}`
    const [events, most] = existsSync(one)
      ? [`${one}/memory.oom_control`, `${one}/memory.max_usage_in_bytes`]
      : [`/sys/fs/cgroup/${name}/memory.events`, `/sys/fs/cgroup/${name}/memory.current`]
    expect(out).toContain('status 137')
    expect(readFileSync(events, 'utf8')).toMatch(/^oom_kill 1$/m)
    expect(Number(readFileSync(most, 'utf8'))).toBeLessThanOrEqual(24 * 1024 ** 2)
    running.child.stdin?.end('go\n')
    await running.ended
    expect(await nothingLeft(running.folder, name)).toEqual([])
  })

  it('says which step failed, with exit code 125, and removes what was made', async () => {
    const facts = { ...here.facts, writable: { ...here.facts.writable, pids: '/sys/fs/cgroup/no-such-folder' } }
    const folder = folderFor()
    writeFileSync(join(folder, 'run.sh'), scriptOf(planOf({ command: ['true'] }, facts, here.surroundings)))
    const running = start('root', 'sh', [join(folder, 'run.sh')], folder)
    started.push(running)
    const { code, err } = await running.ended
    expect([code, err]).toEqual([125, expect.stringMatching(/Step 2 of \d+: Control groups with limits failed\./)])
    expect(await nothingLeft(folder, 'interlock-lab-')).toEqual([])
  })

  it('stops a program that starts too many processes', async () => {
    const command = ['sh', '-c', 'for i in 1 2 3 4 5 6 7 8; do sleep 5 & done; echo started']
    const running = run('root', { pids: '4', command })
    started.push(running)
    expect((await running.ended).err).toMatch(/can't fork: Resource temporarily unavailable/)
    expect(await nothingLeft(running.folder, 'interlock-lab-')).toEqual([])
  })

  it('lays a cable to the host, and both ends have an address', async () => {
    const ping =
      'ip -4 addr show eth0 | grep -o "10.231.[0-9]*" | head -1 > /net; ping -c 1 -W 5 $(cat /net).1 && echo reached; read -r line'
    const running = run('root', { network: 'veth', keep: 'net_raw', command: ['sh', '-c', ping] })
    started.push(running)
    await running.says('reached')
    const name = nameIn(running.folder)
    expect(evidenceOf(firstBelow(running.child.pid ?? 0) ?? 0).interfaces.toSorted()).toEqual(['eth0', 'lo'])
    running.child.stdin?.end('go\n')
    await running.ended
    expect(await nothingLeft(running.folder, name)).toEqual([])
  })

  it('maps a range of users that are nobody on the host', async () => {
    const one = await seen('root', { users: '100000:65536' })
    expect(one.evidence).toMatchObject({
      uidMap: '0 100000 65536',
      gidMap: '0 100000 65536',
      own: expect.arrayContaining(['user']),
    })
    await finish(one)
  })

  it('and such a container ends with its script too', async () => {
    const one = await seen('root', { users: '100000:65536' })
    one.running.child.kill('SIGKILL')
    await one.running.ended
    expect(await nothingLeft(one.running.folder, one.name)).toEqual([])
  })
})
