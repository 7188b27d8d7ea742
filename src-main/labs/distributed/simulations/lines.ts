// Events of a network as lines of a script: `m12 arrives`, `m7 is dropped`, `P3 crashes`, `link P1 P2 is cut`. What
// stands in round brackets explains a line to its reader, and is passed over when it is read.
import { InterlockError } from '../../../contract/errors.ts'
import { HandLabel } from '../model/schema.ts'
import type { World } from '../network/world.ts'
import { type NetworkEvent, USUAL_DELAY } from './events.ts'

const byHand = { start: 'begins', crash: 'crashes', recover: 'comes back', pause: 'pauses', resume: 'goes on' } as const
const cuts = { cut: 'is cut', mend: 'is mended' } as const

/** The line of an event; never throws. */
export function writeEvent(event: NetworkEvent, world: World): string {
  const name = (id: string): string => world.setup.selves[0]?.names[world.setup.ids.indexOf(id)] ?? id
  const explained = (message: number): string => {
    const found = world.queue.items().find((one) => one.kind === 'message' && one.number === message)
    if (found?.kind !== 'message') return ''
    const { names } = world.setup.selves[0] ?? { names: [] }
    // A name that a person gave may hold brackets, which end an explanation.
    return ` (${found.body.kind.replace(/[()]/g, '')} ${names[found.from] ?? ''} to ${names[found.to] ?? ''})`
  }
  switch (event.do) {
    case 'arrive':
      return `m${event.message} arrives${explained(event.message)}`
    case 'drop':
      return `m${event.message} is dropped${explained(event.message)}`
    case 'copy':
      return `m${event.message} is copied${explained(event.message)}`
    case 'delay':
      return `m${event.message} is delayed by ${event.by}${explained(event.message)}`
    case 'unreached':
      return `no word of m${event.message}`
    case 'timer':
      return `timer ${event.timer} of ${name(event.node)}`
    case 'heal':
      return 'all is mended'
    case 'part':
      return `apart: ${event.nodes.map(name).join(', ')}`
    case 'cut':
    case 'mend':
      return `link ${name(event.from)} - ${name(event.to)} ${cuts[event.do]}`
    case 'act':
      return event.label === undefined
        ? `${name(event.node)} does something`
        : `${name(event.node)} does: ${event.label}`
    case 'send':
      return `${name(event.from)} sends to ${name(event.to)}${event.label === undefined ? '' : `: ${event.label}`}`
    default:
      return `${name(event.node)} ${byHand[event.do]}`
  }
}

/** @throws InterlockError `bad-input` with what was expected */
export function readEvent(line: string, world: World): NetworkEvent {
  const done = readDoing(line, world)
  if (done !== null) return done
  const text = line.replace(/\s*\([^()]*\)\s*$/, '').trim()
  const names = world.setup.selves[0]?.names ?? []
  const node = (said: string): string => {
    const index = names.indexOf(said.trim())
    if (index >= 0) return world.setup.ids[index] ?? ''
    const from = Math.max(0, line.indexOf(said.trim()))
    throw new InterlockError('bad-input', `There is no node called ${said.trim()}.`, { from, to: from + said.length })
  }
  const message = /^m(\d+) (arrives|is dropped|is copied|is delayed(?: by (\d+))?)$/.exec(text)
  if (message !== null) {
    const number = Number(message[1])
    if (message[2] === 'arrives') return { do: 'arrive', message: number }
    if (message[2] === 'is dropped') return { do: 'drop', message: number }
    if (message[2] === 'is copied') return { do: 'copy', message: number }
    return { do: 'delay', message: number, by: Number(message[3] ?? USUAL_DELAY) }
  }
  const word = /^no word of m(\d+)$/.exec(text)
  if (word !== null) return { do: 'unreached', message: Number(word[1]) }
  const timer = /^timer (\S+) of (.+)$/.exec(text)
  if (timer !== null) return { do: 'timer', node: node(timer[2] ?? ''), timer: timer[1] ?? '' }
  if (text === 'all is mended') return { do: 'heal' }
  const apart = /^apart: (.+)$/.exec(text)
  if (apart !== null) return { do: 'part', nodes: (apart[1] ?? '').split(',').map(node) }
  for (const [kind, verb] of Object.entries(cuts)) {
    if (!text.startsWith('link ') || !text.endsWith(` ${verb}`)) continue
    const [from = '', to = ''] = text.slice(5, -verb.length - 1).split(' - ')
    return { do: kind as keyof typeof cuts, from: node(from), to: node(to) }
  }
  for (const [kind, verb] of Object.entries(byHand)) {
    if (text.endsWith(` ${verb}`)) {
      return { do: kind as keyof typeof byHand, node: node(text.slice(0, -verb.length - 1)) }
    }
  }
  throw new InterlockError(
    'bad-input',
    'This is no event of a network. Write a line such as "m3 arrives", "m3 is dropped", "P2 crashes", "P2 comes back" or "link P1 - P2 is cut".',
  )
}

/**
 * What a person has a node do; null for any other line. Names are compared with those there are, since a name may hold
 * any words, and so may what is said behind the colon.
 */
function readDoing(line: string, { setup }: World): NetworkEvent | null {
  const names = setup.selves[0]?.names ?? []
  const idOf = (index: number): string => setup.ids[index] ?? ''
  for (const [index, name] of names.entries()) {
    if (!line.startsWith(`${name} `)) continue
    const said = line.slice(name.length + 1).trim()
    if (said === 'does something') return { do: 'act', node: idOf(index) }
    const does = /^does:\s*(.+)$/.exec(said)
    if (does !== null) return { do: 'act', node: idOf(index), ...labelled(does[1] ?? '', line) }
    const sends = /^sends to (.+)$/.exec(said)?.[1]
    if (sends === undefined) continue
    if (names.includes(sends)) return { do: 'send', from: idOf(index), to: idOf(names.indexOf(sends)) }
    for (const [to, other] of names.entries()) {
      if (!sends.startsWith(`${other}:`)) continue
      const label = sends.slice(other.length + 1).trim()
      return { do: 'send', from: idOf(index), to: idOf(to), ...(label === '' ? {} : labelled(label, line)) }
    }
    const from = line.length - sends.length
    const called = sends.replace(/:.*$/, '')
    throw new InterlockError('bad-input', `There is no node called ${called}.`, { from, to: from + called.length })
  }
  return null
}

/** @throws InterlockError `bad-input` for a name of an event or a message that is too long */
function labelled(label: string, line: string): { label: string } {
  if (HandLabel.safeParse(label).success) return { label }
  const details = { from: line.length - label.length, to: line.length }
  throw new InterlockError('bad-input', 'A name has up to 40 characters. Shorten this one.', details)
}
