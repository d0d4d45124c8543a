import type { UnitCall, Units } from '../read-units.ts'

/** What a call used, read by the first rule that its path and provider fit. */
export interface UnitRule {
  /** The end of the path, without query. */
  readonly path: RegExp
  /** Providers that it is for. Default all: the path says enough. */
  readonly providers?: readonly string[]
  read(call: UnitCall, match: UnitMatch): Units | undefined
}

export interface UnitMatch {
  /** What the path's groups caught. */
  readonly groups: Readonly<Record<string, string>>
  readonly query: URLSearchParams
}

/** Reads a call by the first rule of a table that fits it and says something. */
export function firstMatch(rules: readonly UnitRule[], call: UnitCall): Units | undefined {
  const { path, query } = splitPath(call.path)
  for (const rule of rules) {
    const found = rule.path.exec(path)
    const units = found && fits(rule, call) ? rule.read(call, { groups: found.groups ?? {}, query }) : undefined
    if (units) return units
  }
  return undefined
}

const fits = ({ providers }: UnitRule, { providerId }: UnitCall) => providers?.includes(providerId) ?? true

/** Path, from its first slash to the last word, and query of an operation. */
function splitPath(path: string): { path: string; query: URLSearchParams } {
  const [before = '', ...rest] = path.split('?')
  return { path: `/${before.replaceAll(/^\/+|\/+$/g, '')}`, query: new URLSearchParams(rest.join('?')) }
}
