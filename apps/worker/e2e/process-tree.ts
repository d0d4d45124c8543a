import { readdir, readFile } from 'node:fs/promises'

/** The process and all that it started, as far as they live. */
export async function processTree(pid: number): Promise<number[]> {
  const parents = await parentOfEach()
  const tree = new Set([pid])
  for (let size = 0; size < tree.size;) {
    size = tree.size
    for (const [child, parent] of parents) if (tree.has(parent)) tree.add(child)
  }
  return [...tree].filter((member) => parents.has(member))
}

async function parentOfEach(): Promise<Map<number, number>> {
  const parents = new Map<number, number>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    // The name in parentheses may hold anything; state and parent follow it.
    const [, state, parent] = /\) (\w) (\d+)/.exec(stat) ?? []
    if (state !== undefined && state !== 'Z') parents.set(Number(name), Number(parent))
  }
  return parents
}

/** Memory of a process that is in RAM, bytes. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024
}
