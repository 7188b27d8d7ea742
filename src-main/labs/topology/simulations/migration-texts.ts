// Words of a live migration, with its formulas and their numbers.
const short = (value: number, digits: number): string => String(Number(value.toFixed(digits)))
export const mib = (value: number): string => `${short(value, 1)} MiB`
export const seconds = (value: number): string => (value < 1 ? `${short(value * 1000, 1)} ms` : `${short(value, 3)} s`)

export const migrationTexts = {
  label: 'Live migration',
  start: 'Start from the drawing',
  columns: ['Sent', 'Took', 'Written meanwhile', 'Guest slowed by'],
  last: 'stop',
  after: 'after',
  notNow: 'This is not possible in this state of the migration. Choose one of the possible events.',
  nothing: 'Nothing is to migrate.',
  ready: (vm: string, from: string, to: string, memory: number, link: number, rate: number) =>
    `${vm} is to go from ${from} to ${to}: ${mib(memory)} over ${short(link, 1)} MiB/s, while it writes ${short(rate, 1)} MiB/s.`,
  round: (round: number, sent: number, link: number, time: number, rate: number, dirtied: number) =>
    `Round ${round}: ${short(sent, 1)} MiB / ${short(link, 1)} MiB/s = ${seconds(time)}; meanwhile ${short(rate, 1)} MiB/s x ${seconds(time)} are written, ${mib(dirtied)}`,
  stop: (vm: string, rest: number, link: number, time: number) =>
    `${vm} stops, and the rest is sent: ${short(rest, 1)} MiB / ${short(link, 1)} MiB/s = ${seconds(time)}`,
  throttle: (vm: string, percent: number) => `${vm} is slowed by ${percent} %, so that it writes less`,
  postCopy: (vm: string, state: number, time: number) =>
    `${vm} goes over at once with ${state} MiB of device state, ${seconds(time)}; pages follow when they are asked for`,
  small: (rest: number, link: number, limit: number) =>
    `${mib(rest)} are left, no more than ${short(link, 1)} MiB/s x ${seconds(limit)} = ${mib(link * limit)}: the machine can stop for them.`,
  left: (rest: number, link: number, limit: number) =>
    `${mib(rest)} are left to send; ${mib(link * limit)} would fit into a stop of ${seconds(limit)}.`,
  done: (vm: string, to: string, how: 'stop' | 'post-copy', downtime: number, total: number) =>
    how === 'stop'
      ? `${vm} runs on ${to} after ${seconds(total)}; it stood still for ${seconds(downtime)}.`
      : `${vm} ran on ${to} after a stop of ${seconds(downtime)}; all its memory was there after ${seconds(total)}, and until then it waited for each missing page.`,
  next: (vm: string) => `Next is ${vm}.`,
  diverges: (sent: number, dirtied: number, rate: number, link: number) =>
    `The copying does not come to an end: the last round sent ${mib(sent)}, and ${mib(dirtied)} were written meanwhile (${short(rate, 1)} MiB/s against a link of ${short(link, 1)} MiB/s). Slow the guest down, stop it, or go over by post-copy.`,
  converges: 'Less was written than was sent.',
  run: 'Migrate live',
}
