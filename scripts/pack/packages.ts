// The packages that the built app needs at run time: which they are, which of their files, and under which licences.
// Reads package-lock.json and node_modules; asks no network.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { z } from 'zod'

export interface ProductionPackage {
  /** folder relative to the project, such as `node_modules/zod` */
  folder: string
  name: string
  version: string
}

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      os: z.array(z.string()).optional(),
      cpu: z.array(z.string()).optional(),
    }),
  ),
})

/** @throws Error when one of them is made for one platform only: the archive could not be packed for another */
export function productionPackages(root: string): ProductionPackage[] {
  const { packages } = Lock.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
  return Object.entries(packages)
    .filter(([folder, { dev, devOptional }]) => folder !== '' && dev !== true && devOptional !== true)
    .map(([folder, { version, os, cpu }]) => {
      const name = folder.split('node_modules/').at(-1) ?? folder
      if (os !== undefined || cpu !== undefined) {
        throw new Error(`${name} runs on one platform only, so the portable archive cannot hold it.`)
      }
      return { folder, name, version: version ?? '' }
    })
}

/** What no running program reads: declarations and their sources, source maps, documentation, tests. */
const idle = /\.(?:[cm]?ts|map|md|markdown|flow)$|(?:^|\/)(?:tests?|__tests__|docs|examples?|benchmarks?|\.[^/]+)\//i

/** Builds of a package for other places than Node, and what it is built from, by package. */
const elsewhere: Readonly<Record<string, RegExp>> = {
  // Terminals need Linux or macOS.
  'node-pty': /^(?:deps|src|third_party|scripts)\/|^prebuilds\/win32|^build\/(?!Release\/pty\.node$)/,
  pdfkit: /\.(?:browser|standalone|old)\.|^tools\//,
}

const licenceFile = /^(?:licen[cs]e|copying|notice)/i

/** Files of a package that belong into the archive, relative to its folder, with `/` between parts. */
export function filesOf(root: string, { folder, name }: ProductionPackage): string[] {
  const from = join(root, folder)
  return readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(from, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !file.startsWith('node_modules/') && !file.includes('/node_modules/'))
    .filter((file) => licenceFile.test(file) || (!idle.test(file) && elsewhere[name]?.test(file) !== true))
    .sort()
}

const Manifest = z.object({
  license: z.string().optional(),
  homepage: z.string().optional(),
  repository: z.union([z.string(), z.object({ url: z.string() })]).optional(),
})

/** One text that names every package with its licence, and holds the licence's own text where the package brings it. */
export function licencesOf(root: string, packages: readonly ProductionPackage[]): string {
  const parts = packages.map((item) => {
    const { folder, name, version } = item
    const manifest = Manifest.parse(JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')))
    const texts = readdirSync(join(root, folder))
      .filter((file) => licenceFile.test(file))
      .sort()
      .map((file) => readFileSync(join(root, folder, file), 'utf8').trim())
    const { repository } = manifest
    const home = (typeof repository === 'string' ? repository : repository?.url) ?? manifest.homepage ?? ''
    const kind = manifest.license ?? (texts.length > 0 ? 'see below' : 'not declared')
    const told = texts.length > 0 ? texts.join('\n\n') : 'The package names this licence and brings no text of it.'
    return `${name} ${version}\nLicence: ${kind}\n${home === '' ? '' : `Source: ${home}\n`}\n${told}\n`
  })
  return parts.join(`\n${'='.repeat(80)}\n\n`)
}
