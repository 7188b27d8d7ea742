// Words of a drawing of a distributed system: kinds, fields, refusals, faults, what stands in the picture.
export const texts = {
  title: 'Distributed systems',
  kinds: {
    node: 'Node',
    link: 'Link',
    offset: 'Clock ahead by (ms)',
    drift: 'Clock faster by (millionths)',
    part: 'Part of the network',
    delay: 'Delay in ms (0: as the network)',
    back: 'Delay on the way back in ms (0: the same)',
    loss: 'Loss in % (0: as the network)',
  },
  groups: { apart: 'Set apart what is selected', join: 'Join all parts' },
  flags: {
    down: { label: 'crashed', set: 'Crash', clear: 'Bring back' },
    starts: { label: 'begins', set: 'Let it begin', clear: 'Let it not begin' },
    cut: { label: 'cut', set: 'Cut', clear: 'Mend' },
  },
  refusals: { self: (name: string) => `${name} cannot be linked to itself.` },
  faults: {
    duplicateId: (id: string, earlier: string) =>
      `The id "${id}" is used already at ${earlier}. Give each node and link an id of its own.`,
    missingNode: (id: string) => `There is no node "${id}". Add it, or remove this link.`,
    self: 'A link joins two nodes. Give it another end, or remove it.',
    parallel: (id: string, earlier: string) => `The link "${id}" joins the same two nodes as "${earlier}". Remove one.`,
  },
  picture: {
    down: 'crashed',
    starts: 'begins',
    cut: 'cut',
    delay: (ms: number) => `${ms} ms`,
    delays: (from: string, to: string, there: string, back: number) =>
      `${from} → ${to} ${there}, ${to} → ${from} ${back} ms`,
    usualDelay: 'as usual',
    loss: (percent: number) => `${percent} % lost`,
    part: (number: number) => `part ${number}`,
  },
  marks: {
    free: 'as it should be',
    ring: 'breaks a rule',
    behind: 'busy or waiting',
    unsafe: 'in doubt',
    impossible: 'crashed',
  },
  shapes: {
    free: 'Free',
    ring: 'Ring',
    line: 'Line',
    grid: 'Grid',
    star: 'Star',
    tree: 'Tree',
    mesh: 'Full mesh',
  },
}
