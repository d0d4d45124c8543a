import type { FunctionTool, Tool } from '../../chat.ts'
import { isObject, stringOf, type JsonObject } from '../../json.ts'
import { formatId } from './format-id.ts'
import { parseTool } from './parse-tools.ts'

/**
 * Tools for a target of another format: each namespace as its functions, under names that say both. A namespace that
 * holds anything else stays as it is.
 * @see https://platform.openai.com/docs/guides/function-calling
 */
export function flattenNamespaces(tools: readonly Tool[], format: string): Tool[] {
  if (format === formatId) return [...tools]
  return tools.flatMap((tool): Tool[] => {
    const members = tool.type === 'server' && tool.format === formatId ? membersOf(tool.tool) : undefined
    return members ? members.map(({ flat }) => flat) : [tool]
  })
}

/** A function as its namespace has it. */
export interface Member {
  namespace: string
  name: string
  /** The same under a name that says both. */
  flat: FunctionTool
}

/** The functions of a namespace; `undefined` for any other tool. */
export function membersOf({ type, name: stated, description, tools }: JsonObject): Member[] | undefined {
  const namespace = stringOf(stated)
  if (type !== 'namespace' || !namespace || !Array.isArray(tools) || !tools.every(isFunction)) return undefined
  return tools.flatMap((tool, index) => {
    const member = parseTool(tool, `tools[${index}]`)
    if (member.type !== 'function') return []
    const { name } = member.function
    const about = member.function.description ?? stringOf(description)
    const declared = { ...member.function, name: flatName(namespace, name), ...(about && { description: about }) }
    return [{ namespace, name, flat: { ...member, function: declared } }]
  })
}

const isFunction = (tool: unknown): boolean =>
  isObject(tool) && (tool['type'] === 'function' || tool['type'] === 'custom') && Boolean(stringOf(tool['name']))

/** Most characters of a function's name. */
const longest = 64

/** One name for a function of a namespace; a long one ends in a number that tells it from others cut like it. */
function flatName(namespace: string, name: string): string {
  const whole = `${namespace}__${name}`
  if (whole.length <= longest) return whole
  const mark = `_${hash(whole)}`
  return whole.slice(0, longest - mark.length) + mark
}

/** The name of the function that an item calls; `undefined` without one. */
export function calledName({ name: stated, namespace }: JsonObject): string | undefined {
  const name = stringOf(stated)
  return name && typeof namespace === 'string' && namespace !== '' ? flatName(namespace, name) : name
}

/** FNV-1a, 32 bits. @see http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): string {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return (value >>> 0).toString(36)
}
