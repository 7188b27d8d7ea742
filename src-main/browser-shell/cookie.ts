// The session cookie of one start. Cookies are shared by all ports of a machine, so the port is part of the name.

/** Name of the cookie of the shell on this port. */
export function cookieName(port: number): string {
  return `interlock-${port}`
}

/** Value of Set-Cookie. No lifetime: the browser forgets it when it ends. */
export function sessionCookie(port: number, token: string): string {
  return `${cookieName(port)}=${token}; Path=/; HttpOnly; SameSite=Strict`
}

/**
 * Value of the named cookie in Cookie headers, or null when it is absent, or present twice with different values:
 * then a page of another port may have planted one, and it cannot be told which.
 */
export function readCookie(headers: readonly string[], name: string): string | null {
  const values = new Set<string>()
  for (const pair of headers.join(';').split(';')) {
    const equals = pair.indexOf('=')
    if (equals > 0 && pair.slice(0, equals).trim() === name) values.add(pair.slice(equals + 1).trim())
  }
  const [only] = values
  return values.size === 1 && only !== undefined ? only : null
}
