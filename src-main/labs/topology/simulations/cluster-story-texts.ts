// Words of the told runs of hosts and clusters: DRS, HA, memory.
const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`

export const clusterStoryTexts = {
  drs: {
    label: 'Balance the cluster',
    spread: 'Spread',
    ready: () => 'Choose what DRS looks at.',
    begin: (cluster: string, resource: 'cpu' | 'memory') =>
      `DRS looks at the ${resource === 'cpu' ? 'CPU' : 'memory'} of ${cluster}`,
    target: (target: string, cost: string) =>
      `The spread of the loads is their standard deviation. ${target} is good enough, and a move has to gain more than ${cost}: both are teaching values.`,
    compare: (hosts: number) => `The loads of ${counted(hosts, 'host')} are compared`,
    move: (vm: string, from: string, to: string) => `${vm} migrates live from ${from} to ${to}`,
    reached: (target: string) => `The spread is not above ${target}: DRS rests`,
    noGain: (cost: string) => `No move that is allowed gains more than ${cost}: DRS rests`,
    enough: (moves: number) => `After ${moves} moves it is enough for now`,
    end: (before: string, after: string, moves: number) =>
      `${counted(moves, 'move')}; the spread went from ${before} to ${after}.`,
  },

  ha: {
    label: 'Let a host fail',
    columns: ['Starts on', 'Outage'],
    ready: () => 'Choose a host that fails.',
    begin: (host: string, machines: number) => `${host} fails, with ${counted(machines, 'machine')} on it`,
    begun: (detect: number, place: number, boot: number) =>
      `Times are teaching values: ${detect} s until it is noticed, ${place} s until a place is found, ${boot} s to boot.`,
    slots: 'Before: can the cluster lose a host at all?',
    noReservations:
      'No machine has a reservation, so slots say nothing: any host can hold any machine, however slowly.',
    silent: (host: string) => `Heartbeats of ${host} stop, over the network and on the datastore`,
    others: (machines: number) =>
      `${counted(machines, 'machine')} ${machines === 1 ? 'is' : 'are'} down from this moment.`,
    declared: (host: string, seconds: number) => `After ${seconds} s the other hosts take ${host} for failed`,
    notIsolated: 'Had its heartbeats on the datastore gone on, it would only be isolated, and its machines would run.',
    restart: (vm: string, host: string) => `${vm} is started anew on ${host}`,
    fits: (host: string, free: number, reserved: number) =>
      `${host} has ${free} MiB unreserved, and ${reserved} MiB are promised to it.`,
    outage: (vm: string, working: string) => `Outage of ${vm}: ${working}. What was in its memory is lost.`,
    stays: (vm: string) => `${vm} stays down`,
    nowhere: 'nowhere',
    local: (vm: string, host: string) => `The disk of ${vm} lies on ${host} itself, and nobody else can read it.`,
    noRoom: (vm: string, reserved: number) => `No host has the ${reserved} MiB left that are promised to ${vm}.`,
    off: (cluster: string) => `High availability of ${cluster} is switched off, so nothing more happens`,
    byHand: 'Its machines stay down until somebody starts them.',
  },

  memory: {
    label: 'Use all the memory',
    columns: ['By', 'MiB', 'Free', 'State'],
    ready: (stories: readonly unknown[]) =>
      stories.length === 0
        ? 'There is memory enough for all.'
        : 'Choose a host whose guests use all they have, or a container that grows.',
    begin: (host: string, machines: number) =>
      machines === 1
        ? `The guest on ${host} uses all it was given`
        : `All ${machines} guests on ${host} use all they were given`,
    wanted: (wanted: string, room: string, free: string) => `${room} - ${wanted} = ${free} MiB would be free.`,
    state: (state: string) => `The host is in the state ${state}`,
    actions: (actions: readonly string[]) => `It may use ${listed(actions)}.`,
    by: { 'page sharing': 'sharing', ballooning: 'balloon', swapping: 'swap' } as Readonly<Record<string, string>>,
    gives: (vm: string, amount: string, action: string) =>
      action === 'page sharing'
        ? `Pages of ${vm} that others have as well are kept once: ${amount} MiB`
        : action === 'ballooning'
          ? `The balloon in ${vm} grows by ${amount} MiB, and its guest decides what to give up`
          : `${amount} MiB of ${vm} are swapped out without asking its guest`,
    missing: (missing: string) => `${missing} MiB are still missing`,
    enough: (host: string) => `${host} has its minimum of free memory again`,
    end: (state: string, percent: string) => `State ${state}, ${percent} % of minFree.`,
    withBalloon: (vm: string) => `If ${vm} had a balloon`,
    usesHalf: (vm: string, half: number) => `If ${vm} used only ${half} MiB`,
    noPromise: (vm: string) => `If ${vm} reserved nothing`,
  },

  limit: {
    columns: ['What', 'Used', 'Free'],
    deeds: { grow: 'takes', hold: 'has enough', reclaim: 'cache goes', kill: 'is killed', hang: 'hangs' } as Readonly<
      Record<string, string>
    >,
    status: 'exit status',
    begin: (name: string, limit: string) => `The processes of ${name} grow towards its limit of ${limit} MiB`,
    wants: (name: string, wanted: string | null) =>
      wanted === null ? `${name} takes ever more` : `${name} wants ${wanted} MiB`,
    ready: (wants: readonly string[], cache: string) =>
      `${listed(wants)}.${cache === '0' ? '' : ` ${cache} MiB of page cache are charged as well.`}`,
    used: (sum: string, usage: string, limit: string, cache: string) =>
      `${sum === usage ? usage : `${sum} = ${usage}`} of ${limit} MiB are used${cache === '0' ? '' : `, ${cache} of them page cache`}.`,
    raise: (name: string, limit: number) => `If ${name} had ${limit} MiB`,
    score: (process: string, score: number) =>
      `If ${process} had score ${score}${score <= -1000 ? ', never killed' : ''}`,
    exit: (container: string) => `The first process of ${container} is gone, so the container ends`,
    code: (kills: number) =>
      `Exit status 128 + 9 = 137; memory.events: oom_kill ${kills}. The rest of the host goes on.`,
    again: (container: string) => `The engine starts ${container} again, after a pause that doubles each time`,
    noHelp: 'Unless it needs less or may have more, it will end in the same way.',
    hangs: (name: string) => `Nobody in ${name} may be killed, so who asks for more waits`,
    done: (name: string) => `Who is left in ${name} has what it wanted`,
    nobody: (version: 1 | 2) => `${version === 2 ? 'memory.events' : 'memory.oom_control'}: oom_kill 0.`,
    some: (kills: number, version: 1 | 2) =>
      `${version === 2 ? 'memory.events' : 'memory.oom_control'}: oom_kill ${kills}. The others go on.`,
  },
}
