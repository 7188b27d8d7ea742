// What the desktop shell allows, as pure functions and tables: addresses, permissions, links, switches.
// Imports only types of Electron; window.ts and main.ts put these decisions into force.
import type { Session } from 'electron'

export const APP_SCHEME = 'interlock'
export const APP_HOST = 'app'
/** As browsers serialise it. The page's address is this and a slash. */
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`
export const APP_URL = `${APP_ORIGIN}/`
/** The one channel between preload and main: the page asks for its port, the port comes back. */
export const PORT_CHANNEL = 'interlock-port'

function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null
}

/** Whether an address belongs to the app's own page and files. Exact: no port, no user name, no other host. */
export function isAppUrl(url: string): boolean {
  const parsed = parse(url)
  return (
    parsed !== null &&
    parsed.protocol === `${APP_SCHEME}:` &&
    parsed.host === APP_HOST &&
    parsed.username === '' &&
    parsed.password === ''
  )
}

/**
 * Whether a request may be made at all. Besides the app's own scheme only what never leaves the process: data that the
 * page made itself, and the developer tools where they exist.
 */
export function mayRequest(url: string, packaged: boolean): boolean {
  if (isAppUrl(url) || url.startsWith(`blob:${APP_URL}`) || url.startsWith('data:')) return true
  return !packaged && parse(url)?.protocol === 'devtools:'
}

/** The address as it may be handed to the system's browser, or null when the link is dropped. */
export function externalLink(url: string): string | null {
  const parsed = parse(url)
  return parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.hostname !== '' ? parsed.href : null
}

const GESTURE_MS = 1000

/** Lets one link out per gesture. Gestures are counted on this side, where no script of the page can make them up. */
export function createGestureGate(now: () => number): { note(type: string): void; pass(): boolean } {
  let last = -Infinity
  return {
    note(type) {
      if (/^(mouseDown|mouseUp|rawKeyDown|keyDown|touchEnd|gestureTap)$/.test(type)) last = now()
    },
    pass() {
      const fresh = now() - last <= GESTURE_MS
      last = -Infinity
      return fresh
    },
  }
}

type Handler<K extends 'setPermissionRequestHandler' | 'setPermissionCheckHandler'> = NonNullable<
  Parameters<Session[K]>[0]
>
export type Permission =
  Parameters<Handler<'setPermissionRequestHandler'>>[1] | Parameters<Handler<'setPermissionCheckHandler'>>[1]

/** Every permission by name. A name that a new Electron adds is missing here and fails the type check. */
export const permissions: Readonly<Record<Permission, boolean>> = {
  'clipboard-sanitized-write': true,
  fullscreen: true,
  ar: false,
  'automatic-fullscreen': false,
  'background-fetch': false,
  'background-sync': false,
  'captured-surface-control': false,
  'clipboard-read': false,
  'deprecated-sync-clipboard-read': false,
  'display-capture': false,
  fileSystem: false,
  geolocation: false,
  'geolocation-approximate': false,
  'hand-tracking': false,
  hid: false,
  'idle-detection': false,
  keyboardLock: false,
  'local-fonts': false,
  'local-network': false,
  'local-network-access': false,
  'loopback-network': false,
  media: false,
  mediaKeySystem: false,
  midi: false,
  midiSysex: false,
  nfc: false,
  notifications: false,
  openExternal: false,
  'payment-handler': false,
  'periodic-background-sync': false,
  'persistent-storage': false,
  pointerLock: false,
  'screen-wake-lock': false,
  sensors: false,
  serial: false,
  'smart-card': false,
  'speaker-selection': false,
  'storage-access': false,
  'system-wake-lock': false,
  'top-level-storage-access': false,
  usb: false,
  vr: false,
  'web-app-installation': false,
  'web-printing': false,
  'window-management': false,
  unknown: false,
}

/** Whether the page at `url` may use a permission. Names outside the table are denied. */
export function mayUse(permission: string, url: string): boolean {
  return isAppUrl(url) && Object.hasOwn(permissions, permission) && permissions[permission as Permission]
}

/** Command-line switches of Chromium that open the page to others or drop the sandbox; a packaged app refuses them. */
export const refusedSwitches: readonly string[] = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'disable-web-security',
  'load-extension',
  'host-rules',
  'host-resolver-rules',
  'proxy-server',
  'no-sandbox',
]

/** The switches given that forbid a start; an unpackaged build, as developers run it, accepts all. */
export function switchesThatForbidStart(packaged: boolean, has: (name: string) => boolean): string[] {
  return packaged ? refusedSwitches.filter(has) : []
}

/**
 * Why a packaged app does not start with these switches. An AppImage adds `--no-sandbox` by itself where user namespaces
 * are missing, so for that one the sentence says what is missing and not only what to leave out.
 * @param obstacle why the sandbox cannot be used here, or null when it could be
 */
export function startRefusal(forbidden: readonly string[], obstacle: string | null): string {
  const plain = `Interlock does not start with --${forbidden.join(', --')}. Leave it out.`
  if (!forbidden.includes('no-sandbox')) return plain
  if (obstacle === null) return `${plain} Interlock never runs without its sandbox.`
  return `Interlock never runs without its sandbox. ${obstacle}. The portable archive works without any of this, in a browser.`
}

/** Who asks for the port, reduced to what decides. `frame` is null once it has navigated or gone. */
export interface PortAsker {
  ownWindow: boolean
  frame: { top: boolean; url: string; origin: string } | null
}

/** Why an asker gets no port, or null when it gets one. */
export function portRefusal({ ownWindow, frame }: PortAsker): string | null {
  if (frame === null) return 'the frame that asked is gone'
  if (!ownWindow) return 'it was not the window of the app that asked'
  if (!frame.top) return 'a frame inside the page asked'
  if (!isAppUrl(frame.url) || frame.origin !== APP_ORIGIN) return `a page of another origin asked (${frame.origin})`
  return null
}
