// Decides about every request and every upgrade before anything else happens. Reads no file and writes no answer.
// Forwarded headers are never read: there is no proxy in front of a loopback address that could be believed.
import type { OwnNames } from './address.ts'
import { cookieName, readCookie } from './cookie.ts'
import type { Throttle } from './throttle.ts'
import { sameToken } from './token.ts'

export const WIRE_PATH = '/wire'
export const WIRE_PROTOCOL = 'interlock.v1'

export interface RequestFacts {
  method: string
  /** the request target as it was sent */
  target: string
  /** names and values in turn, as they came, so that doubled headers are seen */
  rawHeaders: readonly string[]
}

export interface Gate {
  names: OwnNames
  port: number
  token: string
  throttle: Throttle
}

/** A refusal by its HTTP status; `retryAfter` in seconds. */
export interface Refusal {
  kind: 'refuse'
  status: 400 | 401 | 403 | 404 | 405 | 421 | 426 | 429
  retryAfter?: number
}

export type Judgement =
  | Refusal
  /** the token was right: set the cookie and move to the clean address */
  | { kind: 'enter'; fromElsewhere: boolean }
  /** already inside, with a token in the address: move to the clean address */
  | { kind: 'clean' }
  | { kind: 'file'; urlPath: string }

const refuse = (status: Refusal['status']): Refusal => ({ kind: 'refuse', status })

function values(facts: RequestFacts, name: string): string[] {
  const found: string[] = []
  for (let i = 0; i + 1 < facts.rawHeaders.length; i += 2) {
    if (facts.rawHeaders[i]?.toLowerCase() === name) found.push(facts.rawHeaders[i + 1] ?? '')
  }
  return found
}

/** The header's value when it came exactly once, else null. */
function single(facts: RequestFacts, name: string): string | null {
  const found = values(facts, name)
  return found.length === 1 ? (found[0] ?? null) : null
}

/**
 * The Host header must be one of our own names. A page of a foreign name that was pointed at this machine (DNS
 * rebinding) sends its own name here, and its Origin agrees with it; therefore the two are never compared.
 */
function hostIsOurs(facts: RequestFacts, names: OwnNames): boolean {
  const host = single(facts, 'host')
  return host !== null && names.hosts.has(host)
}

/** What the cookie says: inside, or the refusal. */
function cookieJudgement(facts: RequestFacts, gate: Gate): Refusal | null {
  const cookie = readCookie(values(facts, 'cookie'), cookieName(gate.port))
  // Whoever is inside stays inside during a pause.
  if (cookie !== null && sameToken(cookie, gate.token)) return null
  const pause = paused(gate)
  if (cookie !== null) gate.throttle.wrongCookie(cookie)
  return pause ?? refuse(401)
}

function paused(gate: Gate): Refusal | null {
  const pause = gate.throttle.pause()
  return pause > 0 ? { kind: 'refuse', status: 429, retryAfter: Math.ceil(pause / 1000) } : null
}

/** Decides about an ordinary request. */
export function judgeRequest(facts: RequestFacts, gate: Gate): Judgement {
  if (!hostIsOurs(facts, gate.names)) return refuse(421)
  if (facts.method !== 'GET' && facts.method !== 'HEAD') return refuse(405)
  if (!facts.target.startsWith('/')) return refuse(400)
  const [urlPath = '/', query] = split(facts.target)
  const given = urlPath === '/' ? new URLSearchParams(query).get('token') : null
  const outside = cookieJudgement(facts, gate)
  if (outside === null) return given === null ? { kind: 'file', urlPath } : { kind: 'clean' }
  if (given === null) return outside
  const pause = paused(gate)
  if (pause !== null) return pause
  if (sameToken(given, gate.token)) {
    return { kind: 'enter', fromElsewhere: single(facts, 'sec-fetch-site') === 'cross-site' }
  }
  gate.throttle.wrongToken()
  return refuse(401)
}

/** Decides about an upgrade; null lets it through. Host, Origin and cookie are all needed, and the exact protocol. */
export function judgeUpgrade(facts: RequestFacts, gate: Gate): Refusal | null {
  if (!hostIsOurs(facts, gate.names)) return refuse(421)
  if (facts.method !== 'GET') return refuse(405)
  if (facts.target !== WIRE_PATH) return refuse(404)
  if (single(facts, 'upgrade')?.toLowerCase() !== 'websocket') return refuse(426)
  const origin = single(facts, 'origin')
  if (origin === null || !gate.names.origins.has(origin)) return refuse(403)
  if (single(facts, 'sec-websocket-protocol') !== WIRE_PROTOCOL) return refuse(400)
  return cookieJudgement(facts, gate)
}

function split(target: string): [string, string | undefined] {
  const mark = target.indexOf('?')
  return mark < 0 ? [target, undefined] : [target.slice(0, mark), target.slice(mark + 1)]
}
