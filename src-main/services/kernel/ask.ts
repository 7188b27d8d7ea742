// What only programs can be asked, not files: interfaces, host names and queues inside namespaces (nsenter), parents and
// owners of namespaces (lsns). Costs processes, so it is done after commands and not by the clock. Changes nothing.
import { execFile } from 'node:child_process'
import { z } from 'zod'
import { HIDDEN, NamespaceType, type ProcessSample } from '../../contract/kernel.ts'
import { type AskedInterface, askedOf } from './networks.ts'
import { type Inode, type Namespaces, TEXT } from './process.ts'

type Askable = 'uts' | 'net' | 'ipc'
const flags: Readonly<Record<Askable, string>> = { uts: '-u', net: '-n', ipc: '-i' }

/** Answers by inode of the namespace; what the kernel refused is `hidden`. */
export interface Asked {
  hostnames: Map<number, string | typeof HIDDEN>
  interfaces: Map<number, Map<string, AskedInterface> | typeof HIDDEN>
  queues: Map<number, string[] | typeof HIDDEN>
}
export type Relations = Record<string, { parent?: Inode; owner?: Inode }>

/** Starts a program and gives its output; null when it failed without any. A test gives its own. */
export type Run = (file: string, args: readonly string[]) => Promise<string | null>

const TIMEOUT_MS = 3000

export const run: Run = (file, args) =>
  new Promise((resolve) => {
    const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin`, LC_ALL: 'C' }
    const options = { env, timeout: TIMEOUT_MS, killSignal: 'SIGKILL' as const, maxBuffer: 4 * 1024 * 1024 }
    execFile(file, [...args], options, (error, stdout) => resolve(error !== null && stdout === '' ? null : stdout))
  })

/** Everything about one set of namespaces in one go; what is missing stays empty. */
const QUESTION =
  'uname -n; printf "\\001"; ip -j addr 2>/dev/null; printf "\\001"; cat /proc/sysvipc/shm /proc/sysvipc/msg 2>/dev/null'

/** Ids in the texts of `/proc/sysvipc/shm` and `msg`, such as `shm 0`. */
export function queuesOf(text: string): string[] {
  const found: string[] = []
  let kind: string | null = null
  for (const line of text.split('\n')) {
    const [first = '', second = ''] = line.trim().split(/\s+/)
    if (first === 'key') kind = second === 'shmid' ? 'shm' : second === 'msqid' ? 'msg' : null
    else if (kind !== null && /^\d+$/.test(second)) found.push(`${kind} ${second}`)
  }
  return found
}

/**
 * Asks in every namespace of these processes that is not the host's, and about interfaces in the host's own.
 * @param uid user of this program: root enters as itself, another through the user namespace that owns the others
 */
export async function ask(
  processes: readonly ProcessSample[],
  host: Namespaces,
  uid: number,
  start: Run = run,
): Promise<Asked> {
  const asked: Asked = { hostnames: new Map(), interfaces: new Map(), queues: new Map() }
  const take = (types: readonly Askable[], inodes: Namespaces, answer: string): void => {
    const [name = '', addresses = '', queues = ''] = answer.split('\u0001')
    const inode = (type: Askable): number => {
      const value = inodes[type]
      return types.includes(type) && typeof value === 'number' ? value : -1
    }
    if (inode('uts') >= 0) asked.hostnames.set(inode('uts'), name.trim().slice(0, TEXT))
    const interfaces = askedOf(addresses)
    if (inode('net') >= 0 && interfaces !== null) asked.interfaces.set(inode('net'), interfaces)
    if (inode('ipc') >= 0) asked.queues.set(inode('ipc'), queuesOf(queues))
  }
  const done = (type: Askable, inode: Inode | undefined): boolean =>
    typeof inode !== 'number' ||
    inode === host[type] ||
    (type === 'uts' ? asked.hostnames : type === 'net' ? asked.interfaces : asked.queues).has(inode)
  const enter = async ({ pid, namespaces }: ProcessSample, types: readonly Askable[]): Promise<boolean> => {
    const own = namespaces.user === host.user
    const user = uid === 0 ? [] : ['-U', '--preserve-credentials']
    if (uid !== 0 && own) return false
    const into = types.map((type) => flags[type])
    const answer = await start('nsenter', ['-t', String(pid), ...user, ...into, 'sh', '-c', QUESTION])
    if (answer?.includes('\u0001') !== true) return false
    take(types, namespaces, answer)
    return true
  }

  for (const process of processes) {
    const { namespaces } = process
    const types = (['uts', 'net', 'ipc'] as const).filter((type) => !done(type, namespaces[type]))
    if (types.length === 0 || (await enter(process, types)) || types.length === 1) continue
    // One of them belongs to somebody who may not be entered; the others may.
    for (const type of types) await enter(process, [type])
  }
  for (const { namespaces } of processes) {
    const { uts, net, ipc } = namespaces
    if (typeof uts === 'number' && !done('uts', uts)) asked.hostnames.set(uts, HIDDEN)
    if (typeof net === 'number' && !done('net', net)) asked.interfaces.set(net, HIDDEN)
    if (typeof ipc === 'number' && !done('ipc', ipc)) asked.queues.set(ipc, HIDDEN)
  }
  if (typeof host.net === 'number') {
    const interfaces = askedOf((await start('ip', ['-j', 'addr'])) ?? '')
    if (interfaces !== null) asked.interfaces.set(host.net, interfaces)
  }
  return asked
}

const Listed = z.object({
  namespaces: z.array(
    z.object({ ns: z.number(), type: z.string(), pns: z.number().nullish(), ons: z.number().nullish() }),
  ),
})

/** Parent and owner of these namespaces and of those above them; empty where `lsns` is missing or tells none. */
export async function askRelations(wanted: Iterable<string>, start: Run = run): Promise<Relations> {
  const text = await start('lsns', ['-J', '-o', 'NS,TYPE,PNS,ONS'])
  let json: unknown = null
  try {
    json = JSON.parse(text ?? '')
  } catch {
    return {}
  }
  const listed = Listed.safeParse(json)
  if (!listed.success) return {}
  const all = new Map(listed.data.namespaces.map((one) => [`${one.type}:${one.ns}`, one]))
  const relations: Relations = {}
  const add = (key: string): void => {
    const one = all.get(key)
    const type = NamespaceType.safeParse(one?.type)
    if (one === undefined || !type.success || key in relations) return
    const [parent, owner] = [one.pns ?? 0, one.ons ?? 0]
    relations[key] = { ...(parent > 0 ? { parent } : {}), ...(owner > 0 ? { owner } : {}) }
    if (parent > 0) add(`${type.data}:${parent}`)
    if (owner > 0) add(`user:${owner}`)
  }
  for (const key of wanted) add(key)
  return relations
}
