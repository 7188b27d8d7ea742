// Network interfaces of a namespace: which there are and their packets from /proc, the rest from what `ip` was asked.
import { z } from 'zod'
import { HIDDEN, type InterfaceSample } from '../../contract/kernel.ts'

export type Interfaces = Record<string, InterfaceSample>
/** What only somebody inside the namespace can be told. */
export type AskedInterface = Pick<InterfaceSample, 'index' | 'peer' | 'up' | 'addresses'>

/** Interfaces with the packets they have received and sent, from the text of a `/proc/PID/net/dev`. */
export function countersOf(text: string): [string, { received: number; sent: number }][] {
  return text
    .split('\n')
    .slice(2)
    .flatMap((line) => {
      const colon = line.indexOf(':')
      if (colon < 0) return []
      const fields = line
        .slice(colon + 1)
        .trim()
        .split(/\s+/)
        .map(Number)
      return [[line.slice(0, colon).trim(), { received: fields[1] ?? 0, sent: fields[9] ?? 0 }]]
    })
}

const Answer = z.array(
  z.object({
    ifindex: z.number().int(),
    ifname: z.string(),
    link_index: z.number().int().optional(),
    link: z.string().nullish(),
    flags: z.array(z.string()),
    addr_info: z.array(z.object({ local: z.string(), prefixlen: z.number() }).partial()).default([]),
  }),
)

/** What `ip -j addr` answered; null when that is no answer. */
export function askedOf(text: string): Map<string, AskedInterface> | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return null
  }
  const answer = Answer.safeParse(json)
  if (!answer.success) return null
  const indices = new Map(answer.data.map(({ ifname, ifindex }) => [ifname, ifindex]))
  return new Map(
    answer.data.map(({ ifindex, ifname, link_index, link, addr_info, flags }) => {
      // An other end in the same namespace is told by its name, one elsewhere by its number.
      const peer = link_index ?? indices.get(link ?? '')
      return [
        ifname,
        {
          index: ifindex,
          ...(peer === undefined ? {} : { peer }),
          up: flags.includes('UP'),
          addresses: addr_info.flatMap(({ local, prefixlen }) => (local === undefined ? [] : `${local}/${prefixlen}`)),
        },
      ]
    }),
  )
}

const notAsked: AskedInterface = { addresses: [] }
const refused: AskedInterface = { up: HIDDEN, addresses: [] }

/** Both together, equal parts as the object they were before. */
export function interfacesOf(
  text: string,
  asked: ReadonlyMap<string, AskedInterface> | typeof HIDDEN | undefined,
  before: Interfaces | undefined,
): Interfaces {
  return Object.fromEntries(
    countersOf(text).map(([name, counters]) => {
      const facts = asked === HIDDEN ? refused : (asked?.get(name) ?? notAsked)
      const old = before?.[name]
      const same =
        old !== undefined &&
        old.received === counters.received &&
        old.sent === counters.sent &&
        old.up === facts.up &&
        old.addresses === facts.addresses &&
        old.index === facts.index &&
        old.peer === facts.peer
      return [name, same ? old : { ...facts, ...counters }]
    }),
  )
}
