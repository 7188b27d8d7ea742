// The headers that every answer of either shell carries. Tables only: knows no server and no request.

export type ShellKind = 'electron' | 'browser'

/**
 * The content security policy. Inline styles are needed by the canvas and the panels, which set positions and sizes
 * as styles; scripts are never inline. `connect-src 'self'` covers the WebSocket of the page's own address and no
 * other loopback name. In Electron the page talks through a port only, so nothing may be connected to.
 */
export function contentSecurityPolicy(shell: ShellKind): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "worker-src 'self'",
    `connect-src ${shell === 'browser' ? "'self'" : "'none'"}`,
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Headers of every answer, whatever it holds: page, asset, refusal. */
export function securityHeaders(shell: ShellKind): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(shell),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  }
}

/** Headers of a file of the page: those of every answer, its type and length, and how long it may be kept. */
export function fileHeaders(
  shell: ShellKind,
  file: { contentType: string; size: number; hashed: boolean },
): Record<string, string> {
  return {
    ...securityHeaders(shell),
    'Content-Type': file.contentType,
    'Content-Length': String(file.size),
    'Cache-Control': file.hashed ? 'private, max-age=31536000, immutable' : 'no-store',
  }
}
