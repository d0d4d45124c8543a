import { parseArgs } from 'node:util'
import type { AdminOptions } from './admin-client.ts'

export interface Command {
  usage: string
  /** Names of further options, each with a value. */
  options?: readonly string[]
}

type Parsed = AdminOptions & { values: Readonly<Record<string, string | undefined>> }

/** The options of a command for a gateway's control plane. A mistake is explained, and ends the process with 2. */
export function parseCommand({ usage, options = [] }: Command): Parsed {
  const named = Object.fromEntries(options.map((name) => [name, { type: 'string' as const }]))
  const { values, problem } = read(named)
  if (problem === undefined && values['help'] === true) {
    console.log(usage)
    process.exit(0)
  }
  const texts = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value)]))
  const { url = 'http://127.0.0.1:8787', 'admin-key': adminKey = process.env['GW_ADMIN_KEY'] } = texts
  if (problem === undefined && adminKey && URL.canParse(url)) return { url, adminKey, values: texts }
  const missing = adminKey
    ? `--url "${url}" is no URL.`
    : 'The admin key is missing: pass --admin-key, or set GW_ADMIN_KEY.'
  console.error(`${problem ?? missing}\n${usage}`)
  process.exit(2)
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function read(named: Record<string, { type: 'string' }>): { values: Record<string, unknown>; problem?: string } {
  const common = { url: { type: 'string' }, 'admin-key': { type: 'string' }, help: { type: 'boolean' } } as const
  try {
    return { values: parseArgs({ options: { ...named, ...common } }).values }
  } catch (error) {
    return { values: {}, problem: error instanceof Error ? error.message : String(error) }
  }
}
