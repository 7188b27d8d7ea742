// Hands the page of the window one end of a channel and the host the other. Who may ask is decided in policy.ts.
import { ipcMain, MessageChannelMain, type WebContents } from 'electron'
import type { Host, Session } from '../host/host.ts'
import { messagePortWire } from '../host/wires/message-port.ts'
import { PORT_CHANNEL, portRefusal } from './policy.ts'

/**
 * Answers every rightful request with a fresh port. A page that asks again was reloaded: its old session ends, since
 * ports are not closed by the loss of a page.
 * @param ours the contents of the app's window, or null while there is none
 */
export function servePorts(host: Host, ours: () => WebContents | null, log: (line: string) => void): void {
  const sessions = new WeakMap<WebContents, Session>()
  const end = (contents: WebContents): void => {
    sessions.get(contents)?.close()
    sessions.delete(contents)
  }
  ipcMain.on(PORT_CHANNEL, (event) => {
    const { sender, senderFrame: frame } = event
    const refusal = portRefusal({
      ownWindow: sender === ours(),
      frame: frame && { top: frame.parent === null, url: frame.url, origin: frame.origin },
    })
    if (refusal !== null || frame === null) return log(`A request for the port was refused: ${refusal}.`)
    if (!sessions.has(sender)) {
      sender.once('destroyed', () => end(sender))
      sender.on('render-process-gone', () => end(sender))
    }
    end(sender)
    const { port1, port2 } = new MessageChannelMain()
    sessions.set(sender, host.connect(messagePortWire(port1)))
    frame.postMessage(PORT_CHANNEL, null, [port2])
  })
}
