// The recorded runs: each was made on a real kernel and proves its own experiment, condition by condition, and no other
// experiment that does not ask for the same. Wrong runs are made of them: cut off, or with one thing gone otherwise.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseDocument } from '../../../../src-main/contract/document-text.ts'
import type { KernelSample, Recording } from '../../../../src-main/contract/kernel.ts'
import { samplesOf } from '../../../../src-main/contract/merge-patch.ts'
import { namespaces } from '../../../../src-main/labs/namespaces/index.ts'
import { differences } from '../../../../src-main/labs/namespaces/model/differences.ts'
import { experiments } from '../../../../src-main/labs/namespaces/model/experiments/index.ts'
import { judge } from '../../../../src-main/labs/namespaces/model/judge.ts'

const lab = new URL('../../../../src-main/labs/namespaces/', import.meta.url)
const textOf = (id: string): string => readFileSync(new URL(`samples/${id}.interlock`, lab), 'utf8')
const runOf = (id: string): KernelSample[] =>
  samplesOf(parseDocument(textOf(id), () => namespaces.model).document.model['recording'] as Recording)
const runs = new Map(experiments.map(({ id }) => [id, runOf(id)]))
const find = (id: string) => experiments.find((one) => one.id === id)!
const statesOf = (id: string, samples: readonly KernelSample[]): string[] =>
  judge(find(id), samples).conditions.map(({ state }) => state)
const firstMissing = (id: string, samples: readonly KernelSample[]) =>
  judge(find(id), samples).conditions.find(({ state }) => state === 'not-yet')

/** Experiments that a run of another one proves as well, because it does the same on its way. */
const also: Readonly<Record<string, readonly string[]>> = {
  'pid-1': ['nested-three-deep', 'pid-1-and-signals'],
  'host-name': ['container-by-hand', 'what-runc-does'],
}

describe.each(experiments.map(({ id }) => id))('the recorded run of %s', (id) => {
  const samples = runs.get(id)!

  test('proves every condition, each at its moment', () => {
    const { solved, conditions } = judge(find(id), samples)
    expect(conditions.filter(({ state }) => state !== 'holds')).toEqual([])
    expect(solved).toBe(true)
  })

  test('proves a condition from its moment on and not before', () => {
    const { conditions } = judge(find(id), samples)
    conditions.forEach(({ since }, index) => {
      expect(statesOf(id, samples.slice(0, since))[index]).not.toBe('holds')
      expect(statesOf(id, samples.slice(0, since! + 1))[index]).toBe('holds')
    })
    // Nothing holds in the terminal as it was opened.
    expect(statesOf(id, samples.slice(0, 1))).not.toContain('holds')
  })

  test('proves no other experiment', () => {
    const proven = experiments.filter((one) => one.id !== id && judge(one, samples).solved).map((one) => one.id)
    const expected = Object.entries(also).flatMap(([other, from]) => (from.includes(id) ? [other] : []))
    expect(proven).toEqual(expected)
  })

  test('tells what changed in sentences, and holds nothing of the machine it was made on', () => {
    const told = samples.slice(1).flatMap((sample, index) => differences(samples[index]!, sample))
    expect(told.length).toBeGreaterThan(1)
    for (const { says } of told) expect(says).toMatch(/^\S.*\.$/)
    expect(textOf(id)).not.toMatch(/\/tmp\/|interlock-record/)
    expect(textOf(id).length).toBeLessThan(150_000)
  })
})

