// Exercises of the course's weeks on coordination and elections, in the order in which they are offered.

const byWeek: Readonly<Record<number, readonly string[]>> = {
  9: [
    'lamport-three',
    'six-events',
    'crossing',
    'drifting',
    'cristian-three',
    'asymmetric',
    'berkeley-outlier',
    'ntp-four',
    'two-requests',
    'entry-costs',
    'quiz-9',
  ],
  10: ['bully', 'ring-five', 'ring-broken', 'grid', 'cheap-election', 'quiz-10'],
}

/** Each is a file in the folder `exercises`. */
export const exercises = Object.entries(byWeek).flatMap(([week, ids]) => ids.map((id) => ({ id, week: Number(week) })))
