// What a sample of the kernel costs in CPU time, for 20 and for 200 processes, beside the same files of the same
// processes read through fs.promises.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, readlink } from 'node:fs/promises'
import { createProc } from '../../src-main/services/kernel/proc.ts'
import { statOf } from '../../src-main/services/kernel/process.ts'
import { createSampler } from '../../src-main/services/kernel/sampler.ts'
import { print, type Row } from './measure.ts'

const REPEATS = 30
/** What the project promises, in ms. */
const bounds = new Map([
  [20, 5],
  [200, 60],
])

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const cpu = (from?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1000
}

const files = ['stat', 'status', 'cgroup', 'uid_map', 'gid_map', 'setgroups', 'wchan', 'cmdline']
const links = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'pid_for_children', 'time', 'time_for_children', 'user', 'uts']

/** The same of every process, without making anything of it. */
async function peer(pids: readonly string[]): Promise<void> {
  await Promise.all(
    pids.flatMap((pid) => [
      ...[...files, `task/${pid}/children`].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => null)),
      ...links.map((link) => readlink(`/proc/${pid}/ns/${link}`).catch(() => null)),
    ]),
  )
}

async function started(count: number): Promise<ChildProcess> {
  const script = `for i in $(seq ${count - 1}); do sleep 600 & done; echo ready; wait`
  const child = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'], detached: true })
  if (child.stdout !== null) await once(child.stdout, 'data')
  await new Promise((done) => setTimeout(done, 300))
  return child
}

async function measured(count: number): Promise<Row[]> {
  const child = await started(count)
  const pid = child.pid ?? 0
  try {
    const sampler = createSampler({
      shell: { pid, start: statOf(createProc(), pid)?.start ?? 0 },
      folder: '/',
      files: [],
    })
    const pids = Object.keys(sampler.sample(0).processes)
    const own: number[] = []
    const promised: number[] = []
    // In turn, so that what else goes on on the machine meets both.
    for (let round = 0; round < REPEATS; round += 1) {
      const before = process.cpuUsage()
      sampler.sample(round)
      own.push(cpu(before))
      const between = process.cpuUsage()
      await peer(pids)
      promised.push(cpu(between))
    }
    const [ours, theirs] = [median(own), median(promised)]
    return [
      {
        name: `kernel: a sample of ${pids.length} processes`,
        ours,
        peer: theirs,
        ratio: ours / theirs,
        unit: 'ms CPU',
        note: `peer: the same files through fs.promises; promised: at most ${bounds.get(count)} ms`,
      },
    ]
  } finally {
    process.kill(-pid, 'SIGKILL')
  }
}

export async function bench(): Promise<Row[]> {
  if (process.platform !== 'linux') return []
  return [...(await measured(20)), ...(await measured(200))]
}

if (process.argv[1] === import.meta.filename) print(await bench())
