// What a command may touch of the process: its streams, its environment, its folder. Tests hand in their own.
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { InterlockError } from '../contract/errors.ts'
import { MAX_INPUT_BYTES } from '../contract/limits.ts'
import { fileError } from '../services/files/errors.ts'
import { baseFolder } from './places.ts'

export interface Io {
  out(content: string | Uint8Array): void
  err(text: string): void
  /** standard input up to a limit of bytes; null when the limit was passed */
  stdin(limit: number): Promise<Uint8Array | null>
  /** standard input is a person's keyboard */
  stdinIsTerminal: boolean
  /** standard output is a person's screen */
  stdoutIsTerminal: boolean
  env: Readonly<Record<string, string | undefined>>
  /** folder that relative paths start from */
  cwd: string
}

/** The real streams. A reader that goes away (`… | head`) ends the program quietly. */
export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      process.exit(process.exitCode ?? 0)
    })
  }
  return {
    out: (content) => void process.stdout.write(content),
    err: (text) => void process.stderr.write(text),
    stdin: readStdin,
    stdinIsTerminal: process.stdin.isTTY === true,
    stdoutIsTerminal: process.stdout.isTTY === true,
    env: process.env,
    cwd: baseFolder(process.env, process.cwd()),
  }
}

async function readStdin(limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > limit) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * The text of a file, or of standard input for `-`. UTF-8 with or without byte order mark; UTF-16 with one, which is
 * what a redirection in Windows PowerShell writes.
 * @throws InterlockError `not-found`, `not-a-file`, `permission-denied`, `too-large`, `io-error`, `bad-input`
 */
export async function readText(io: Io, name: string, limit: number = MAX_INPUT_BYTES): Promise<string> {
  const shown = name === '-' ? 'standard input' : name
  const bytes = name === '-' ? await io.stdin(limit) : await readBytes(resolve(io.cwd, name), name, limit)
  if (bytes === null) {
    throw new InterlockError('too-large', `${shown} is larger than ${limit / 1024 / 1024} MB, the most that is read.`)
  }
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new InterlockError('bad-input', `${shown} is not text in UTF-8. Save it in that encoding.`)
  }
}

async function readBytes(path: string, name: string, limit: number): Promise<Uint8Array | null> {
  try {
    const facts = await stat(path)
    if (facts.isDirectory()) throw new InterlockError('not-a-file', `“${name}” is a folder. Name a file in it.`)
    if (facts.size > limit) return null
    const bytes = await readFile(path)
    return bytes.length > limit ? null : bytes
  } catch (error) {
    throw fileError(error, 'open', name)
  }
}
