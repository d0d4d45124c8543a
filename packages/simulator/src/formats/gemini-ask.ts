import { emptyAsk } from '../ask.ts'
import type { Ask, Block } from '../ask.ts'
import { countAttachment, countCall, countTool, countWords } from '../usage.ts'
import type { Content, GenerateRequest, Part } from './gemini-request.ts'
import { imageTypeOfUrl } from './media.ts'

/** Tokens of an explicit `cachedContent`, all of them read from the cache. */
const cachedContentTokens = 1000

/** What a generateContent request means. */
export function toGenerateAsk(request: GenerateRequest, stream: boolean): Ask {
  const { generationConfig: config = {}, contents } = request
  const tools = (request.tools ?? []).flatMap((tool) => (tool.functionDeclarations ?? []).map(toTool))
  const lastUser = contents.findLast(
    ({ role, parts }) => role !== 'model' && parts.some((part) => part.text !== undefined),
  )
  return {
    ...emptyAsk,
    ...toolChoice(request),
    stream,
    blocks: promptBlocks(request, tools),
    userText: textOf(lastUser?.parts ?? []),
    attachments: contents.flatMap(({ parts }) => parts.flatMap(attachmentOf)),
    toolResults: (contents.at(-1)?.parts ?? []).flatMap((part) =>
      part.functionResponse ? [JSON.stringify(part.functionResponse.response)] : [],
    ),
    tools,
    maxTokens: config.maxOutputTokens ?? Infinity,
    stops: config.stopSequences ?? [],
    reasoning: reasoning(config.thinkingConfig),
    choices: config.candidateCount ?? 1,
    cache: { by: 'prefix', key: '', minTokens: 1024, step: 1 },
    ...schema(config),
  }
}

/** Prompt tokens by modality, as `promptTokensDetails` lists them. */
export function attachedTokens(ask: Ask): { modality: string; tokenCount: number }[] {
  const totals = new Map<string, number>()
  for (const type of ask.attachments) {
    const modality = modalityOf(type)
    totals.set(modality, (totals.get(modality) ?? 0) + countAttachment(type))
  }
  return Array.from(totals, ([modality, tokenCount]) => ({ modality, tokenCount }))
}

function modalityOf(type: string): string {
  if (type.startsWith('image')) return 'IMAGE'
  return type.startsWith('audio') ? 'AUDIO' : 'DOCUMENT'
}

type Config = NonNullable<GenerateRequest['generationConfig']>

function reasoning(thinking: Config['thinkingConfig']): Ask['reasoning'] {
  if (!thinking || thinking.thinkingBudget === 0) return { visibility: 'none' }
  if (thinking.includeThoughts) return { visibility: 'visible' }
  const isAsked = thinking.thinkingBudget !== undefined || thinking.thinkingLevel !== undefined
  return { visibility: isAsked ? 'hidden' : 'none' }
}

function schema(config: Config): Pick<Ask, 'schema'> {
  const schema = config.responseJsonSchema ?? config.responseSchema
  if (schema !== undefined) return { schema }
  const isJson = config.responseMimeType === 'application/json'
  return isJson ? { schema: { type: 'object', properties: { answer: { type: 'string' } } } } : {}
}

function toolChoice({ toolConfig }: GenerateRequest): Pick<Ask, 'toolChoice' | 'allowedTools'> {
  const { mode = 'AUTO', allowedFunctionNames = [] } = toolConfig?.functionCallingConfig ?? {}
  if (mode === 'ANY') return { toolChoice: 'required', allowedTools: allowedFunctionNames }
  return { toolChoice: mode === 'NONE' ? 'none' : 'auto', allowedTools: allowedFunctionNames }
}

type Declaration = NonNullable<NonNullable<GenerateRequest['tools']>[number]['functionDeclarations']>[number]

function toTool({ name, description = '', parameters, parametersJsonSchema }: Declaration): Ask['tools'][number] {
  return { name, description, schema: parametersJsonSchema ?? parameters }
}

function promptBlocks(request: GenerateRequest, tools: Ask['tools']): Block[] {
  const cached =
    request.cachedContent === undefined ? [] : [{ digest: request.cachedContent, tokens: cachedContentTokens }]
  const system = request.systemInstruction ? [toBlock(request.systemInstruction)] : []
  const toolBlocks = tools.map((tool) => ({ digest: JSON.stringify(tool), tokens: countTool(tool) }))
  return [...cached, ...toolBlocks, ...system, ...request.contents.map(toBlock)]
}

function toBlock(content: Pick<Content, 'parts'>): Block {
  return { digest: JSON.stringify(content), tokens: content.parts.reduce((sum, part) => sum + countPart(part), 0) }
}

function countPart(part: Part): number {
  if (part.text !== undefined) return countWords(part.text)
  if (part.functionCall) return countCall(part.functionCall.name, JSON.stringify(part.functionCall.args ?? {}))
  if (part.functionResponse) return countWords(JSON.stringify(part.functionResponse.response))
  return attachmentOf(part).reduce((sum, type) => sum + countAttachment(type), 0)
}

function textOf(parts: Part[]): string {
  return parts.flatMap((part) => (part.text === undefined || part.thought ? [] : [part.text])).join('\n')
}

function attachmentOf({ inlineData, fileData }: Part): string[] {
  if (inlineData) return [inlineData.mimeType]
  return fileData ? [fileData.mimeType ?? imageTypeOfUrl(fileData.fileUri)] : []
}
