// The application menu against the page it drives.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { menuTemplate } from '../../src-main/electron/menu.ts'
import { filesBelow, root } from './built.ts'

describe('the menu', () => {
  it('names only commands that the page has', () => {
    const folder = join(root, 'src-renderer')
    const sources = filesBelow(folder).filter((file) => file.endsWith('.ts'))
    const page = sources.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')
    const items = menuTemplate({ run: () => undefined, mac: false, packaged: true }).flatMap(({ submenu }) =>
      Array.isArray(submenu) ? submenu.flatMap(({ id }) => (id === undefined ? [] : [id])) : [],
    )
    for (const id of items) {
      const [group = '', name = ''] = id.split('.')
      const composed = page.includes(`id: \`${group}.\${id}\``) && new RegExp(`command\\(\\s*'${name}'`).test(page)
      expect(composed || page.includes(`'${id}'`), id).toBe(true)
    }
  })
})
