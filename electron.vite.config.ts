// Builds everything that ships into out/: main side, preload, page, samples.
// Targets are written out, because the table of electron-vite ends before the Electron used here.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { sourceHash } from './scripts/source-hash.ts'

const root = import.meta.dirname
const at = (path: string): string => join(root, path)
const { dependencies } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as {
  dependencies: Record<string, string>
}
const buildId = sourceHash(root)

/** Samples and exercises are data: they are copied as they are, to where the host of a built app looks for them. */
const copySamples: Plugin = {
  name: 'interlock:samples',
  writeBundle() {
    rmSync(at('out/labs'), { recursive: true, force: true })
    for (const lab of readdirSync(at('src-main/labs'), { withFileTypes: true })) {
      for (const kind of ['samples', 'exercises']) {
        const from = at(`src-main/labs/${lab.name}/${kind}`)
        if (lab.isDirectory() && existsSync(from)) cpSync(from, at(`out/labs/${lab.name}/${kind}`), { recursive: true })
      }
    }
  },
}

/** The id of this build, beside the page: what a host that runs from source or from out/ says it serves. */
const writeBuildId: Plugin = {
  name: 'interlock:build-id',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'build-id.txt', source: `${buildId}\n` })
  },
}

export default defineConfig({
  main: {
    plugins: [copySamples],
    build: {
      outDir: at('out/main'),
      target: 'node24',
      externalizeDeps: { include: Object.keys(dependencies) },
      rolldownOptions: {
        input: {
          electron: at('src-main/electron/main.ts'),
          interlock: at('src-main/cli/main.ts'),
          portable: at('src-main/cli/portable.ts'),
          'engine-worker': at('src-main/host/engine/worker.ts'),
          'kernel-worker': at('src-main/services/kernel/worker.ts'),
        },
        // Chunks lie beside the entries: code that looks for a neighbour by import.meta.url finds it from either.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      target: 'node24',
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: at('src-main/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    publicDir: at('src-renderer/ui/public'),
    plugins: [svelte(), writeBuildId],
    define: { __BUILD_ID__: JSON.stringify(buildId) },
    resolve: {
      alias: {
        '@contract': at('src-main/contract'),
        '@simulation': at('src-main/simulation'),
        '@labs': at('src-main/labs'),
        '@layout': at('src-main/layout'),
        '@page': at('src-renderer'),
      },
    },
    build: {
      outDir: at('out/renderer'),
      target: 'chrome152',
      minify: true,
      assetsInlineLimit: 0,
      license: { fileName: 'licenses.md' },
      rolldownOptions: {
        input: at('src-renderer/index.html'),
        output: {
          comments: false,
          // The policy of the page forbids code from text. What tells zod so has to run before the first schema does,
          // wherever chunks are cut: it lies in one chunk with zod itself.
          codeSplitting: { groups: [{ name: 'zod', test: /node_modules\/zod\/|contract\/no-eval/ }] },
        },
      },
    },
  },
})
