// `npm run pack:portable [-- --platform NAME --offline]`: builds what is stale and writes dist/interlock-…-portable-….zip,
// which runs from any folder without being installed.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfStale, projectRoot } from './build-if-stale.ts'
import { packPortable } from './pack/portable.ts'
import { asPlatform, ownPlatform } from './pack/runtime.ts'

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { platform: { type: 'string' }, offline: { type: 'boolean' } } })
  const platform = asPlatform(values.platform ?? ownPlatform())
  await buildIfStale()
  const target = join(projectRoot, 'dist')
  const packed = packPortable({ root: projectRoot, platform, target, fetch: values.offline !== true })
  for (const remark of packed.remarks) process.stderr.write(`${remark}\n`)
  process.stdout.write(`${packed.path} (${Math.round(packed.size / 1024 / 1024)} MB)\n`)
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
