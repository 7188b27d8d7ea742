// Quorum of a store such as etcd: how many members must agree, and how many may fail. Pure.

export interface Quorum {
  members: number
  quorum: number
  /** failures after which a quorum is still there */
  tolerated: number
  working: string[]
}

/** @param members at least 1 */
export function quorumOf(members: number): Quorum {
  const quorum = Math.floor(members / 2) + 1
  const tolerated = members - quorum
  return {
    members,
    quorum,
    tolerated,
    working: [
      `quorum = floor(${members} / 2) + 1 = ${quorum}`,
      `failures tolerated = ${members} - ${quorum} = ${tolerated}`,
      ...(members % 2 === 0 ? [`An even number: ${members} tolerate no more failures than ${members - 1}.`] : []),
    ],
  }
}

/** Whether writing still works. @param failed 0 to `members` */
export const hasQuorum = (members: number, failed: number): boolean => members - failed >= quorumOf(members).quorum
