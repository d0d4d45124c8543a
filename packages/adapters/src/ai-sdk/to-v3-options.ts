import type {
  LanguageModelV3CallOptions,
  LanguageModelV3Message,
  LanguageModelV4CallOptions,
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4ToolResultOutput,
} from '@ai-sdk/provider'

/** Call options in the words of AI SDK 6: files are bare data or URLs, and there is no word for reasoning. */
export function toV3Options({ reasoning: _, ...options }: LanguageModelV4CallOptions): LanguageModelV3CallOptions {
  const { prompt, tools, ...rest } = options
  return {
    ...rest,
    prompt: prompt.map(toV3Message),
    ...(tools && { tools: tools.filter((tool) => tool.type === 'function') }),
  }
}

function toV3Message(message: LanguageModelV4Message): LanguageModelV3Message {
  if (message.role === 'system') return message
  if (message.role === 'user') {
    return { ...message, content: message.content.map((part) => (part.type === 'file' ? toV3File(part) : part)) }
  }
  if (message.role === 'assistant') {
    const content = message.content.filter(
      (part) => part.type === 'text' || part.type === 'reasoning' || part.type === 'tool-call',
    )
    return { ...message, content }
  }
  const content = message.content.flatMap((part) =>
    part.type === 'tool-result' ? [{ ...part, output: toV3Output(part.output) }] : [],
  )
  return { ...message, content }
}

function toV3File({ data, ...part }: LanguageModelV4FilePart) {
  return { ...part, data: data.type === 'url' ? data.url : data.type === 'data' ? data.data : '' }
}

type V3Output = Extract<
  Extract<LanguageModelV3Message, { role: 'tool' }>['content'][number],
  { type: 'tool-result' }
>['output']

type V3Content = Extract<V3Output, { type: 'content' }>['value'][number]

function toV3Content(
  part: Extract<LanguageModelV4ToolResultOutput, { type: 'content' }>['value'][number],
): V3Content[] {
  if (part.type === 'text') return [part]
  if (part.type !== 'file') return []
  const { data, mediaType } = part
  if (data.type === 'url') return [{ type: 'file-url', url: data.url.href }]
  if (data.type !== 'data' || typeof data.data !== 'string') return []
  return [{ type: 'file-data', data: data.data, mediaType }]
}

function toV3Output(output: LanguageModelV4ToolResultOutput): V3Output {
  if (output.type !== 'content') return output
  return { type: 'content', value: output.value.flatMap(toV3Content) }
}
