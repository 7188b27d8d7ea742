// The command line as a whole: help, unknown commands, options, folders, and the pure parts as tables.
import { describe, expect, it } from 'vitest'
import { parseArguments, portOption } from '../../../src-main/cli/arguments.ts'
import { differences, equalJson } from '../../../src-main/cli/cases.ts'
import { checkOptions } from '../../../src-main/cli/check.ts'
import { runOptions } from '../../../src-main/cli/container.ts'
import { evalOptions } from '../../../src-main/cli/eval.ts'
import { exportOptions } from '../../../src-main/cli/export.ts'
import { commandHelp, commands, generalHelp } from '../../../src-main/cli/help.ts'
import { editDistance, nearNames } from '../../../src-main/contract/near-names.ts'
import { baseFolder, dataFolder, placesOf, workspaceFolder } from '../../../src-main/cli/places.ts'
import { raceOptions } from '../../../src-main/cli/race.ts'
import { openOptions, serveOptions } from '../../../src-main/cli/serve-options.ts'
import { interlock } from './program.ts'

describe('commands', () => {
  it('prints help and version', async () => {
    expect(await interlock(['--help'])).toEqual({ code: 0, out: generalHelp, err: '' })
    expect((await interlock([])).out).toBe(generalHelp)
    expect((await interlock(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it.each(commands)('describes %s, by --help, -h and help', async (command) => {
    expect((await interlock([command, '--help'])).out).toBe(commandHelp[command])
    expect((await interlock(['help', command])).out).toBe(commandHelp[command])
  })

  it.each([
    ['evl', /no command "evl"\. Did you mean eval\?/],
    ['sevre', /Did you mean serve\?/],
    ['constructor', /no command "constructor"/],
    ['--verison', /no command "--verison"/],
  ])('names near commands for %s', async (command, sentence) => {
    expect(await interlock([command])).toMatchObject({ code: 2, out: '', err: expect.stringMatching(sentence) })
  })

  it('describes every option of every command, and no other', () => {
    const tables = {
      open: openOptions,
      serve: serveOptions,
      eval: evalOptions,
      check: checkOptions,
      export: exportOptions,
      run: runOptions,
      race: raceOptions,
    }
    for (const [command, table] of Object.entries(tables)) {
      const text = commandHelp[command as keyof typeof tables]
      const lines = new Set([...text.matchAll(/^ {2}--([\w-]+)/gm)].map(([, name]) => name))
      expect([...lines].sort(), command).toEqual(Object.keys(table).sort())
    }
    for (const command of commands) expect(generalHelp).toMatch(new RegExp(`^ {2}${command} `, 'm'))
  })

  it('keeps every help text within 80 columns', () => {
    for (const text of [generalHelp, ...Object.values(commandHelp)]) {
      expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
    }
  })
})

describe('arguments', () => {
  const table = { out: { value: 'PATH' }, json: 'flag', port: { value: 'N' } } as const
  const parse = (...argv: string[]): ReturnType<typeof parseArguments> => parseArguments('interlock test', argv, table)

  it('reads options before, between and after files', () => {
    const args = parse('a', '--out', 'x', 'b', '--json', '--', '--json')
    expect([...args.values]).toEqual([
      ['out', 'x'],
      ['json', true],
    ])
    expect(args.positionals).toEqual(['a', 'b', '--json'])
  })

  it.each([
    [['--out'], /--out needs a value: --out PATH/],
    [['--out='], /--out needs a value/],
    [['--out', '--json'], /--out needs a value/],
    [['--json=1'], /takes no value/],
    [['--out', 'a', '--out', 'b'], /given twice/],
    [['--prot', '1'], /no option --prot\. Did you mean --port/],
    [['-x'], /no option -x/],
    [['--constructor'], /no option --constructor/],
    [['--__proto__'], /no option --__proto__/],
  ])('refuses %j', (argv, sentence) => expect(() => parse(...argv)).toThrow(sentence))

  it.each(['0', '65536', '-1', '80.5', '0x50', 'http', '1e3', ' 80'])('refuses the port %j', (text) =>
    expect(() => portOption(parse(`--port=${text}`))).toThrow(/is not a port/),
  )

  it('takes ports from 1 to 65535, and none', () => {
    expect([portOption(parse('--port', '1')), portOption(parse('--port=65535')), portOption(parse())]).toEqual([
      1,
      65_535,
      null,
    ])
  })
})

describe('near names', () => {
  it.each([
    ['', '', 0],
    ['eval', 'eval', 0],
    ['evl', 'eval', 1],
    ['vael', 'eval', 2],
    ['veal', 'eval', 1],
    ['abc', '', 3],
    ['kitten', 'sitting', 3],
  ])('the distance from %j to %j is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance)
    expect(editDistance(b, a)).toBe(distance)
  })

  it('offers near names, the nearest first, and none that is far', () => {
    expect(nearNames('sevre', ['open', 'serve', 'eval'])).toEqual(['serve'])
    expect(nearNames('banana', ['open', 'serve', 'eval'])).toEqual([])
  })
})

describe('comparison', () => {
  it.each([
    [{ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, true],
    [[1, 2], [2, 1], false],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{}, [], false],
    [null, {}, false],
    ['1', 1, false],
    [[undefined], [null], false],
    [JSON.parse('{"__proto__": 1}'), {}, false],
  ])('%j and %j: %s', (a: unknown, b: unknown, equal) => expect(equalJson(a, b)).toBe(equal))

  it('asks only for the expected fields, and does not find inherited ones', () => {
    expect(differences({ a: 1 }, { a: 1, b: 2 })).toEqual([])
    expect(differences({ constructor: 1 }, {})).toEqual([{ field: 'constructor', expected: 1, found: undefined }])
  })
})

describe('places', () => {
  it.each([
    ['linux', {}, '/home/ada/.config/interlock'],
    ['linux', { XDG_CONFIG_HOME: '/conf' }, '/conf/interlock'],
    ['linux', { XDG_CONFIG_HOME: 'relative' }, '/home/ada/.config/interlock'],
    ['linux', { INTERLOCK_DATA: '/own', XDG_CONFIG_HOME: '/conf' }, '/own'],
    ['darwin', {}, '/home/ada/Library/Application Support/Interlock'],
  ] as const)('keeps data on %s with %j in %s', (platform, env, folder) =>
    expect(dataFolder({ platform, env, home: '/home/ada' })).toBe(folder),
  )

  it('keeps data on Windows in the roaming folder, and drawings in the home directory', () => {
    const home = 'C:\\Users\\ada'
    const env = { APPDATA: `${home}\\AppData\\Roaming` }
    expect(dataFolder({ platform: 'win32', env, home })).toBe(`${home}\\AppData\\Roaming\\Interlock`)
    expect(dataFolder({ platform: 'win32', env: {}, home })).toBe(`${home}\\AppData\\Roaming\\Interlock`)
    expect(workspaceFolder({ platform: 'win32', env, home })).toBe(`${home}\\Interlock`)
    expect(workspaceFolder({ platform: 'linux', env, home: '/home/ada' })).toBe('/home/ada/Interlock')
  })

  it('finds page and samples from the sources and from the build', () => {
    expect(placesOf('file:///app/src-main/cli/main.ts')).toEqual({
      root: '/app',
      page: '/app/out/renderer',
      labs: '/app/src-main/labs',
      fromSource: true,
    })
    expect(placesOf('file:///app/out/main/interlock.js')).toEqual({
      root: '/app',
      page: '/app/out/renderer',
      labs: '/app/out/labs',
      fromSource: false,
    })
  })

  it('starts relative paths where the person was when npm ran the script', () => {
    const env = { npm_lifecycle_event: 'interlock', INIT_CWD: '/home/ada/hand-ins' }
    expect(baseFolder(env, '/app')).toBe('/home/ada/hand-ins')
    expect(baseFolder({ ...env, npm_lifecycle_event: 'test' }, '/app')).toBe('/app')
    expect(baseFolder({}, '/app')).toBe('/app')
  })
})
