// Runs in the page before its scripts, in a world of its own: hands the page its port and nothing else.
// Bundled into one CommonJS file, because a sandboxed preload can load no other.
import { contextBridge, ipcRenderer } from 'electron'
import { APP_ORIGIN, PORT_CHANNEL } from './policy.ts'

declare const window: { postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void }

// Ports cannot cross the context bridge; they travel by a window message, to the app's own origin only.
ipcRenderer.on(PORT_CHANNEL, (event) => window.postMessage({ type: 'interlock-port' }, APP_ORIGIN, event.ports))

contextBridge.exposeInMainWorld(
  'interlock',
  Object.freeze({
    shell: 'electron',
    requestPort(): void {
      ipcRenderer.send(PORT_CHANNEL)
    },
  }),
)
