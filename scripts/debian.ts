// Programs of Debian packages that the tests use. As root on Debian and its kin a missing one is installed.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Path of the first of these programs that the shell would find. */
export function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

/** Installs packages where that is possible; who needs their programs looks for them afterwards. */
export function installPackages(packages: readonly string[], why: string): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  process.stderr.write(`Installing ${packages.join(', ')} for ${why} …\n`)
  spawnSync('apt-get', ['update'], { stdio: 'ignore' })
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { stdio: 'ignore' })
}

/** Programs that look into what is exported, videos too; without them their tests are skipped and say so. */
const validators: readonly (readonly [program: string, name: string])[] = [
  ['virsh', 'libvirt-clients'],
  ['runc', 'runc'],
  ['busybox', 'busybox'],
  ['ffprobe', 'ffmpeg'],
]

/** The JSON Schema of the OCI runtime specification, which is a package of its own. */
export const ociSchema = '/usr/share/gocode/src/github.com/opencontainers/runtime-spec/schema'

export function findValidators(): void {
  const programs = validators.filter(([program]) => onPath([program]) === undefined).map(([, name]) => name)
  const missing = [...programs, ...(existsSync(ociSchema) ? [] : ['golang-github-opencontainers-specs-dev'])]
  if (missing.length > 0) installPackages(missing, 'the tests of exports')
}
