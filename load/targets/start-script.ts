import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface RunningScript {
  pid: number
  /** What follows `ready` on the line that says so. */
  url: string
  /** Everything printed so far, both streams; the middle of very much is left out. */
  output(): string
  /** Ends the process in order, or at once where it does not hear; resolves when it has ended. */
  stop(): Promise<void>
}

export interface ScriptOptions {
  /** Below the repository's root. */
  path: string
  args: readonly string[]
  env: Readonly<Record<string, string>>
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const startMs = 60_000
const stopMs = 15_000
/** Of the output, kept at its beginning and at its end, characters. */
const keptCharacters = 4_000_000

/** Starts a script of this repository in a process of its own; resolves when it prints `ready <url>`. */
export async function startScript({ path, args, env }: ScriptOptions): Promise<RunningScript> {
  const child = spawn(process.execPath, [path, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kept = createKept()
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', kept.add)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGINT')
    const timer = setTimeout(() => child.kill('SIGKILL'), stopMs)
    await ended
    clearTimeout(timer)
  }
  const url = await waitForUrl(kept.text, ended).catch(async (cause: unknown) => {
    await stop()
    throw new Error(`${path} is not ready. It printed:\n${kept.text()}`, { cause })
  })
  if (child.pid === undefined) throw new Error(`${path} did not start.`)
  return { pid: child.pid, url, output: kept.text, stop }
}

function createKept() {
  let first = ''
  let last = ''
  return {
    add: (piece: string): void => {
      if (first.length < keptCharacters) first += piece
      else last = (last + piece).slice(-keptCharacters)
    },
    text: () => first + last,
  }
}

async function waitForUrl(output: () => string, ended: Promise<void>): Promise<string> {
  const over = new AbortController()
  void ended.then(() => over.abort())
  for (const giveUpAt = Date.now() + startMs; Date.now() < giveUpAt && !over.signal.aborted;) {
    const [, url] = /^ready (http:\S+)$/m.exec(output()) ?? []
    if (url !== undefined) return url
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(over.signal.aborted ? 'It has ended.' : `It took longer than ${startMs} ms.`)
}
