import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { poll } from './gateway-under-test.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

export interface Script {
  pid: number
  /** Everything printed so far, both streams. */
  output(): string
  /** Waits for a match in what is printed. Rejects at once when the script ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
  /** Waits for the end, which comes by itself. @returns the exit code. */
  ended: Promise<number | null>
  /** Sends the signal and waits for the end. */
  stop(signal?: 'SIGINT' | 'SIGTERM'): Promise<Ended>
}

export interface Ended {
  code: number | null
  /** How long it took to end, ms. */
  tookMs: number
}

/** Runs a script of this repository in a process of its own, which the test's end stops if it still runs. */
export function startScript(path: string, args: readonly string[], env: Record<string, string> = {}): Script {
  const child = spawn(process.execPath, [path, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk) => (text += chunk))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await ended
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${path} did not start.`)

  return {
    pid,
    ended,
    output: () => text,
    printed: async (pattern) => {
      const look = async (): Promise<RegExpExecArray | undefined> => {
        const match = pattern.exec(text)
        if (match) return match
        if (child.exitCode === null) throw new Error(`${path} has not printed ${pattern}:\n${text}`)
        return undefined
      }
      const match = await poll(look, 30_000)
      if (!match) throw new Error(`${path} ended with ${child.exitCode} before it printed ${pattern}:\n${text}`)
      return match
    },
    stop: async (signal = 'SIGINT') => {
      const startedAt = performance.now()
      child.kill(signal)
      return { code: await ended, tookMs: performance.now() - startedAt }
    },
  }
}

/** An empty folder that goes away with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(`${tmpdir()}/gw-`)
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A port that nothing listens on. */
export function unusedPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No port is free.')),
      )
    })
  })
}
