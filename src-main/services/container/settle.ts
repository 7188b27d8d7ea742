// Wishes against a machine: what is possible stays, what is not is refused where it was asked for and left out with a
// sentence where it was not. Pure: the machine comes as facts.
import { InterlockError } from '../../contract/errors.ts'
import type { MachineFacts } from '../../contract/kernel.ts'
import { type ContainerOptions, usualOptions, type Wishes } from './options.ts'
import { texts } from './texts.ts'

export const controllers = ['memory', 'cpu', 'pids'] as const
export type Controller = (typeof controllers)[number]

/** Where the group of a controller is made, and by which version of control groups. */
export interface Place {
  version: 1 | 2
  /** folder in which groups can be made */
  parent: string
}

/** What else of a machine makes a difference. */
export interface Surroundings {
  /** group of the person who starts it */
  gid: number
  /** folders of the host's root that hold its programs, and are no links */
  folders: readonly string[]
  /** why even root may not make namespaces here, or null */
  refusal: string | null
}

export interface Settled {
  options: ContainerOptions
  places: Partial<Record<Controller, Place>>
  /** layers are mounted over each other; without, the root is a plain folder */
  overlay: boolean
  /** `ip`, or the one in busybox */
  ip: string
  /** sentences about what was left out */
  notes: string[]
  /** of the person who starts it */
  ids: { uid: number; gid: number }
  /** folders of the host's root that hold its programs, and are no links */
  folders: readonly string[]
}

/** @throws InterlockError `bad-input` or `permission-denied` where something asked for is not possible here */
export function settle(wishes: Wishes, facts: MachineFacts, surroundings: Surroundings): Settled {
  const notes: string[] = []
  const root = facts.uid === 0
  /** @returns what is taken in place of what is not possible */
  const without = <T>(wish: keyof Wishes, why: string, instead: T): T => {
    if (wish in wishes) throw new InterlockError('permission-denied', why)
    notes.push(`${why} ${texts.leftOut[wish] ?? ''}`.trim())
    return instead
  }
  machine(facts)
  if (root && surroundings.refusal !== null) throw new InterlockError('permission-denied', surroundings.refusal)
  const options: ContainerOptions = {
    ...usualOptions,
    users: root ? { kind: 'none' } : { kind: 'self' },
    ...wishes,
  }
  if (!root && options.users.kind === 'none') throw new InterlockError('permission-denied', texts.cannot.noUsers)
  if (!root && options.users.kind === 'range') throw new InterlockError('permission-denied', texts.cannot.range)
  if (!root && options.network === 'veth') throw new InterlockError('permission-denied', texts.cannot.veth)
  if (options.root === 'busybox' && !has(facts, 'busybox')) {
    options.root = without('root', texts.cannot.busybox, 'host')
  }
  const ip = has(facts, 'ip') ? 'ip' : 'busybox ip'
  if (options.network !== 'none' && ip !== 'ip' && !has(facts, 'busybox')) {
    options.network = without('network', texts.cannot.ip, 'none')
  }
  if (options.forbidden.length > 0) forbidden(options, facts)
  if (!facts.overlay) notes.push(texts.cannot.overlay)
  const places: Settled['places'] = {}
  for (const controller of controllers) {
    if (options[controller] === null) continue
    const place = placeOf(controller, facts)
    if (place !== null) places[controller] = place
    else options[controller] = without(controller, texts.cannot.group(controller, root), null)
  }
  return {
    options,
    places,
    overlay: facts.overlay,
    ip,
    notes,
    ids: { uid: facts.uid, gid: surroundings.gid },
    folders: surroundings.folders,
  }
}

const has = ({ tools }: MachineFacts, name: string): boolean => Object.hasOwn(tools, name)

/** Without these there is no container at all. */
function machine(facts: MachineFacts): void {
  if (facts.platform !== 'linux' && facts.platform !== 'wsl2') {
    throw new InterlockError('permission-denied', texts.cannot.system(facts.platform))
  }
  const missing = ['unshare', 'setpriv', 'mount', 'umount', 'pivot_root'].filter((name) => !has(facts, name))
  if (missing.length > 0) throw new InterlockError('not-found', texts.cannot.tools(missing))
  if (facts.uid !== 0 && facts.userNamespaces !== null) {
    throw new InterlockError('permission-denied', facts.userNamespaces)
  }
}

/** runc makes this container, with its own ways: what it does not do here is refused, not left out. */
function forbidden({ root, network }: ContainerOptions, facts: MachineFacts): void {
  if (!has(facts, 'runc')) throw new InterlockError('not-found', texts.cannot.runc)
  if (network === 'veth') throw new InterlockError('bad-input', texts.cannot.runcVeth)
  if (root === 'busybox' && !has(facts, 'busybox')) throw new InterlockError('not-found', texts.cannot.busybox)
}

function placeOf(controller: Controller, { writable, controllers: offered }: MachineFacts): Place | null {
  for (const [hierarchy, parent] of Object.entries(writable)) {
    if (hierarchy.split(',').includes(controller)) return { version: 1, parent }
  }
  const unified = writable['']
  return unified !== undefined && offered.includes(controller) ? { version: 2, parent: unified } : null
}
