// What checks say. Pure functions of names and numbers. A sentence on a wrong answer never tells the right one.
import { counted, show } from '../figures.ts'

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
const article = (noun: string): string => (/^[aeiou]/i.test(noun) ? `an ${noun}` : `a ${noun}`)
const small = (label: string): string => (/^[A-Z][a-z]/.test(label) ? label[0]!.toLowerCase() + label.slice(1) : label)

export { list as listOf }

export const texts = {
  titles: {
    quiet: 'Draw or mend until no rule speaks',
    culprits: 'Which things break a rule?',
    rule: 'Which rule is broken?',
    figure: 'A number that an operation computes',
    ranked: 'Which has the least or the most?',
    'live-migration': 'Rounds, stop and time of a live migration that is drawn',
    slots: 'Slots of high availability in a cluster that is drawn',
    'pods-on': 'How many pods land on a node that is drawn?',
    concept: 'A question in words',
  },
  /** what an author sets for a question */
  params: {
    has: 'Least number of things by kind, such as vm',
    lies: 'What has to lie in what, a line each: vm in hypervisor',
    says: 'What has to stay so, a line each: web.memory = 512',
    keep: 'All things that are given have to stay',
    warnings: 'Warnings count too',
    kind: 'Only things of this kind are offered',
    rules: 'Rules to choose from, such as P-3',
    operation: 'Operation',
    input: 'Its input, as for interlock eval',
    field: 'The field of its output that is asked for, such as rounds.0.time',
    topic: 'What a wrong number is told',
    tolerance: 'An answer may be off by',
    which: 'Least or most',
    except: 'What is not among the answers',
    vm: 'Name of the machine',
    migration: 'Rounds, downtime, total time or data',
    cluster: 'Name of the vSphere cluster',
    slots: 'What is asked for',
    node: 'Name of the node; pods that stay pending when left out',
    question: 'Which question',
  },

  quiet: {
    wanted: (parts: readonly string[]): string => `a drawing with ${list(parts)}`,
    least: (label: string, least: number): string =>
      least === 1 ? article(small(label)) : `at least ${least} of the kind ${small(label)}`,
    lies: (inner: string, outer: string): string => `${article(small(inner))} directly in ${article(small(outer))}`,
    noErrors: 'no error',
    noWarnings: 'neither error nor warning',
    found: (things: number, findings: number): string => `${counted(things, 'thing')}, ${counted(findings, 'finding')}`,
    lacks: (what: string): string => `The drawing does not have what was asked for: ${what}.`,
    gone: (name: string): string => `${name} is gone. Mend the drawing without taking away what was given.`,
    changed: (name: string): string =>
      `${name} no longer says what the task tells of it. Change something else instead.`,
    all: 'No rule has anything to say against it.',
    line: (line: string): string =>
      `"${line}" does not say what lies in what. Write kinds as in documents: vm in hypervisor.`,
    saying: (line: string): string => `"${line}" does not say what has to stay so. Write: web.memory = 512.`,
    noKind: (kind: string): string => `There is no kind "${kind}". Write it as documents do, such as vm or hypervisor.`,
  },
  culprits: {
    none: 'No rule is broken in the drawing that was given. Ask this about one in which something is wrong.',
    nothing: 'nothing',
    otherKind: 'A rule is broken by something of another kind than is offered. Leave the kind out.',
    innocent: (name: string): string =>
      `No rule is broken by ${name} itself. Ask of each thing: may it lie where it lies, and does it get what it needs there?`,
    missing: (hits: number): string =>
      hits === 0 ? 'Something is wrong in this drawing. Go from the inside out.' : 'That is right, but it is not all.',
  },
  rule: {
    unknown: (id: string): string => `There is no rule "${id}". Name rules as the verdict does, such as P-3.`,
    notOne: 'Of the rules to choose from exactly one has to be broken. Change the drawing or the list.',
    against: 'What this rule asks for is given here. Compare it with the drawing once more.',
  },
  figure: {
    json: (operation: string): string =>
      `The input of ${operation} is not JSON. Write it as for interlock eval, such as {"memory": 4096}.`,
    noNumber: (operation: string, field: string): string =>
      `${operation} gives no number under "${field}". See interlock eval topology.${operation} --help.`,
    noFirst: (field: string): string => `Under "${field}" nothing stands apart as the first. Change the numbers.`,
    because: (working: string): string =>
      working === '' ? 'That is what the model of the lab comes to.' : working.trim(),
    ranked: (name: string, value: string): string => `${name} comes to ${value}.`,
    not: (name: string, value: string, which: 'least' | 'most'): string =>
      `${name} comes to ${value}. Another one has ${which === 'least' ? 'less' : 'more'}.`,
  },
  /** what speaks against a wrong number, by what is asked for */
  topics: {
    walk: 'Each level of the guest’s table names a guest address, and each of these has to be looked up in the host’s table first. The data’s own address comes last.',
    entries: 'How often does a page fit into the memory? Each has one entry at the lowest level.',
    nested: 'The exit itself comes once, and again for every access that traps while the inner hypervisor handles it.',
    cycles: 'Which instructions run as they are, and what does each of the others cost with this technique?',
    reserve: 'The first 28 GB have a fixed part; of what lies above 1 per cent is kept.',
    overcommit: 'All that machines are configured with, over what is left of the host after the hypervisor’s own.',
    balloon:
      'A balloon takes at most 65 per cent of what the machine is configured with, and never more than is asked for.',
    shares:
      'Who needs less than its part keeps only what it needs. Divide the rest anew among the others by their shares.',
    quota: 'How much may be used in one period, and how many periods are full before the last one begins?',
    uid: 'In which line of the map does the id lie, and how far from its beginning?',
    limit:
      'The program has something of its own besides what it asks for. The step that passes the limit is never told.',
    status: 'Killed by a signal: 128 and the number of the signal. The signal is SIGKILL.',
    adjustment:
      'The larger the part of the node’s memory that is requested, the lower the number: 1000 less a thousandth for each part.',
    loss: 'The node is called lost after the grace period; only then the toleration of its pods begins to run.',
    backoff: 'The pause doubles with each crash, up to its most. Add up the pauses.',
    quorum: 'More than half of all members has to agree, those that failed counted too.',
    outage: 'A restart begins only after the failure was noticed and a host was chosen.',
    sharing: 'One copy of what is the same has to stay.',
  },
  /** names of what is compared */
  names: {
    native: 'Without virtualisation',
    trapAndEmulate: 'Trap and emulate',
    binaryTranslation: 'Binary translation',
    paravirtual: 'Paravirtualisation',
    hardwareShadow: 'Hardware-assisted with shadow tables',
    hardwareNested: 'Hardware-assisted with nested paging',
  },
  clusters: {
    noNodes: 'This drawing has no nodes of Kubernetes. Ask this about one that has.',
    tie: (pod: string): string =>
      `Two nodes are equally good for ${pod}, so that chance decides. Change the drawing, as nobody can predict that.`,
    noSuch: (node: string, known: readonly string[]): string =>
      `There is no node "${node}". There ${known.length === 1 ? 'is' : 'are'}: ${list(known)}.`,
    pods: (name: string, pods: number): string => `The scheduler puts ${counted(pods, 'pod')} on ${name}.`,
    pending: (count: number): string =>
      count === 0 ? 'Every pod finds a node.' : `${counted(count, 'pod')} found no node that passes all filters.`,
    againstPending: 'Take the pods one by one and write down what is left of each node after each of them.',
    againstPods:
      'Take the pods in the order of the queue. Requests count, not use; of the nodes that pass the one with the most left wins.',
    noMigration: (vm: string): string =>
      `No live migration of ${vm} can begin in this drawing: it needs a line to another host and a network for it.`,
    endless: (vm: string): string =>
      `The live migration of ${vm} never ends by itself. Ask this about one that does, or ask whether it ends.`,
    /** each says what was asked, and not what is asked next */
    migration: {
      rounds: (rounds: number): string =>
        `After ${counted(rounds, 'round')} the rest is small enough to be sent within the longest stop that is allowed.`,
      downtime: (seconds: number): string =>
        `The last transfer takes ${show(seconds)} s, and the machine stands still.`,
      total: (seconds: number): string => `All rounds and the stop take ${show(seconds)} s together.`,
      data: (mebibytes: number): string => `${show(mebibytes)} MiB are sent in all.`,
    },
    againstMigration: {
      rounds: 'A round is a transfer while the machine runs; the last transfer, while it stands still, is none.',
      downtime: 'What is left after the last round, over the bandwidth. Is it within the longest stop that is allowed?',
      total: 'The times of all rounds and of the stop together.',
      data: 'All that is sent: the whole memory once, and what was written anew in each round.',
    },
    noCluster: (name: string): string => `There is no vSphere cluster "${name}" in this drawing.`,
    noSlots: (name: string): string =>
      `In ${name} nothing is reserved, or there is no host, so that a slot has no size. Give a machine a reservation.`,
    slots: {
      slots: (slots: number, hosts: readonly number[]): string =>
        `The hosts have ${list(hosts.map(String))} slots, ${show(slots)} in all.`,
      tolerated: (hosts: number): string =>
        `${counted(hosts, 'host')} may fail, the largest first, before a machine is left without a slot.`,
      'slot memory': (memory: number): string => `The largest memory reservation is ${show(memory)} MiB.`,
      'slot CPU': (cpu: number): string => `The largest CPU reservation is ${show(cpu)} MHz.`,
    },
    againstSlots: {
      slots: 'A slot has to be as large as the largest reservation of each kind. Whole slots count, host by host.',
      tolerated: 'Let the host with the most slots fail first. Are there slots left for all machines?',
      'slot memory': 'A slot has to hold whichever machine comes: which one reserves the most memory?',
      'slot CPU': 'A slot has to hold whichever machine comes: which one reserves the most CPU?',
    },
  },
}
