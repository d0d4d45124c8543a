import type { LanguageModelV4ToolResultPart, SharedV4Warning } from '@ai-sdk/provider'
import type { ContentPart, RunMessage } from './run-message.ts'
import { toModelToolCallId } from './tool-call-id.ts'
import { toImagePart } from './to-image-part.ts'
import { readText } from './to-user-content.ts'

type Output = LanguageModelV4ToolResultPart['output']
type OutputPart = Extract<Output, { type: 'content' }>['value'][number]

/** A tool's result: the message, and the images that have to follow in one of the user's. */
export interface ToolResult {
  message: RunMessage
  images: ContentPart[]
}

/** What a tool said. Images are kept for models that see; what cannot be sent is named in a warning. */
export function toToolResult(
  { toolCallId, toolName, output }: LanguageModelV4ToolResultPart,
  { seesImages, warnings }: { seesImages: boolean; warnings: SharedV4Warning[] },
): ToolResult {
  const images: ContentPart[] = []
  const texts: string[] = []
  for (const part of output.type === 'content' ? output.value : []) {
    const text = textOf(part)
    if (text !== undefined) texts.push(text)
    else if (part.type === 'file' && isImage(part) && seesImages) images.push(toImagePart(part.mediaType, part.data))
    else warnings.push({ type: 'other', message: lossOf(part, toolName) })
  }
  const content = output.type === 'content' ? texts.join('\n') : toText(output)
  return { message: { role: 'tool', name: toolName, content, tool_call_id: toModelToolCallId(toolCallId) }, images }
}

function toText(output: Exclude<Output, { type: 'content' }>): string {
  if (output.type === 'text' || output.type === 'error-text') return output.value
  if (output.type === 'json' || output.type === 'error-json') return JSON.stringify(output.value)
  return output.reason ? `Tool execution denied: ${output.reason}` : 'Tool execution was denied.'
}

function textOf(part: OutputPart): string | undefined {
  if (part.type === 'text') return part.text
  if (part.type !== 'file') return undefined
  return part.data.type === 'text' || /^text(?:\/|$)/i.test(part.mediaType) ? readText(part.data) : undefined
}

const isImage = ({ mediaType, data }: Extract<OutputPart, { type: 'file' }>): boolean =>
  /^image(?:\/|$)/i.test(mediaType) && (data.type === 'data' || data.type === 'url')

function lossOf(part: OutputPart, toolName: string): string {
  const what = part.type === 'file' ? `a file of type "${part.mediaType}"` : 'a custom part'
  return `The result of the tool "${toolName}" holds ${what}, which this model cannot take; it was left out.`
}
