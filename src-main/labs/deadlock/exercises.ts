// Exercises of the course's weeks on deadlocks, in the order in which they are offered.

const byWeek: Readonly<Record<number, readonly string[]>> = {
  3: ['line', 'two-ring', 'draw-three', 'cycle-harmless', 'philosophers', 'own-cycle', 'who-waits', 'quiz-3'],
  4: [
    'banker-ten',
    'banker-twelve',
    'unsafe-not-deadlock',
    'banker-five',
    'claims',
    'conditions',
    'counting',
    'banker-own',
    'quiz-4',
  ],
  5: [
    'detection-printed',
    'detection-mended',
    'detection-nothing-free',
    'detection-three',
    'holds-nothing',
    'recovery-two-rings',
    'detection-own',
    'quiz-5',
  ],
}

/** Each is a file in the folder `exercises`. */
export const exercises = Object.entries(byWeek).flatMap(([week, ids]) => ids.map((id) => ({ id, week: Number(week) })))
