// Experiments with what a process may do: root without capabilities, forbidden system calls, no new privileges.
import { bits, insiders, lastOf, named, processesOf, uidInside } from '../evidence.ts'
import { type Experiment, no, yes } from './experiment.ts'

const withoutPowers: Experiment = {
  id: 'root-without-powers',
  number: 19,
  title: 'Root without powers',
  week: 8,
  need: 'user',
  tools: ['unshare', 'setpriv'],
  task: 'Be root, and be able to do nothing that root can. The powers of root are capabilities; uid 0 is only the usual way to get them. Drop them all, and try to mount something.',
  steps: [
    {
      text: 'Become root in a user namespace, without any capability and with none to come.',
      commands: ['unshare --user --map-root-user --mount setpriv --bounding-set=-all --inh-caps=-all bash --norc'],
    },
    { text: 'See who you are, and try.', commands: ['id -u; grep Cap /proc/self/status', 'mount -t tmpfs lab /mnt'] },
    { text: 'Leave.', commands: ['exit'] },
  ],
  files: [],
  conditions: [
    {
      id: 'root-without',
      says: 'A process is uid 0 in its user namespace and has no capability, now or later.',
      expected: 'uid 0 inside, CapEff and CapBnd 0',
      look(samples) {
        const all = insiders(lastOf(samples), 'user')
        const found = all.find((process) => uidInside(process) === 0 && bits(process.capabilities.effective) === 0)
        if (found === undefined) {
          return no(
            all.length === 0
              ? 'Nobody is in a user namespace of their own.'
              : 'Root inside still has its capabilities.',
            'Start setpriv with --bounding-set=-all --inh-caps=-all inside the user namespace.',
          )
        }
        const most = bits(found.capabilities.bounding)
        return most === 0
          ? yes(`${named(found)} is root and has no capability.`)
          : no(`It could get ${most} capabilities back.`, 'Empty the bounding set as well: --bounding-set=-all')
      },
    },
    {
      id: 'refused',
      says: 'What root usually may was refused.',
      expected: 'a command that fails while that process lives',
      look(samples) {
        const sample = lastOf(samples)
        const there = insiders(sample, 'user').some(({ capabilities }) => bits(capabilities.effective) === 0)
        const status = sample.ended?.status ?? 0
        return there && status !== 0
          ? yes(`A command ended with status ${status}.`)
          : no('Nothing was refused yet.', 'Try to mount something: mount -t tmpfs lab /mnt')
      },
    },
  ],
  solved:
    'The kernel asks for capabilities, not for uid 0. That is why containers drop those that their program does not need, and why root without them is an ordinary user.',
}

/** A filter that answers mkdir and mkdirat (x86-64) with an action, then bash. @param action as in linux/seccomp.h */
const filtered = (action: string): string =>
  `python3 -c 'import ctypes,os,struct; f=b"".join(struct.pack("HBBI",*i) for i in [(32,0,0,0),(21,1,0,83),(21,0,1,258),(6,0,0,${action}),(6,0,0,0x7fff0000)]); b=ctypes.create_string_buffer(f); p=ctypes.create_string_buffer(struct.pack("HxxxxxxQ",5,ctypes.addressof(b))); c=ctypes.CDLL(None); c.prctl(38,1,0,0,0); c.prctl(22,2,p,0,0); os.execvp("bash",["bash","--norc"])'`