describe('a wrong run', () => {
  const changed = (id: string, change: (sample: KernelSample) => void): KernelSample[] =>
    runs
      .get(id)!
      .map((one) => JSON.parse(JSON.stringify(one)) as KernelSample)
      .map((sample) => (change(sample), sample))

  test('with a file on the disk of the host in place of one in a tmpfs is told so', () => {
    const path = 'interlock-lab/box/inner.txt'
    const wrong = changed('invisible-file', ({ files }) => {
      const inside = Object.entries(files).some(([eyes, seen]) => eyes !== 'host' && seen[path]?.kind === 'file')
      if (inside && files['host']?.[path] !== undefined) files['host'][path] = { kind: 'file', size: 7, uid: 1000 }
    })
    expect(statesOf('invisible-file', wrong)[1]).not.toBe('holds')
    const until = wrong.findIndex(({ files }) => files['host']?.[path]?.kind === 'file')
    expect(firstMissing('invisible-file', wrong.slice(0, until + 1))?.hint).toContain('tmpfs was forgotten')
  })

  test('without the fork makes nobody number 1, and is told of --fork', () => {
    expect(firstMissing('pid-1', runs.get('missing-fork')!.slice(0, 4))?.hint).toContain('--fork')
  })

  test('in which something else than the OOM killer ends the eater proves nothing', () => {
    const wrong = changed('memory-limit', ({ cgroups }) => {
      for (const files of Object.values(cgroups).flatMap((groups) => Object.values(groups))) {
        if (files['memory.oom_control'] !== undefined)
          files['memory.oom_control'] = 'oom_kill_disable 0\nunder_oom 0\noom_kill 0'
      }
    })
    const missing = firstMissing('memory-limit', wrong)
    expect([missing?.id, missing?.hint]).toEqual(['killed', expect.stringContaining('SIGKILL')])
  })

  test('with a whole CPU is no half one', () => {
    const wrong = changed('half-a-cpu', ({ processes }) => {
      for (const process of Object.values(processes)) process.cpu *= 2
    })
    expect(firstMissing('half-a-cpu', wrong)?.id).toBe('half')
  })

  test('with equal shares of the CPU is not two to one', () => {
    const wrong = changed('weights', ({ processes }) => {
      for (const process of Object.values(processes)) {
        if (Object.values(process.cgroups).some((path) => path.includes('interlock-lab-b'))) process.cpu *= 2
      }
    })
    expect(firstMissing('weights', wrong)?.id).toBe('usage')
  })

  test('that keeps the old root in sight is not finished', () => {
    const wrong = changed('new-root', ({ mounts }) => {
      for (const space of Object.values(mounts)) {
        if (Object.values(space).some(({ point, root }) => point === '/' && root.endsWith('/root'))) {
          space['9999'] = { ...Object.values(space)[0]!, id: 9999, point: '/old' }
        }
      }
    })
    expect(firstMissing('new-root', wrong)?.id).toBe('old-gone')
  })

  test('in which the kernel hides the namespaces proves nothing: hidden is not another one', () => {
    for (const id of ['pid-1', 'host-name', 'alone-on-the-network', 'cable']) {
      const wrong = changed(id, ({ processes }) => {
        for (const process of Object.values(processes)) {
          for (const type of Object.keys(process.namespaces)) process.namespaces[type as 'pid'] = 'hidden'
        }
      })
      expect(statesOf(id, wrong), id).not.toContain('holds')
    }
  })

  test.each([
    [
      'lo stays down',
      'alone-on-the-network',
      'lo-up',
      (sample: KernelSample) => {
        for (const net of Object.values(sample.networks))
          for (const one of Object.values(net)) if (one.up === true) one.up = false
      },
    ],
    [
      'one end of the cable stays down',
      'cable',
      'up',
      (sample: KernelSample) => {
        for (const net of Object.values(sample.networks)) if (net['ilab1'] !== undefined) net['ilab1'].up = false
      },
    ],
    [
      'the name inside is that of the machine',
      'host-name',
      'renamed',
      (sample: KernelSample) => {
        for (const inode of Object.keys(sample.hostnames)) sample.hostnames[inode] = sample.host.hostname
      },
    ],
    [
      'the bounding set stays',
      'root-without-powers',
      'root-without',
      (sample: KernelSample) => {
        for (const process of Object.values(sample.processes)) process.capabilities.bounding = 'ff'
      },
    ],
    [
      'su has gained rights',
      'no-new-privileges',
      'stays',
      (sample: KernelSample) => {
        for (const process of Object.values(sample.processes)) if (process.name === 'su') process.uids[1] = 0
      },
    ],
    [
      'nothing covers the deleted file',
      'layers',
      'whiteout',
      (sample: KernelSample) => {
        for (const seen of Object.values(sample.files))
          if (seen['interlock-lab/upper/delete.txt'] !== undefined)
            seen['interlock-lab/upper/delete.txt'] = { kind: 'none' }
      },
    ],
    [
      'the limit of processes is not five',
      'fork-limit',
      'limit',
      (sample: KernelSample) => {
        for (const groups of Object.values(sample.cgroups))
          for (const files of Object.values(groups)) if (files['pids.max'] !== undefined) files['pids.max'] = 'max'
      },
    ],
  ] as const)('in which %s stops at its condition', (_, id, condition, change) => {
    expect(firstMissing(id, changed(id, change))?.id).toBe(condition)
  })
})
