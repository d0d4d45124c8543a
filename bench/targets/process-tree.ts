import { readdirSync, readFileSync } from 'node:fs'

/** CPU time that a process has used so far, all of its threads, ms. */
export function cpuMsOf(pid: number): number {
  return nanosecondsOf(pid) / 1e6
}

/** The scheduler's own count has nanoseconds; utime + stime, ticks of 10 ms, stand in where the kernel keeps none. */
function nanosecondsOf(pid: number): number {
  let sum = 0
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const counted = readText(`/proc/${pid}/task/${thread}/schedstat`)
    if (counted === undefined) return ticksOf(pid) * 1e7
    sum += Number(counted.split(' ')[0])
  }
  return sum
}

function ticksOf(pid: number): number {
  const fields = statOf(pid)
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
}

/** The process of that name which `parent` started. */
export function childOf(parent: number, name: string): number {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
  const found = pids.find((pid) => {
    const text = readText(`/proc/${pid}/stat`) ?? ''
    return text.includes(`(${name})`) && Number(fieldsAfterName(text)[1]) === parent
  })
  if (found === undefined) throw new Error(`Process ${parent} has no child "${name}".`)
  return Number(found)
}

function statOf(pid: number): string[] {
  return fieldsAfterName(readText(`/proc/${pid}/stat`) ?? '')
}

/** The fields from the state on; a name may hold spaces. */
function fieldsAfterName(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