const forbidden: Experiment = {
  id: 'forbidden-calls',
  number: 20,
  title: 'Forbidden system calls',
  week: 8,
  need: 'nothing',
  tools: ['python3'],
  task: 'Give a shell a filter that refuses one system call, mkdir, and see it refused although the folder may be written. Then let the filter end whoever calls it. Filters are inherited and can never be taken off. The numbers of the calls are those of x86-64.',
  steps: [
    { text: 'Start a shell whose mkdir is answered with an error.', commands: [filtered('0x50001')] },
    { text: 'Try it, and leave.', commands: ['mkdir interlock-lab', 'grep Seccomp /proc/self/status', 'exit'] },
    {
      text: 'Now one in which mkdir ends the caller.',
      commands: [filtered('0x80000000'), 'mkdir interlock-lab', 'exit'],
    },
  ],
  files: [],
  conditions: [
    {
      id: 'filter',
      says: 'A process runs under a filter.',
      expected: 'Seccomp 2 in its status',
      look(samples) {
        const found = processesOf(lastOf(samples)).find(({ seccomp }) => seccomp === 2)
        return found === undefined
          ? no('Nobody runs under a filter.', 'Start the shell of the first step.')
          : yes(`${named(found)} runs under a filter.`)
      },
    },
    {
      id: 'refused',
      says: 'A command under the filter failed.',
      expected: 'status 1 while the filtered shell lives',
      look(samples) {
        const sample = lastOf(samples)
        return processesOf(sample).some(({ seccomp }) => seccomp === 2) && sample.ended?.status === 1
          ? yes('The command ended with status 1: Operation not permitted.')
          : no('Nothing was refused.', 'Call mkdir in that shell.')
      },
    },
    {
      id: 'ended',
      says: 'Under the other filter the caller was ended.',
      expected: 'status 159: signal 31, SIGSYS',
      look: (samples) =>
        lastOf(samples).ended?.status === 159
          ? yes('A command ended with 159: SIGSYS.')
          : no(
              'Nobody was ended by a filter.',
              'Start the second shell, whose filter ends the caller, and call mkdir there.',
            ),
    },
  ],
  solved:
    'A seccomp filter is asked before each system call and knows its number and plain arguments. It is a wall around the kernel, below all rights: the folder was yours, and the call still failed.',
}

const noNew: Experiment = {
  id: 'no-new-privileges',
  number: 21,
  title: 'No new privileges',
  week: 8,
  need: 'nothing',
  tools: ['setpriv', 'su'],
  task: 'Programs with the setuid bit run as their owner, su as root. Promise that you never gain rights by starting a program, and see su start as yourself. (Root has nothing to gain: there su simply works.)',
  steps: [
    {
      text: 'Make the promise. It holds for all that is started from here.',
      commands: ['setpriv --no-new-privs bash --norc'],
    },
    { text: 'Start su and leave it waiting for a while; then end it with Ctrl-C.', commands: ['su'] },
    { text: 'Leave.', commands: ['exit'] },
  ],
  files: [],
  conditions: [
    {
      id: 'promise',
      says: 'A process can gain no new privileges.',
      expected: 'NoNewPrivs 1',
      look(samples) {
        const found = processesOf(lastOf(samples)).find(({ noNewPrivileges }) => noNewPrivileges)
        return found === undefined
          ? no('Nobody has made the promise.', 'Start setpriv --no-new-privs bash --norc.')
          : yes(`${named(found)} can gain no new privileges.`)
      },
    },
    {
      id: 'stays',
      says: 'su runs as whoever started it.',
      expected: 'su with NoNewPrivs 1, whose effective uid is its real one',
      look(samples) {
        const found = processesOf(lastOf(samples)).find(({ name }) => name === 'su')
        if (found === undefined) return no('su does not run.', 'Start su in that shell and leave it waiting.')
        if (!found.noNewPrivileges)
          return no('su runs outside the promise.', 'Start it from the shell of the first step.')
        return found.uids[0] === found.uids[1]
          ? yes(`su runs as uid ${found.uids[1] ?? 0}.`)
          : no(`su runs as uid ${found.uids[1] ?? 0}.`, 'It gained rights, so the promise does not hold for it.')
      },
    },
  ],
  solved:
    'With no_new_privs exec never gives more rights than there were: setuid and file capabilities count for nothing. It is what lets an ordinary user set a filter, and what containers should run with.',
}

export const privileges: readonly Experiment[] = [withoutPowers, forbidden, noNew]
