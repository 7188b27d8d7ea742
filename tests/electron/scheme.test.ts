// What the app's own scheme serves: one root, one host, GET, with every header.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answer, appScheme } from '../../src-main/electron/scheme.ts'

let folder = ''
let root = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'interlock-scheme-'))
  root = join(folder, 'renderer')
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(root, 'assets', 'app-1a2b.js'), 'export {}')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  symlinkSync(join(folder, 'secret.txt'), join(root, 'link.txt'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const get = (url: string, method = 'GET'): Promise<Response> => answer(root, { url, method })

describe('the scheme', () => {
  it('E5 is standard and secure, may be fetched from, and bypasses no policy', () => {
    expect(appScheme).toEqual({
      scheme: 'interlock',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    })
  })

  it('E6 serves the page at its root and its files by type', async () => {
    const page = await get('interlock://app/')
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await page.text()).toContain('<title>page</title>')
    const script = await get('interlock://app/assets/app-1a2b.js')
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  })

  it.each([
    'interlock://app/../secret.txt',
    'interlock://app/..%2fsecret.txt',
    'interlock://app/%2e%2e/secret.txt',
    'interlock://app/%2e%2e%2fsecret.txt',
    'interlock://app/assets/..%5c..%5csecret.txt',
    'interlock://app//etc/passwd',
    'interlock://app/%2fetc%2fpasswd',
    'interlock://app/link.txt',
    'interlock://app/assets/',
    'interlock://app/assets',
    'interlock://app/index.html%00.txt',
    'interlock://app/%',
    'interlock://app/absent.js',
    'interlock://other/index.html',
    'interlock://app:8080/index.html',
    'interlock://me@app/index.html',
    'https://app/index.html',
    'not an address',
  ])('E6 answers %s with an error', async (url) => {
    const response = await get(url)
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('secret')
  })

  it.each(['POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'get'])('E6 refuses the method %s', async (method) => {
    const response = await get('interlock://app/', method)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET')
  })

  it.each([
    ['interlock://app/', 'GET'],
    ['interlock://app/assets/app-1a2b.js', 'GET'],
    ['interlock://app/absent', 'GET'],
    ['interlock://app/', 'POST'],
  ])('E7 gives %s (%s) the policy of the page and nosniff', async (url, method) => {
    const { headers } = await get(url, method)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';")
    expect(headers.get('content-security-policy')).toContain("connect-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })
})
