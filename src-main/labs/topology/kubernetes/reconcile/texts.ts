// Sentences of a cluster's run.
const seconds = (value: number): string => `${Math.round(value * 1000) / 1000} s`

export const clusterTexts = {
  label: 'Self-healing cluster',
  start: 'Start from the drawing',
  columns: ['Node', 'State', 'Restarts', 'Since'],
  phases: {
    pending: 'waits for a node',
    starting: 'starts',
    running: 'runs',
    backoff: 'waits after a crash',
    terminating: 'is being deleted',
  },
  unheard: 'runs, but nobody hears of it',
  create: (deployment: string, have: number, want: number) =>
    `The ReplicaSet of ${deployment} sees ${have} of ${want} pods and makes one`,
  reduce: (deployment: string, have: number, want: number) =>
    `The ReplicaSet of ${deployment} sees ${have} of ${want} pods and deletes one`,
  schedule: (pod: string) => `The scheduler looks for a node for ${pod}`,
  placed: (pod: string, node: string, total: number, ties: readonly string[]) =>
    `${pod} goes to ${node} with ${total} points${ties.length > 1 ? `, as many as ${ties.filter((one) => one !== node).join(', ')}` : ''}.`,
  preempts: (pod: string, node: string, victims: readonly string[]) =>
    `${pod} takes the place of ${victims.join(', ')} on ${node}.`,
  noNode: (pod: string, message: string) => `${pod} waits: ${message}.`,
  run: (pod: string, node: string) => `The kubelet of ${node} reports that ${pod} runs`,
  restart: (pod: string, node: string) => `The kubelet of ${node} starts ${pod} again`,
  notReady: (node: string, grace: number) =>
    `Nothing was heard of ${node} for ${seconds(grace)}: it counts as NotReady and gets the taint unreachable`,
  evict: (pod: string, node: string, toleration: number) =>
    `${pod} was tolerated on ${node} for ${seconds(toleration)} and is evicted`,
  crash: (pod: string) => `A container of ${pod} crashes`,
  backoff: (pod: string, crash: number, delay: number) =>
    `Crash ${crash} of ${pod}: it starts again in ${seconds(delay)}.`,
  silence: (node: string) => `${node} falls silent`,
  return: (node: string) => `${node} is heard of again`,
  returned: (node: string, deleted: readonly string[]) =>
    deleted.length === 0 ? `${node} is ready.` : `${node} is ready and deletes ${deleted.join(', ')}.`,
  cordon: (node: string) => `Cordon ${node}: no new pods`,
  uncordon: (node: string) => `Uncordon ${node}`,
  drain: (node: string) => `Drain ${node}: no new pods, and all of its pods go`,
  drained: (node: string, pods: readonly string[], lost: readonly string[]) =>
    `${pods.length === 0 ? 'No pod' : pods.join(', ')} left ${node}.${lost.length === 0 ? '' : ` Nobody replaces ${lost.join(', ')}.`}`,
  delete: (pod: string) => `Delete ${pod}`,
  scale: (deployment: string, replicas: number) => `Scale ${deployment} to ${replicas}`,
  wait: (amount: number) => `Wait ${seconds(amount)}`,
  available: (name: string, have: number, want: number) => `${name} ${have} of ${want}`,
  status: (now: number, parts: readonly string[]) =>
    `${seconds(now)}: ${parts.join(', ') || 'no deployment'} available.`,
  all: (names: readonly string[]) => `All replicas are available: ${names.join(', ') || 'none is wanted'}.`,
  short: (name: string, have: number, want: number, since: number) =>
    `${name} has ${have} of ${want} replicas since ${seconds(since)}.`,
  none: (name: string, since: number) => `Nobody answers for ${name} since ${seconds(since)}.`,
  serves: 'Every deployment has a replica that answers.',
  notNow: 'This cannot happen now. Choose one of the possible events.',
  noPod: (name: string) => `There is no pod ${name}. Choose one of the possible events.`,
  noNodeCalled: (name: string) => `There is no node ${name}. Choose one of the possible events.`,
  noDeployment: (name: string) => `There is no deployment ${name}. Choose one of the possible events.`,
  line: 'This is no event of a cluster. Write a line such as "n1 falls silent", "web-1 crashes", "cordon n2", "scale web to 3" or "wait 10".',
}
