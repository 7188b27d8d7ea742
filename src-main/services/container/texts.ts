// Words of containers that are made step by step: what a step is, what cannot be done, what was left out.
import type { ContainerOptions } from './options.ts'

type Root = ContainerOptions['root']
type Network = ContainerOptions['network']
const list = (names: readonly string[]): string => names.join(', ')

export const texts = {
  bad: {
    choice: (option: string, found: string, known: readonly string[], near: string) =>
      `${option} cannot be "${found}".${near} Write one of: ${list(known)}.`,
    hostname: (found: string) =>
      `"${found}" is no host name. Use up to 63 letters, digits, dots and dashes, with a letter or digit first and last.`,
    memory: (found: string) =>
      `"${found}" is no amount of memory from 4M to 1024G. Write 64M or 1.5G, or none for no limit.`,
    cpu: (found: string) => `"${found}" is no number of CPUs from 0.01 to 1024. Write 0.5 for half of one, or none.`,
    pids: (found: string) => `"${found}" is no number of processes from 1 to 100000. Write 50, or none for no limit.`,
    users: (found: string) =>
      `"${found}" is no map of users. Write none, self, or FIRST:COUNT such as 100000:65536 with FIRST above 0.`,
    capability: (found: string, near: string) =>
      `There is no capability "${found}".${near} Write a list such as kill,chown, or all, or none.`,
    call: (found: string) => `"${found}" is no system call. Write a list of names such as mkdir,unshare.`,
    calls: (most: number) => `More than ${most} system calls are forbidden by name. Give fewer.`,
    command: 'The command is empty or holds a zero byte. Name a program after --, such as: interlock run -- sh.',
  },
  cannot: {
    system: (name: string) =>
      `Containers are made of parts of the Linux kernel, and this system is ${name}. Run this in a virtual machine with Linux, or replay a recorded run in the app.`,
    tools: (names: readonly string[]) =>
      `${list(names)} cannot be found. Install the packages util-linux and mount; busybox alone is not enough.`,
    noUsers:
      'Without a user namespace only root may make the others. Leave --users out, and you become root inside one of your own.',
    range:
      'An ordinary user may map only oneself; a range of ids needs root. Leave --users out or write --users self, or run this as root.',
    veth: 'A cable to the host needs root, because its other end is an interface of the host. Write --network loopback, or run this as root.',
    busybox: 'busybox cannot be found. Install the package busybox, or write --root host.',
    ip: 'Neither ip nor busybox can be found, so no interface can be switched on. Install the package iproute2.',
    runc: 'System calls are forbidden by a filter that runc sets up, and runc cannot be found. Install the package runc, or leave --forbid out.',
    runcVeth:
      'With --forbid, runc makes the container, and it lays no cable to the host. Leave --forbid out, or write --network loopback.',
    runcStep:
      'With --forbid, runc makes the container in one go, so there is nothing to stop before. Leave --step or --forbid out.',
    overlay: 'Overlays cannot be mounted here, so the root is a folder without layers; it is removed all the same.',
    group: (controller: string, root: boolean) =>
      root
        ? `No control group for ${controller} can be made here: no hierarchy that has it can be written.`
        : `Only root may make a control group for ${controller} here, and no prepared one was found.`,
    root: (said: string) =>
      `Root may not make namespaces here (${said}). Inside a container or sandbox that is usual: run this on the machine itself.`,
    place: (path: string) =>
      `${path} cannot be entered by the users of this container. Set TMPDIR to a folder that everybody may enter, such as /tmp.`,
  },
  leftOut: {
    root: 'The root is made of the host’s programs.',
    network: 'The network stays switched off.',
    memory: 'There is no limit on memory.',
    cpu: 'There is no limit on CPU time.',
    pids: 'There is no limit on processes.',
  } as Partial<Record<keyof ContainerOptions, string>>,
  steps: {
    image: (root: Root) => ({
      title: 'Files of the image',
      sentence:
        root === 'busybox'
          ? 'A folder gets what a small system needs: busybox under all its names, and the program that gives rights up.'
          : 'A folder gets the names of a system’s folders; the programs of the host are mounted into them later.',
    }),
    limits: {
      title: 'Control groups with limits',
      sentence: 'A group is a folder in which the kernel shows files; writing a number into one sets a limit.',
    },
    namespaces: (user: boolean) => ({
      title: 'New namespaces',
      sentence: user
        ? 'One call makes all of them. The user namespace comes first: it owns the others, which is why no root is needed.'
        : 'One call makes all of them. The caller itself does not enter the new PID namespace: its first child does, as PID 1.',
    }),
    users: (range: boolean) => ({
      title: 'Who is root inside',
      sentence: range
        ? 'From outside, a range of ids that nobody uses is written into the map; then the first process becomes user 0 of it.'
        : 'From outside, your own id is written into the map as user 0. Groups have to be given up before, or leaving one could open files.',
    }),
    group: {
      title: 'Into the control groups',
      sentence: 'Its pid is written into cgroup.procs from outside; all that it starts will be counted with it.',
    },
    cgroupNamespace: {
      title: 'Own view of control groups',
      sentence:
        'The group it is in becomes the root that it sees. Made any earlier, it would see the path of the group instead.',
    },
    network: (kind: Network) => ({
      title: 'Network',
      sentence: {
        none: 'The new network has only a loopback interface, and that stays switched off.',
        loopback: 'The new network has only a loopback interface, which is switched on.',
        veth: 'A cable with two ends: one stays on the host, the other is born in the new network. Both get an address.',
      }[kind],
    }),
    hostname: {
      title: 'Host name',
      sentence: 'The name belongs to the UTS namespace, so the host keeps its own.',
    },
    layers: (root: Root, overlay: boolean) => ({
      title: 'Root of layers',
      sentence: overlay
        ? `${root === 'busybox' ? 'The image' : 'The host’s folders'} below, only read; an empty layer above, which takes all that is written; both seen as one.`
        : 'The folder of the image is mounted onto a place of its own, because only a mount can become the root.',
    }),
    kernelFiles: {
      title: 'Files of the kernel',
      sentence:
        'A new /proc shows the new PID namespace, /sys the new network; /dev gets a few harmless devices and terminals of its own.',
    },
    hiddenFiles: {
      title: 'Hidden and protected files',
      sentence: 'What of /proc and /sys would tell about the host is covered, and its switches can only be read.',
    },
    newRoot: {
      title: 'New root',
      sentence:
        'The layers and the old root change places, and the old root is unmounted: no path leads there any more.',
    },
    capabilities: (kept: number) => ({
      title: 'Rights given up',
      sentence: `Root’s power is a set of capabilities. ${kept === 0 ? 'None of them stays' : `${kept} of them ${kept === 1 ? 'stays' : 'stay'}`}; from the bounding set no program can take more.`,
    }),
    noNewPrivileges: {
      title: 'No new privileges',
      sentence: 'From now on a setuid bit gives nothing to anyone inside, and there is no way back.',
    },
    command: (program: string) => ({
      title: 'The program',
      sentence: `The first process turns into ${program} and keeps its pid: ${program} is PID 1.`,
    }),
    bundle: {
      title: 'Bundle for runc',
      sentence: 'All that was asked for is written into config.json, beside the folder of the root.',
    },
    runtime: {
      title: 'runc',
      sentence:
        'runc makes the same container from the bundle, and sets up the filter of system calls just before the program.',
    },
  },
  evidence: {
    image: (root: Root) => (root === 'busybox' ? 'bin/busybox and links to it' : 'empty folders and links'),
    nspid: 'NSpid: ends in 1',
    namespaces: 'mnt, pid, uts, ipc and net have other numbers than under /proc/self/ns',
    otherNumber: 'another number than /proc/self/ns/cgroup',
    ownId: 'one line: 0, your own id, 1',
    group: 'paths that end in the name of the container’s folder',
    network: (kind: Network) => (kind === 'veth' ? 'lo and eth0, and no interface of the host' : 'only lo'),
    overlay: 'a line for the new root with the type overlay',
    bind: 'a line for the folder root',
    upper: 'what the container writes later',
    kernelFiles: 'lines for proc, sysfs, tmpfs, devpts and mqueue',
    hiddenFiles: 'lines for /proc/sys with ro, and for the files that are covered',
    newRoot: 'one line for /, and none of the host’s mounts',
    command: (program: string) => `${program.split('/').at(-1) ?? ''}`.slice(0, 15),
    bundle: 'config.json and rootfs',
    seccomp: 'Seccomp: 2',
  },
  bundle: {
    root: ['Fills the folder rootfs of this bundle.', 'Afterwards, in this folder: runc run NAME'],
    filled: 'The folder rootfs is there already. Remove it to fill it again.',
    notEmpty: (folder: string) => `“${folder}” is not empty. Name a new folder for the bundle.`,
    loopback:
      'A runtime switches the loopback interface on, so the network of the bundle is not as quiet as asked for.',
    cable: 'A runtime lays no cable to the host: the bundle has a network of its own with loopback only.',
    written: (folder: string) => `The bundle is in ${folder}. Fill its root: sh ${folder}/rootfs.sh`,
    run: (folder: string, rootless: boolean) =>
      `Then run it: runc${rootless ? ' --root ~/.interlock-runc' : ''} run --bundle ${folder} interlock-lab-1`,
  },
  script: {
    about: [
      'A container made step by step, from the parts of which every container is made.',
      'Written by interlock run; needs a POSIX shell and util-linux. Start it with --step to stop before each step.',
      'Everything it makes has a name that begins with interlock-lab, and is removed when the program ends or is killed.',
    ],
    unsaved: 'Save this script as a file and start that: it starts itself again inside.',
    parts: {
      names: 'names of what is made',
      helper: 'The helper on the host does what the first process may not do, and at the end removes what was made.',
      outside: 'on the host',
      inside: 'in the container: the first process',
    },
    seen: 'From outside, PID 1 of the container has the number',
    enter: 'Enter goes on, Ctrl-D stops.',
    stopped: 'Stopped. What was made is removed.',
    failed: 'failed. What was made is removed.',
    mounted: 'is still in use and was not removed.',
    calls: 'System calls',
    look: 'Look at',
    step: (number: number, of: number) => `Step ${number} of ${of}`,
  },
} as const
