import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Ready } from './child-protocol.ts'

const running = new Set<ChildProcess>()
const endings = new WeakMap<ChildProcess, Promise<void>>()
let isClosed = false

/** A child must not outlive this time once it was told to stop, ms. */
const patienceMs = 5_000

/** Starts a host script of this folder's parent and resolves when it is ready. Closing the channel ends the child. */
export async function startChild(script: string, args: readonly string[] = []): Promise<Ready> {
  const path = fileURLToPath(new URL(`../${script}`, import.meta.url))
  // A group of its own, so that Ctrl-C reaches the benchmark alone, which then stops its children in order.
  const child = track(fork(path, args, { detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }))
  return new Promise((resolve, reject) => {
    child.once('message', (ready: Ready) => resolve(ready))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${script} ended with code ${code} before it was ready.`)))
  })
}

/** Remembers a child, so that `stopChildren` ends it. */
export function track<T extends ChildProcess>(child: T): T {
  running.add(child)
  if (isClosed) void stopChild(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** Ends one child and waits for its end. */
export function stopChild(child: ChildProcess): Promise<void> {
  const ending = endings.get(child) ?? end(child)
  endings.set(child, ending)
  return ending
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  // A host ends what it hosts when the channel closes; a process without a channel hosts nothing.
  if (child.channel) child.disconnect()
  else child.kill('SIGKILL')
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  await ended
  clearTimeout(timer)
}

/** Ends every child that is still running; one that is started after this ends at once. */
export async function stopChildren(): Promise<void> {
  isClosed = true
  await Promise.all([...running].map(stopChild))
}
