// Classroom statement 3: where the sandbox cannot be used, a sentence says what is missing and who mends it how.
import { describe, expect, it } from 'vitest'
import { sandboxFacts, sandboxObstacle, type SandboxFacts } from '../../src-main/electron/sandbox.ts'

const facts = (settings: Record<string, string>, change: Partial<SandboxFacts> = {}): SandboxFacts => ({
  platform: 'linux',
  setting: (name) => settings[name] ?? null,
  helper: false,
  ...change,
})

describe('3 the sandbox', () => {
  it.each([
    [{ 'user/max_user_namespaces': '0\n' }, /max_user_namespaces is 0.*administrator.*sysctl -w user\./],
    [{ 'kernel/unprivileged_userns_clone': '0\n' }, /unprivileged_userns_clone is 0.*sysctl -w kernel\./],
    [{ 'kernel/apparmor_restrict_unprivileged_userns': '1\n' }, /apparmor.* is 1.*install the deb package/],
  ])('that is missing because of %j is told with its remedy', (settings, sentence) => {
    expect(sandboxObstacle(facts(settings))).toMatch(sentence)
    expect(sandboxObstacle(facts(settings, { helper: true }))).toBeNull()
    expect(sandboxObstacle(facts(settings, { platform: 'win32' }))).toBeNull()
  })

  it('can be used where no setting forbids it', () => {
    const open = { 'user/max_user_namespaces': '15000\n', 'kernel/unprivileged_userns_clone': '1\n' }
    expect(sandboxObstacle(facts(open))).toBeNull()
    expect(sandboxObstacle(facts({}))).toBeNull()
  })

  it('is looked up in the kernel of this machine without a failure', () => {
    const real = sandboxFacts('/no/such/chrome-sandbox')
    expect(real.helper).toBe(false)
    expect(real.setting('no/such/setting')).toBeNull()
    if (process.platform === 'linux') expect(real.setting('kernel/ostype')).toBe('Linux\n')
  })
})
