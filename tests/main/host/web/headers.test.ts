// The header tables, compared whole: a change of the policy has to be made here as well, on purpose.
import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, fileHeaders, securityHeaders } from '../../../../src-main/host/web/headers.ts'

const directives = (policy: string): Record<string, string> =>
  Object.fromEntries(
    policy.split('; ').map((text) => {
      const [name = '', ...sources] = text.split(' ')
      return [name, sources.join(' ')]
    }),
  )

describe('headers', () => {
  it('S1 the policy allows nothing by default and only what the page needs', () => {
    expect(directives(contentSecurityPolicy('browser'))).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self' 'unsafe-inline'",
      'img-src': "'self' data: blob:",
      'font-src': "'self'",
      'worker-src': "'self'",
      'connect-src': "'self'",
      'object-src': "'none'",
      'frame-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    })
  })

  it('S1 the page in Electron may connect to nothing', () => {
    expect(directives(contentSecurityPolicy('electron'))).toEqual({
      ...directives(contentSecurityPolicy('browser')),
      'connect-src': "'none'",
    })
  })

  it('B10 every answer carries the policy, nosniff, no-referrer and the same-origin policies', () => {
    expect(securityHeaders('browser')).toEqual({
      'Content-Security-Policy': contentSecurityPolicy('browser'),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    })
  })

  it('keeps hashed files for ever and the page never', () => {
    const file = { contentType: 'text/html; charset=utf-8', size: 7 }
    expect(fileHeaders('browser', { ...file, hashed: false })).toMatchObject({
      'Cache-Control': 'no-store',
      'Content-Length': '7',
      'Content-Type': 'text/html; charset=utf-8',
    })
    expect(fileHeaders('browser', { ...file, hashed: true })['Cache-Control']).toBe(
      'private, max-age=31536000, immutable',
    )
  })
})
