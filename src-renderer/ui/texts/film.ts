// Texts of the export of walkthroughs as videos.
const time = (seconds: number): string =>
  seconds < 60
    ? `${Math.max(1, Math.ceil(seconds))} s`
    : `${Math.floor(Math.ceil(seconds) / 60)} min ${Math.ceil(seconds) % 60} s`

const megabytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`

const formats = {
  'webm-vp9': { label: 'WebM', about: 'VP9; plays in every browser' },
  'webm-av1': { label: 'WebM, small', about: 'AV1; half the size, needs a newer player' },
  'mp4-h264': { label: 'MP4', about: 'H.264; for players that know nothing else' },
}

export const film = {
  command: 'Export as video …',
  unfinishedCommand: 'Unfinished videos …',
  keywords: 'film movie webm mp4 record mpeg lecture recording captions poster',
  button: 'Video',
  title: 'Export as video',
  formats,
  formatGroup: 'Format',
  probing: 'trying the encoder …',
  cannot: 'not possible in this browser',
  size: 'Size',
  sizes: { 720: '1280 × 720', 1080: '1920 × 1080', 2160: '3840 × 2160' },
  rate: 'Frames a second',
  look: 'Look',
  looks: { light: 'Light', dark: 'Dark' },
  captions: 'Captions in the picture',
  captionFiles: 'Captions as files beside it (.vtt, .srt)',
  questions: 'Questions, with time to think',
  poster: 'This picture as a file beside it (.png)',
  marks: 'Marks of the verdict',
  name: 'File name',
  folder: (place: string) => `Written into ${place}.`,
  preview: 'A picture of the video',
  position: 'Position in the video',
  preparing: 'Painting the steps …',
  silent: 'A video has no sound track: walkthroughs hold no sound yet.',
  /** @param steps numbers of steps, as a list */
  hurried: (steps: string) =>
    `These captions have to be read quicker than 17 characters a second: ${steps}. Give their steps more time.`,
  stepList: (numbers: string, more: number) => (more === 0 ? `step ${numbers}` : `step ${numbers}, and ${more} more`),
  noEncoder: 'This browser cannot encode a video of this kind. Choose another format or a smaller size.',
  noLength: 'This walkthrough has no length. Give its steps time in the list of steps.',
  none: 'This browser encodes no video at all. Open Interlock in a newer Chromium, Chrome or Edge.',
  missingName: 'The video needs a name.',
  start: 'Export',
  replace: 'Replace',
  phase: {
    painting: 'Painting the steps',
    encoding: 'Encoding',
  },
  running: (name: string) => `Exporting ${name}`,
  percent: (done: number) => `${Math.floor(done * 100)} %`,
  left: (seconds: number) => `about ${time(seconds)} left`,
  progress: 'How much is done',
  cancel: 'Cancel the export',
  hide: 'Go on in the background',
  show: 'Show',
  close: 'Close',
  again: 'Export another',
  cancelled: 'The export was cancelled. Nothing of it was kept.',
  failed: (name: string, why: string) => `${name} was not finished: ${why}`,
  made: (name: string) => `${name} is ready.`,
  ready: (name: string, place: string) => `${name} is in ${place}.`,
  facts: (seconds: string, size: number, written: number, frames: number) =>
    `${seconds} long, ${megabytes(size)}. Of ${frames} frames, ${written} were written; the others look like the one before.`,
  noChapters: 'The chapters could not be written into the file.',
  beside: (names: string) => `Beside it: ${names}.`,
  fingerprint: 'Fingerprint of the pictures',
  fingerprintHint: 'Equal for every export of this walkthrough with these choices on this machine.',
  unfinishedTitle: 'A video is unfinished',
  unfinished: 'Interlock ended while it exported a video. The drawing it was made from is whole.',
  wasDone: (done: number, when: string) => `${Math.floor(done * 100)} % written, ${when}`,
  anew: (when: string) => `Begun ${when}; an MP4 has to begin anew`,
  resume: 'Continue',
  discard: 'Discard',
  later: 'Decide later',
  discarded: (name: string) => `What was written of ${name} was discarded.`,
  lostJournal: (name: string) => `What is left of ${name} tells too little to continue. Export it again.`,
}
