// What the browser shell answers besides files: refusals and the small page that leads to the clean address.
// Texts are fixed: nothing from a request is ever repeated in an answer.
import { STATUS_CODES } from 'node:http'
import { securityHeaders } from '../host/web/headers.ts'
import type { Refusal } from './gate.ts'

export interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

const sentences: Record<Refusal['status'], [title: string, text: string]> = {
  400: ['Not understood', 'This request is not one that the page of Interlock makes.'],
  401: [
    'This address needs its token',
    'Use the full address that Interlock printed when it started; it ends in ?token=… ' +
      'The token is new at every start, so an older address no longer works.',
  ],
  403: ['Not from this page', 'Only the page of Interlock itself may connect.'],
  404: ['Nothing is here', 'Interlock has no page at this address.'],
  405: ['Only reading', 'Interlock answers GET and HEAD here.'],
  421: ['Not this address', 'Use the address that Interlock printed when it started.'],
  426: ['Only WebSocket', 'This address takes WebSocket connections of the page.'],
  429: [
    'A short pause',
    'Too many wrong tokens came in. Wait a minute, then use the full address that Interlock printed when it started.',
  ],
}

function htmlHeaders(body: string): Record<string, string> {
  return {
    ...securityHeaders('browser'),
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
  }
}

function page(title: string, content: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${head}<title>${title} – Interlock</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 34rem; margin: 20vh auto 0; padding: 0 1.5rem }
  h1 { font-size: 1.375rem; font-weight: 600 }
</style>
<h1>${title}</h1>
${content}
</html>
`
}

/** The answer to a refused request: a short page that says what to do. */
export function refusalAnswer(refusal: Refusal): Answer {
  const [title, text] = sentences[refusal.status]
  const body = page(title, `<p>${text}</p>`)
  const headers: Record<string, string> = { ...htmlHeaders(body), Connection: 'close' }
  if (refusal.status === 401) headers['WWW-Authenticate'] = 'Interlock-Token'
  if (refusal.status === 405) headers['Allow'] = 'GET, HEAD'
  if (refusal.status === 426) headers['Upgrade'] = 'websocket'
  if (refusal.retryAfter !== undefined) headers['Retry-After'] = String(refusal.retryAfter)
  return { status: refusal.status, headers, body }
}

/**
 * The answer that moves the browser to the address without token.
 * @param cookie value of Set-Cookie, or null when it is there already
 * @param fromElsewhere the navigation began at another site, such as the launch file. A browser keeps a strict cookie
 *   back for every redirect of such a navigation, so a page of our own begins the next one.
 */
export function cleanAnswer(cookie: string | null, fromElsewhere: boolean): Answer {
  const body = page(
    'Opening Interlock',
    '<p><a href="/">Continue</a></p>',
    fromElsewhere ? '<meta http-equiv="refresh" content="0; url=/">\n' : '',
  )
  const headers = htmlHeaders(body)
  if (cookie !== null) headers['Set-Cookie'] = cookie
  if (fromElsewhere) return { status: 200, headers, body }
  return { status: 303, headers: { ...headers, Location: '/' }, body }
}

/** An answer as the bytes of HTTP/1.1, for sockets that are no longer with the HTTP server. */
export function rawAnswer(answer: Answer): string {
  const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`)
  return `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n${answer.body}`
}
