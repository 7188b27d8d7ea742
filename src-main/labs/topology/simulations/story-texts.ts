// Words of the runs that are told. Sentences of steps have no stop at their end; sentences of states have one.
const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`

/** Lines of arithmetic as one sentence. */
export const asSentence = (lines: readonly string[]): string =>
  `${lines.map((line) => line.replace(/\.$/, '')).join('; ')}.`

export const storyTexts = {
  start: 'Start from the drawing',
  notNow: 'This is not possible at this point. Choose one of the possible events.',

  instruction: {
    label: 'Follow an instruction',
    columns: ['Mode', 'Cycles', 'In all'],
    techniques: {
      trapAndEmulate: 'trap and emulate',
      binaryTranslation: 'binary translation',
      paravirtual: 'hypercalls',
      hardwareShadow: 'hardware assistance',
      hardwareNested: 'hardware assistance',
    } as Readonly<Record<string, string>>,
    others: {
      hardware: 'hardware assistance',
      binary: 'binary translation',
      paravirtual: 'hypercalls',
      trap: 'trap and emulate',
    } as Readonly<Record<string, string>>,
    instead: (hypervisor: string, technique: string) => `If ${hypervisor} used ${technique}`,
    ready: () => 'Choose a guest and an instruction: one that faults outside ring 0, or one that does not.',
    begin: (os: string, vm: string, what: 'privileged' | 'sensitive', technique: string) =>
      `${os} in ${vm} runs ${what === 'privileged' ? 'cli, which faults' : 'popf, which does not fault'}, with ${technique}`,
    begun: (os: string, what: 'privileged' | 'sensitive') =>
      what === 'privileged'
        ? `${os} wants to switch interrupts off with cli, which only the most privileged mode may do.`
        : `${os} wants to switch interrupts off with popf, which outside ring 0 quietly leaves the flag as it is.`,
    so: (mode: string, total: string) => `${mode}; ${total} cycles so far.`,
    sum: (parts: readonly string[], total: string) => `${parts.join(' + ')} = ${total} cycles.`,
  },

  walk: {
    label: 'Follow a memory access',
    columns: ['Table', 'Gives address'],
    ready: () => 'Choose a guest: one of its programs reads a byte that is not in the translation buffer.',
    begin: (os: string) => `A program of ${os} reads a byte`,
    withHardware: (hypervisor: string) => `If ${hypervisor} used hardware assistance`,
    paging: (host: string, on: boolean) => `If ${host} had ${on ? 'nested paging' : 'no nested paging'}`,
    nested: (host: string) =>
      `Guest virtual, guest physical, machine: the processor of ${host} walks both tables. Each address that the guest’s tables hold is guest physical, and has to be translated itself.`,
    shadow: (hypervisor: string, why: string) =>
      `${why} So ${hypervisor} keeps shadow tables, which lead from guest virtual addresses to machine addresses at once.`,
    noHardware: (hypervisor: string) => `${hypervisor} runs guests without the help of the processor.`,
    noNested: (host: string) => `The processor of ${host} has no nested paging.`,
    count: (so: number, all: number) => `${so} of ${all} references to memory.`,
    end: (working: string) => `${working}; without virtualisation it would be 4.`,
    guestTable: (level: number) => `guest table ${level}`,
    hostTable: (level: number) => `host table ${level}`,
    gives: (guest: number, host: number, levels: number) =>
      host === 0
        ? `guest physical: ${guest === levels ? 'page' : `table ${guest + 1}`}`
        : `machine: ${guest === 0 ? 'page' : `table ${guest}`}`,
    shadowTable: (level: number, levels: number) =>
      level === levels
        ? `Shadow table ${level} of ${levels} gives the machine address of the page`
        : `Shadow table ${level} of ${levels} leads to shadow table ${level + 1}`,
    shadowRow: (level: number) => `shadow table ${level}`,
    machine: 'machine: page',
    update: (os: string) => `Later ${os} changes an entry of its own page table, and that write traps`,
    price: (hypervisor: string) =>
      `Walks are short, 4 references, but ${hypervisor} has to change its shadow table with every change of the guest’s.`,
  },

  cpu: {
    label: 'Share the CPU',
    left: 'Left',
    columns: ['CPU time', 'Throttled', 'Done'],
    ready: (stories: readonly unknown[]) =>
      stories.length === 0 ? 'Nobody shares a processor here.' : 'Choose who shares, or whose quota runs out.',
    share: (on: string, capacity: string, count: number) =>
      `${count} on ${on} share ${capacity} ${capacity === '1' ? 'CPU' : 'CPUs'}`,
    wants: (name: string, weight: number, demand: string) => `${name} wants ${demand} with ${weight} shares`,
    wanted: (wants: readonly string[], capacity: string) => `${listed(wants)}; there are ${capacity}.`,
    round: (round: number, left: string, count: number) =>
      `Round ${round}: ${left} CPU are offered to ${count} by their shares`,
    offer: (
      name: string,
      left: string,
      weight: string,
      weights: string,
      offer: string,
      satisfied: boolean,
      kept: string,
    ) => `${name}: ${left} * ${weight} / ${weights} = ${offer}${satisfied ? `, takes ${kept}` : ''}`,
    contended: 'There is less than is wanted, so the shares decide',
    enough: 'There is enough for all, so the shares do not matter',
    shares: (name: string, shares: number) => `If ${name} had ${shares} shares`,
    busyOne: (name: string) => `If ${name} kept one CPU busy`,
    busyAll: (name: string) => `If ${name} kept all CPUs busy`,
    newQuota: (name: string, quota: string) => `If ${name} had a quota of ${quota} ms`,
    quota: (name: string, quota: string, period: string) => `${name} may use ${quota} ms in each ${period} ms`,
    job: (name: string, work: string, threads: number, without: string) =>
      `${name} has ${work} ms of work for ${threads} ${threads === 1 ? 'thread' : 'threads'}; without a quota it would take ${without} ms.`,
    cut: (period: number, used: string, until: string, still: string) =>
      `Period ${period}: ${used} ms are used up at ${until} ms, and it stands still for ${still} ms`,
    through: (period: number, used: string, until: string) =>
      `Period ${period}: ${used} ms are used, until ${until} ms, without standing still`,
    after: (done: string, work: string) => `${done} of ${work} ms are done.`,
    finished: (name: string, wall: string) => `${name} is done after ${wall} ms`,
  },

  layers: {
    label: 'Use the layers',
    columns: ['Effect', 'In the upper layer', 'Seen by the container'],
    ready: () => 'Choose a file system of layers.',
    begin: (user: string, overlay: string) => `${user} uses a file of ${overlay}`,
    layers: (lower: readonly string[], upper: string) =>
      `${listed(lower)} can only be read; whatever changes is written to ${upper}. The file comes with ${lower.at(-1) ?? ''}.`,
    does: (user: string, what: string, path: string) =>
      `${user} ${what === 'read' ? 'reads' : what === 'write' ? 'writes to' : 'removes'} ${path}`,
    copied: (bytes: number) => `${bytes} bytes were copied for it.`,
    whiteout: (path: string) => `${path} (whiteout)`,
    empty: 'empty',
    nothing: 'nothing',
  },

  lifecycle: {
    label: 'Start and stop a container',
    columns: ['What happens'],
    ready: () => 'Choose a container to start or to stop.',
    start: (name: string) => `${name} is started`,
    stop: (name: string) => `${name} is stopped`,
    starting: (name: string, os: string) =>
      `There is no container in the kernel of ${os}, only processes. ${name} is made of what each step adds.`,
    stopping: (name: string) => `${name} runs, and is asked to end before it is made to.`,
    create: (engine: string, image: string) =>
      `${engine} puts the layers of ${image === '' ? 'the image' : image} on each other and hands the runtime a config.json`,
    created: 'Event: create. Nothing runs yet.',
    clone: (flags: readonly string[]) => `clone(${flags.join(' | ')}) makes the first process and its namespaces`,
    noNamespaces: 'clone() makes the first process, in the namespaces of the host',
    allOwn: 'It sees itself as PID 1 there, and an ordinary number outside.',
    shared: (types: readonly string[]) =>
      `It keeps the host’s ${listed(types)} ${types.length === 1 ? 'namespace' : 'namespaces'}: there it sees what the host sees.`,
    map: 'The parent writes uid_map and gid_map, before anything else is done inside',
    mapped: 'Until then the process would be uid 65534 and could not mount anything.',
    cgroup: (memory: number, quota: number, period: number) =>
      `A control group is made${memory > 0 ? `, memory.max = ${memory} MiB` : ''}${quota > 0 ? `, cpu.max = ${quota} ${period}` : ''}, and the process is put into it`,
    limited: 'From now on every page that it touches counts against the limit.',
    unlimited: 'No limit of memory is set, so it may use all that the host has.',
    mount: 'The root of the container is mounted: an overlay of the layers, /proc, /dev, /sys',
    mounted: 'Nobody outside sees these mounts, since the mount namespace is its own.',
    pivot: 'pivot_root makes the overlay the root, and the old root is unmounted',
    pivoted: 'There is no path to the files of the host any more.',
    hostname: (name: string) => `sethostname("${name}")`,
    named: 'The host keeps its own name, since the UTS namespace is the container’s.',
    network: 'One end of a veth pair is moved into its network namespace, the other is joined to a bridge',
    connected: 'Without that it would have only lo, and even that switched off.',
    drop: (admin: boolean) =>
      `Capabilities are dropped${admin ? ', but not CAP_SYS_ADMIN' : ''}, no_new_privs is set, the seccomp filter is loaded`,
    admin: 'CAP_SYS_ADMIN is enough to mount, and often to get out.',
    hostRoot: 'All the same, the files of the host lie under /host.',
    dropped: 'Root inside keeps a few rights only, and no setuid program gives it more.',
    privileged: 'Nothing is dropped: the container is privileged',
    open: 'With all capabilities, root inside is as good as root on the host.',
    exec: (pid: boolean) =>
      pid
        ? 'execve() replaces the runtime by the program, which is PID 1 now'
        : 'execve() replaces the runtime by the program',
    runs: 'Event: start. The program runs as a plain user.',
    runsAsRoot: (mapped: boolean) =>
      mapped
        ? 'Event: start. The program runs as root inside, which is a plain user outside.'
        : 'Event: start. The program runs as root, and would be root outside as well.',
    term: (engine: string) => `${engine} sends SIGTERM to the first process`,
    termed: 'Event: kill, signal 15. A signal can be handled, or ignored.',
    handles: (name: string) => `${name} handles SIGTERM, finishes what it does, and ends`,
    deaf: (name: string, seconds: number) => `${name} does not hear: ${seconds} s pass`,
    why: 'The kernel gives PID 1 of a namespace no signal that it has no handler for.',
    kill: (seconds: number) => `After ${seconds} s it gets SIGKILL from outside`,
    noChoice: 'Event: kill, signal 9. From outside the namespace it cannot be ignored.',
    killed: 'The kernel ends PID 1 and every process of its PID namespace with it',
    code: (code: number, signal: number) =>
      `Event: die, exit code 128 + ${signal} = ${code}${signal === 15 ? ', unless it gives one of its own' : ''}.`,
    cleanUp: 'Namespaces that nobody uses are gone; mounts and the control group are taken away',
    cleaned: (code: number) =>
      `Event: stop. The layer that was written to stays until the container is removed. Exit code ${code}.`,
  },
}
