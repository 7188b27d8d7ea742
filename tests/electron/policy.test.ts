// The decisions of the desktop shell, as tables.
import { describe, expect, it } from 'vitest'
import {
  createGestureGate,
  externalLink,
  isAppUrl,
  mayRequest,
  mayUse,
  permissions,
  portRefusal,
  startRefusal,
  switchesThatForbidStart,
} from '../../src-main/electron/policy.ts'

describe('addresses', () => {
  it.each([
    ['interlock://app/', true],
    ['interlock://app/assets/index-1a2b.js', true],
    ['interlock://app', true],
    ['INTERLOCK://app/', true],
    ['interlock://app.evil/', false],
    ['interlock://app:80/', false],
    ['interlock://user@app/', false],
    ['interlock://app@evil/', false],
    ['interlock://:secret@app/', false],
    ['interlock:app/', false],
    ['interlock:///app/', false],
    ['interlocks://app/', false],
    ['https://app/', false],
    ['https://interlock//app/', false],
    ['file:///interlock://app/', false],
    ['about:blank', false],
    ['javascript:alert(1)', false],
    ['blob:interlock://app/3f', false],
    ['data:text/html,x', false],
    ['', false],
    ['not an address', false],
  ])('E8 takes %j as its own: %s', (url, own) => {
    expect(isAppUrl(url)).toBe(own)
  })

  it.each([
    ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
    ['http://example.org', 'http://example.org/'],
    ['https:example.org', 'https://example.org/'],
    ['file:///etc/passwd', null],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['mailto:someone@example.org', null],
    ['smb://host/share', null],
    ['ms-settings:', null],
    ['interlock://app/', null],
    ['https://', null],
    ['', null],
  ])('E9 hands %j to the system as %j', (url, link) => {
    expect(externalLink(url)).toBe(link)
  })

  it.each([
    ['interlock://app/assets/x.js', true, true],
    ['blob:interlock://app/77-88', true, true],
    ['data:image/png;base64,AA', true, true],
    ['devtools://devtools/bundled/inspector.html', false, true],
    ['devtools://devtools/bundled/inspector.html', true, false],
    ['https://example.org/', false, false],
    ['http://127.0.0.1:80/', false, false],
    ['ws://127.0.0.1:80/', false, false],
    ['file:///etc/passwd', false, false],
    ['ftp://example.org/', false, false],
    ['blob:https://example.org/1', false, false],
    ['chrome-extension://abc/x.js', false, false],
    ['interlock://other/', false, false],
  ])('E17 lets a request for %j through (packaged: %s): %s', (url, packaged, allowed) => {
    expect(mayRequest(url, packaged)).toBe(allowed)
  })
})

describe('gestures', () => {
  it('E9 lets one link out per gesture, and none without', () => {
    let time = 0
    const gate = createGestureGate(() => time)
    expect(gate.pass()).toBe(false)
    gate.note('mouseUp')
    time = 900
    expect(gate.pass()).toBe(true)
    expect(gate.pass()).toBe(false)
  })

  it('E9 forgets a gesture after a second, and takes no motion for one', () => {
    let time = 0
    const gate = createGestureGate(() => time)
    gate.note('keyDown')
    time = 1001
    expect(gate.pass()).toBe(false)
    for (const type of ['mouseMove', 'mouseWheel', 'mouseEnter', 'char', 'gestureScrollBegin']) gate.note(type)
    expect(gate.pass()).toBe(false)
  })
})

describe('permissions', () => {
  it('E10 allows clipboard write and full screen only', () => {
    const allowed = Object.entries(permissions).filter(([, may]) => may)
    expect(allowed.map(([name]) => name)).toEqual(['clipboard-sanitized-write', 'fullscreen'])
  })

  it.each([
    ['fullscreen', 'interlock://app/', true],
    ['fullscreen', 'https://example.org/', false],
    ['fullscreen', '', false],
    ['clipboard-read', 'interlock://app/', false],
    ['media', 'interlock://app/', false],
    ['a permission of the future', 'interlock://app/', false],
    ['constructor', 'interlock://app/', false],
    ['__proto__', 'interlock://app/', false],
  ])('E10 answers %s for %j with %s', (permission, url, may) => {
    expect(mayUse(permission, url)).toBe(may)
  })
})

describe('the port', () => {
  const frame = { top: true, url: 'interlock://app/', origin: 'interlock://app' }
  it.each([
    ['the page itself', { ownWindow: true, frame }, null],
    ['a frame that is gone', { ownWindow: true, frame: null }, /gone/],
    ['another window', { ownWindow: false, frame }, /window/],
    ['a sub-frame', { ownWindow: true, frame: { ...frame, top: false } }, /inside/],
    ['a foreign page', { ownWindow: true, frame: { ...frame, url: 'https://a/', origin: 'https://a' } }, /origin/],
    ['a page whose address lags behind', { ownWindow: true, frame: { ...frame, origin: 'https://a' } }, /https:\/\/a/],
    ['an opaque origin at our address', { ownWindow: true, frame: { ...frame, origin: 'null' } }, /null/],
    ['our origin at a foreign address', { ownWindow: true, frame: { ...frame, url: 'about:blank' } }, /origin/],
  ])('E3 decides on %s', (_who, asker, refusal) => {
    if (refusal === null) expect(portRefusal(asker)).toBeNull()
    else expect(portRefusal(asker)).toMatch(refusal)
  })
})

describe('switches', () => {
  it('E12 does not start a packaged app with debugging switches, and does start an unpackaged one', () => {
    const has = (name: string): boolean => name.startsWith('remote-debugging')
    expect(switchesThatForbidStart(true, has)).toEqual([
      'remote-debugging-port',
      'remote-debugging-pipe',
      'remote-debugging-address',
    ])
    expect(switchesThatForbidStart(false, has)).toEqual([])
    expect(switchesThatForbidStart(true, () => false)).toEqual([])
  })

  it('never starts a packaged app without its sandbox, and says what the machine lacks', () => {
    expect(switchesThatForbidStart(true, (name) => name === 'no-sandbox')).toEqual(['no-sandbox'])
    expect(startRefusal(['proxy-server'], 'It lacks something')).toBe(
      'Interlock does not start with --proxy-server. Leave it out.',
    )
    expect(startRefusal(['no-sandbox'], null)).toMatch(/Leave it out\. Interlock never runs without its sandbox\.$/)
    expect(startRefusal(['no-sandbox'], 'It lacks something')).toMatch(/sandbox\. It lacks something\. The portable/)
  })
})
