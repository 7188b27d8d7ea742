// The window: its options, and the rules that hold for everything it shows.
// Options are a pure function; the rules only put policy.ts into force.
import type { BrowserWindowConstructorOptions, Session, WebContents } from 'electron'
import { createGestureGate, externalLink, isAppUrl, mayRequest, mayUse } from './policy.ts'

/** Every switch that guards the page is set here by name, whatever Electron's defaults become. */
export function windowOptions(given: {
  preload: string
  packaged: boolean
  dark: boolean
}): BrowserWindowConstructorOptions {
  return {
    title: 'Interlock',
    width: 1280,
    height: 800,
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: given.dark ? '#181C22' : '#F5F6F8',
    webPreferences: {
      preload: given.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      plugins: false,
      navigateOnDragDrop: false,
      // the spelling checker fetches its dictionaries from a server
      spellcheck: false,
      devTools: !given.packaged,
    },
  }
}

/** Rules for any contents that ever come to be: nothing leaves the app's origin, no new window, no webview. */
export function guardContents(contents: WebContents, openExternal: (url: string) => void): void {
  const gate = createGestureGate(() => performance.now())
  contents.on('input-event', (_event, input) => gate.note(input.type))
  const openLink = (url: string): void => {
    const link = externalLink(url)
    if (link !== null && gate.pass()) openExternal(link)
  }
  const stay = (details: { url: string; preventDefault(): void }): boolean => {
    if (isAppUrl(details.url)) return false
    details.preventDefault()
    return true
  }
  contents.on('will-navigate', (details) => void (stay(details) && openLink(details.url)))
  contents.on('will-frame-navigate', (details) => void stay(details))
  contents.on('will-redirect', (details) => void stay(details))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url)
    return { action: 'deny' }
  })
}

/** Rules for the session: permissions by the table, no device, no screen, no request beyond the app. */
export function guardSession(session: Session, packaged: boolean): void {
  session.setPermissionRequestHandler((contents, permission, callback, details) =>
    callback(mayUse(permission, details.requestingUrl) && isAppUrl(contents.getURL())),
  )
  session.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null))
  session.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !mayRequest(details.url, packaged) }))
}
