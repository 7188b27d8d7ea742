// Asks the app's own permission handlers and turns their answers into Chromium's settings for the page.
import type { Session, WebContents } from 'electron'
import { APP } from './origin.ts'

type Request = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>
type Check = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>

/** Chromium's names of what a page may ask for, with Electron's. */
const names: Readonly<Record<string, Parameters<Request>[1]>> = {
  'clipboard-write': 'clipboard-sanitized-write',
  'clipboard-read': 'clipboard-read',
  geolocation: 'geolocation',
  notifications: 'notifications',
  camera: 'media',
  microphone: 'media',
  midi: 'midi',
  'persistent-storage': 'persistent-storage',
  'screen-wake-lock': 'screen-wake-lock',
  'idle-detection': 'idle-detection',
  'local-fonts': 'local-fonts',
  'window-management': 'window-management',
}

export function grantedPermissions(handlers: {
  request: Request | null
  check: Check | null
}): { name: string; setting: 'granted' | 'denied' }[] {
  const url = `${APP}/`
  // Asked before the page is there, and answered as for the page.
  const page = { getURL: () => url } satisfies Pick<WebContents, 'getURL'> as WebContents
  return Object.entries(names).map(([name, permission]) => {
    let requested = handlers.request === null
    handlers.request?.(page, permission, (answer) => void (requested = answer), {
      requestingUrl: url,
      isMainFrame: true,
    })
    const checked =
      handlers.check?.(page, permission, url, { isMainFrame: true, requestingUrl: url, securityOrigin: url }) ?? true
    return { name, setting: requested && checked ? 'granted' : 'denied' }
  })
}
