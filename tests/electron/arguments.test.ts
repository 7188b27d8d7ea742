// The command line of the desktop shell, of the first instance and of later ones.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseArguments } from '../../src-main/electron/arguments.ts'

const cwd = '/home/me'
const parse = (...args: string[]): ReturnType<typeof parseArguments> => parseArguments({ args, cwd })

describe('E13 arguments', () => {
  it.each([
    [['a.interlock'], ['/home/me/a.interlock']],
    [
      ['/x/a b.interlock', 'ü.interlock'],
      ['/x/a b.interlock', '/home/me/ü.interlock'],
    ],
    [['--', '--workspace'], ['/home/me/--workspace']],
    [['--no-sandbox', '--enable-logging=stderr', 'a', '-v'], ['/home/me/a']],
    [[], []],
  ])('reads the files of %j', (args, files) => {
    expect(parse(...args)).toEqual({ files, workspace: null, data: null, problems: [] })
  })

  it.each([
    [['--workspace', 'w', '--data', '/d', 'f'], 'w', '/d', ['f']],
    [['f', '--data=/d', '--workspace=w'], 'w', '/d', ['f']],
  ])('reads the folders of %j', (args, workspace, data, files) => {
    expect(parse(...args)).toEqual({
      files: files.map((file) => `${cwd}/${file}`),
      workspace: `${cwd}/${workspace}`,
      data,
      problems: [],
    })
  })

  it.each([[['--workspace']], [['--data=']], [['--workspace', '--data', 'd']], [['--data', 'a\0b']]])(
    'names the folder that is missing in %j',
    (args) => {
      expect(parse(...args).problems).toEqual([expect.stringMatching(/^--(workspace|data) needs a folder/)])
    },
  )

  it('opens at most twenty files and says so', () => {
    const { files, problems } = parse(...Array.from({ length: 30 }, (_, index) => `f${index}`))
    expect(files).toHaveLength(20)
    expect(problems).toEqual([expect.stringContaining('At most 20')])
  })

  it.each([
    [null],
    [undefined],
    ['a string'],
    [{ args: ['x'] }],
    [{ args: [1], cwd }],
    [{ args: ['x'], cwd: '' }],
    [{ args: ['x'.repeat(5000)], cwd }],
    [{ args: Array(500).fill('x'), cwd }],
  ])('takes nothing from what is not a command line: %#', (input) => {
    const result = parseArguments(input)
    expect(result).toMatchObject({ files: [], workspace: null, data: null })
    expect(result.problems).toHaveLength(1)
  })

  it('never throws, and gives absolute paths without NUL', () => {
    const arg = fc.oneof(fc.string(), fc.constantFrom('--workspace', '--data', '--data=', '--', '-', '', '\0'))
    fc.assert(
      fc.property(fc.array(arg, { maxLength: 12 }), (args) => {
        const { files, workspace, data } = parseArguments({ args, cwd })
        for (const path of [...files, workspace, data]) {
          if (path !== null) expect(path).toMatch(/^\/[^\0]*$/s)
        }
      }),
    )
  })
})
