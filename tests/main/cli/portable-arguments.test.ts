// What the start scripts of the portable archive make of their arguments.
import { describe, expect, it } from 'vitest'
import { portableArguments } from '../../../src-main/cli/portable-arguments.ts'

const nothing = (): boolean => false

describe('the portable archive', () => {
  it.each<[string, string[], string[]]>([
    ['a double click', [], ['open']],
    ['the browser shell by name', ['--shell', 'browser'], ['open']],
    ['the browser shell with a file', ['a.interlock', '--shell=browser'], ['open', 'a.interlock']],
    ['options alone', ['--no-browser', '--port', '8000'], ['open', '--no-browser', '--port', '8000']],
    ['a drawing that is not there', ['gone.interlock'], ['open', 'gone.interlock']],
    ['a command', ['check', 'a.interlock'], ['check', 'a.interlock']],
    ['help', ['--help'], ['--help']],
    ['the version', ['-V'], ['-V']],
    ['a misspelt command, for its own message', ['chekc', 'a'], ['chekc', 'a']],
  ])('understands %s', (_, given, argv) => {
    expect(portableArguments(given, nothing)).toEqual(argv)
  })

  it('opens what was dropped on it, whatever its name', () => {
    expect(portableArguments(['a drawing'], (path) => path === 'a drawing')).toEqual(['open', 'a drawing'])
  })

  it.each([[['--shell', 'electron']], [['--shell=window']], [['--shell']]])('refuses %j with the remedy', (given) => {
    expect(() => portableArguments(given, nothing)).toThrow(/no shell .*Leave --shell out/)
  })
})
