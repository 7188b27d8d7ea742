// Which address the browser shell may listen on, and by which names the page may then call it.
// Pure decisions: opens nothing, resolves no name.
import { isIP, isIPv4 } from 'node:net'
import { InterlockError } from '../contract/errors.ts'

export const DEFAULT_ADDRESS = '127.0.0.1'
export const EXPOSE_FLAG = 'allow-connections-from-other-machines'

export interface Bind {
  /** literal IP address */
  address: string
  loopback: boolean
}

/**
 * Decides whether an address may be listened on. A loopback address may. Any other one lets people on other machines
 * send requests, over a connection that is not encrypted, so it takes the long flag and a file for the token, which
 * then is not printed.
 * @throws InterlockError `bad-address`
 */
export function decideBind(wish: { address: string; exposed: boolean; tokenFile: string | null }): Bind {
  const { address, exposed, tokenFile } = wish
  if (isIP(address) === 0) {
    throw new InterlockError(
      'bad-address',
      `"${address}" is not a literal address. Leave --bind out, or give a number such as ${DEFAULT_ADDRESS}.`,
    )
  }
  if (isLoopback(address)) return { address, loopback: true }
  if (isEverywhere(address)) {
    throw new InterlockError(
      'bad-address',
      `${address} means every network of this machine, so no request could be checked against it. ` +
        'Give the one address that others will use.',
    )
  }
  if (!exposed || tokenFile === null) {
    throw new InterlockError(
      'bad-address',
      `${address} can be reached from other machines, and the connection is not encrypted. ` +
        `Leave --bind out, or add --${EXPOSE_FLAG} and --token-file FILE.`,
    )
  }
  return { address, loopback: false }
}

/** Loopback in its plain spelling only; other spellings of the same address are refused rather than understood. */
function isLoopback(address: string): boolean {
  return address === '::1' || (isIPv4(address) && address.startsWith('127.'))
}

function isEverywhere(address: string): boolean {
  return address === '0.0.0.0' || /^[0:]+(:0\.0\.0\.0)?$/.test(address)
}

/** The exact texts that the Host and Origin headers of our own page may hold. */
export interface OwnNames {
  hosts: ReadonlySet<string>
  origins: ReadonlySet<string>
}

/**
 * @param address the address that is listened on
 * @param port the port that is listened on, 1..65535
 */
export function ownNames(address: string, port: number): OwnNames {
  const standard = address === '127.0.0.1' || address === '::1'
  const names = standard ? ['127.0.0.1', 'localhost', '[::1]'] : [hostPart(address)]
  // Through URL, because a browser leaves out port 80 in both headers.
  const urls = names.map((name) => new URL(`http://${name}:${port}`))
  return { hosts: new Set(urls.map((url) => url.host)), origins: new Set(urls.map((url) => url.origin)) }
}

/** The origin that is printed and opened. */
export function ownOrigin(address: string, port: number): string {
  return new URL(`http://${hostPart(address)}:${port}`).origin
}

function hostPart(address: string): string {
  return isIPv4(address) ? address : `[${address}]`
}
