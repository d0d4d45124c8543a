import type { ChatRequest } from '../../chat.ts'
import { membersOf } from './namespace-tool.ts'

/** What the names in canonical calls stand for in the words of the request. */
export interface ToolNames {
  /** Custom tools. */
  custom: ReadonlySet<string>
  /** Functions of namespaces. */
  members: ReadonlyMap<string, { namespace: string; name: string }>
}

export function toolNamesOf({ tools = [] }: Pick<ChatRequest, 'tools'>): ToolNames {
  const members = tools.flatMap((tool) => (tool.type === 'server' ? (membersOf(tool.tool) ?? []) : []))
  const functions = [...tools, ...members.map(({ flat }) => flat)]
  const custom = functions.flatMap((tool) => (tool.type === 'function' && tool.custom ? [tool.function.name] : []))
  const named = members.map(({ flat, namespace, name }) => [flat.function.name, { namespace, name }] as const)
  return { custom: new Set(custom), members: new Map(named) }
}
