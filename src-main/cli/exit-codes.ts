// The exit codes that scripts rely on. The worst of several outcomes is the highest of the first three.

/** the answer is right, or the drawing is free of deadlock */
export const RIGHT = 0
/** the answer is wrong, or the verdict is anything but free */
export const WRONG = 1
/** the command line, a file or an input cannot be used; a sentence on standard error says why */
export const BAD_INPUT = 2
/** Interlock itself is at fault (EX_SOFTWARE of sysexits) */
export const DEFECT = 70
