// Exercises of the course's weeks on machines, containers and clusters, in the order in which they are offered.

const byWeek: Readonly<Record<number, readonly string[]>> = {
  6: ['two-guests', 'nothing-below', 'page-walks', 'dear-instructions', 'promised-memory', 'quiz-6'],
  7: ['shares-of-cpu', 'throttled', 'doors-open', 'quiz-7'],
  8: ['ids-outside', 'over-the-limit', 'inner-group', 'quiz-8'],
  11: ['rounds-and-stop', 'cannot-move', 'slots-for-all', 'where-pods-land', 'node-silent', 'quiz-11'],
}

/** Each is a file in the folder `exercises`. */
export const exercises = Object.entries(byWeek).flatMap(([week, ids]) => ids.map((id) => ({ id, week: Number(week) })))
