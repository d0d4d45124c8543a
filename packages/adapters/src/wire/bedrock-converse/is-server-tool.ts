import type { JsonObject } from '../../json.ts'

/** True for a tool that Amazon runs itself, such as Nova's code interpreter: no call that the caller should answer. */
export function isServerTool(toolUse: JsonObject): boolean {
  return toolUse['type'] === 'server_tool_use'
}
