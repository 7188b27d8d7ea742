// Bundles script and styles of a walkthrough's web page into texts that the exporter puts into the file. They are kept in
// the repository, since the sources run without a build; a test compares them with what this makes.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { build } from 'vite'

const root = join(import.meta.dirname, '..')

/** The file that holds the texts, relative to the project's root. */
export const BUNDLE = 'src-main/services/export/storyboard/web-page-bundle.ts'

async function bundled(): Promise<{ script: string; styles: string }> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    resolve: { alias: { '@contract': join(root, 'src-main/contract') } },
    build: {
      write: false,
      minify: true,
      target: 'es2023',
      lib: {
        entry: join(root, 'src-renderer/walkthrough/web-page/entry.ts'),
        formats: ['iife'],
        name: 'walkthrough',
        fileName: 'player',
        cssFileName: 'player',
      },
    },
  })
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) => ('output' in one ? one.output : []))
  const script = outputs.find((one) => one.type === 'chunk')
  const styles = outputs.find((one) => one.type === 'asset' && one.fileName.endsWith('.css'))
  if (script?.type !== 'chunk' || styles?.type !== 'asset')
    throw new Error('The bundle lacks its script or its styles.')
  return { script: script.code.trim(), styles: String(styles.source).trim() }
}

/** The text of the file. */
export async function bundle(): Promise<string> {
  const { script, styles } = await bundled()
  const text = `// The bundle of src-renderer/walkthrough/web-page made by scripts/web-page.ts. Not to be edited by hand.

export const playerScript =
  ${JSON.stringify(script)}

export const playerStyles =
  ${JSON.stringify(styles)}
`
  const path = join(root, BUNDLE)
  return format(text, { ...(await resolveConfig(path)), filepath: path })
}

if (import.meta.main) writeFileSync(join(root, BUNDLE), await bundle())
