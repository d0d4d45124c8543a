import { Rejection } from '../format.ts'
import type { ConverseBlock, ConverseMessage, ConverseRequest } from './bedrock-converse-request.ts'
import { isBase64 } from './media.ts'
import { isSigned } from './signature.ts'

/** Bedrock's rules between fields, and Claude's where the model is one. Throws a Rejection. */
export function checkConverse(request: ConverseRequest, model: string): void {
  const { messages } = request
  if (messages[0]?.role !== 'user') {
    throw new Rejection(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    )
  }
  for (const [index, message] of messages.entries()) checkMessage(message, { index, model })
  for (const [index, message] of messages.entries()) checkResults(message, messages[index - 1], index)
  const open = callIds(messages.at(-1))
  if (open.length > 0) throw new Rejection(missingResults(messages.length, open))
  checkTools(request)
  checkThinking(request, model)
}

interface Place {
  index: number
  model: string
}

function checkMessage({ content }: ConverseMessage, { index, model }: Place): void {
  if (content.length === 0) {
    throw new Rejection(
      `The content field in the Message object at messages.${index} is empty. Add a ContentBlock object to the content field and try again.`,
    )
  }
  const documents = content.flatMap((block) => block.document ?? [])
  if (documents.length > 0 && !content.some((block) => block.text !== undefined)) {
    throw new Rejection(`The message at messages.${index} has a document and no text. Add a text block and try again.`)
  }
  for (const [position, block] of content.entries())
    checkBlock(block, { at: `messages.${index}.content.${position}`, model })
}

function checkBlock(block: ConverseBlock, { at, model }: { at: string; model: string }): void {
  if (block.text !== undefined && block.text.trim() === '') {
    throw new Rejection(
      `The text field in the ContentBlock object at ${at} is blank. Add text to the text field, and try again.`,
    )
  }
  const { bytes } = (block.image ?? block.document ?? block.video)?.source ?? {}
  if (bytes !== undefined && !isBase64(bytes))
    throw new Rejection(`Could not process the data at ${at}: it is no base64.`)
  const name = block.document?.name
  if (name !== undefined && !/^[\w ()[\]-]{1,200}$/.test(name.replaceAll('_', '?').replaceAll('  ', '?'))) {
    throw new Rejection(
      "The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. The name can't contain more than one consecutive whitespace character.",
    )
  }
  const reasoning = block.reasoningContent?.reasoningText
  if (reasoning && model.includes('claude') && !isSigned('anthropic', reasoning.text, reasoning.signature ?? '')) {
    throw new Rejection(`The model returned the following errors: ${at}: Invalid \`signature\` in \`thinking\` block`)
  }
}

function checkResults(message: ConverseMessage, previous: ConverseMessage | undefined, index: number): void {
  const results = message.content.flatMap(({ toolResult }) => (toolResult ? [toolResult.toolUseId] : []))
  const calls = callIds(previous)
  if (results.some((id) => !calls.includes(id))) {
    throw new Rejection(
      `The number of toolResult blocks at messages.${index}.content exceeds the number of toolUse blocks of previous turn.`,
    )
  }
  const open = calls.filter((id) => !results.includes(id))
  if (open.length > 0) throw new Rejection(missingResults(index, open))
}

const missingResults = (index: number, ids: string[]): string =>
  `Expected toolResult blocks at messages.${index}.content for the following Ids: ${ids.join(', ')}`

function callIds(message: ConverseMessage | undefined): string[] {
  return message?.content.flatMap(({ toolUse }) => (toolUse ? [toolUse.toolUseId] : [])) ?? []
}

function checkTools({ messages, toolConfig }: ConverseRequest): void {
  const blocks = messages.flatMap(({ content }) => content)
  if (!toolConfig && blocks.some(({ toolUse, toolResult }) => toolUse ?? toolResult)) {
    throw new Rejection('The toolConfig field must be defined when using toolUse and toolResult content blocks.')
  }
  const names = (toolConfig?.tools ?? []).flatMap(({ toolSpec }) => (toolSpec ? [toolSpec.name] : []))
  const called = blocks.flatMap(({ toolUse }) => (toolUse ? [toolUse.name] : []))
  const ids = blocks.flatMap(({ toolUse, toolResult }) => [toolUse?.toolUseId, toolResult?.toolUseId])
  for (const word of [...names, ...called, ...ids.filter((id) => id !== undefined)]) {
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(word)) {
      throw new Rejection(
        `1 validation error detected: Value '${word}' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+ and have length less than or equal to 64`,
      )
    }
  }
  const chosen = toolConfig?.toolChoice?.tool?.name
  if (chosen !== undefined && !names.includes(chosen))
    throw new Rejection(`The tool ${chosen} is not in toolConfig.tools.`)
}

function checkThinking(request: ConverseRequest, model: string): void {
  const { additionalModelRequestFields: fields = {}, inferenceConfig = {}, toolConfig } = request
  const { thinking } = fields
  const isOn = typeof thinking === 'object' && thinking !== null && 'type' in thinking && thinking.type !== 'disabled'
  if (!model.includes('claude') || !isOn) return
  const budget = 'budget_tokens' in thinking ? Number(thinking.budget_tokens) : 0
  const refuse = (message: string): never => {
    throw new Rejection(`The model returned the following errors: ${message}`)
  }
  if (budget >= (inferenceConfig.maxTokens ?? Infinity))
    refuse('`max_tokens` must be greater than `thinking.budget_tokens`.')
  if ((inferenceConfig.temperature ?? 1) !== 1) refuse('`temperature` may only be set to 1 when thinking is enabled.')
  if (toolConfig?.toolChoice && !toolConfig.toolChoice.auto)
    refuse('Thinking may not be enabled when tool_choice forces tool use.')
}
