import type { Json, JsonObject } from './json.ts'

/**
 * The canonical form: OpenAI's chat-completions request, response and chunk, plus typed extensions for what
 * other vendors have and it lacks. Every wire format translates to it and from it.
 * @see https://platform.openai.com/docs/api-reference/chat
 */
export interface ChatRequest {
  model: string
  messages: Message[]
  tools?: Tool[]
  tool_choice?: ToolChoice
  parallel_tool_calls?: boolean
  response_format?: ResponseFormat
  /** Most tokens of the answer, reasoning included; formats that still call it `max_tokens` rename it. */
  max_completion_tokens?: number
  temperature?: number
  top_p?: number
  /** Extension: Anthropic, Gemini and Cohere have it, OpenAI has not. */
  top_k?: number
  n?: number
  stop?: string[]
  seed?: number
  frequency_penalty?: number
  presence_penalty?: number
  logprobs?: boolean
  top_logprobs?: number
  reasoning_effort?: string
  /** Extension: Anthropic's and Gemini's reasoning budget. `include` asks for the reasoning text itself. */
  thinking?: { type: 'enabled' | 'adaptive' | 'disabled'; budget_tokens?: number; include?: boolean }
  /** Extension: a Responses caller wants reasoning that it can send back. Other formats always give it. */
  encrypted_reasoning?: true
  user?: string
  service_tier?: string
  stream?: boolean
  stream_options?: { include_usage?: boolean }
  /** Everything else that the caller said, unread; only a target of the caller's own format receives it. */
  extra?: JsonObject
  /** Fields for the gateway, which sees to them: they come back in answers, and only a target of `extra_format` gets them. */
  echo?: JsonObject
  /** The wire format whose words `extra` uses; a target of another format drops `extra` and warns of each field. */
  extra_format?: string
}

/**
 * A whole message in a format's own words, kept where some of it has no canonical words (a server tool's run, say).
 * A target of that format sends `content` as it is; others translate the canonical fields and warn.
 */
export type NativeContent = { format: string; content: JsonObject[] }

/**
 * A whole message in a format's own words although its canonical fields say the same, but for ids and the like: a target
 * of that format sends `content` as it is, and others lose nothing.
 */
export type SourceContent = NativeContent

/** Marks the end of a prefix that the provider may cache (Anthropic). */
export interface CacheControl {
  type: 'ephemeral'
  ttl?: '5m' | '1h'
}

export interface TextPart {
  type: 'text'
  text: string
  cache_control?: CacheControl
}

export interface ImagePart {
  type: 'image_url'
  /** `url` is an http(s) URL or a `data:` URL. `media_type` is an extension for URLs that do not show it. */
  image_url: { url: string; detail?: string; media_type?: string }
  cache_control?: CacheControl
}

export interface AudioPart {
  type: 'input_audio'
  input_audio: { data: string; format: string }
}

export interface FilePart {
  type: 'file'
  /** `file_data` is a `data:` URL; `file_url` is an extension for formats that take documents by URL. */
  file: { file_id?: string; filename?: string; file_data?: string; file_url?: string; media_type?: string }
  /** Extension: Anthropic's documents may be cited from. */
  citations?: { enabled: boolean }
  cache_control?: CacheControl
}

export type ContentPart = TextPart | ImagePart | AudioPart | FilePart

export interface SystemMessage {
  role: 'system' | 'developer'
  content: string | TextPart[]
  name?: string
}

export interface UserMessage {
  role: 'user'
  content: string | ContentPart[]
  name?: string
  native?: NativeContent
}

export interface AssistantMessage {
  role: 'assistant'
  content: string | TextPart[] | null
  refusal?: string | null
  tool_calls?: ToolCall[]
  /** Extension: the visible reasoning as one text. */
  reasoning_content?: string
  /** Extension: the reasoning with what the provider needs to accept it again. */
  reasoning_details?: ReasoningDetail[]
  annotations?: Annotation[]
  /** Extension: images in the answer. */
  images?: ImagePart[]
  audio?: JsonObject
  native?: NativeContent
  source?: SourceContent
}

export interface ToolMessage {
  role: 'tool'
  tool_call_id: string
  /** The function's name, where the caller's format says it again. */
  name?: string
  content: string | ContentPart[]
  /** Extension: the tool failed (Anthropic's `is_error`). */
  is_error?: boolean
  cache_control?: CacheControl
  source?: SourceContent
}

export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage

/** One block of reasoning: readable text with its signature, a summary, or data that only the provider can read. */
export interface ReasoningDetail {
  type: 'reasoning.text' | 'reasoning.summary' | 'reasoning.encrypted'
  text?: string
  signature?: string
  data?: string
  id?: string
  /** The wire format that the block came in: a signature means something to its maker only. */
  format?: string
}

export interface ToolCall {
  id: string
  type: 'function'
  /** `arguments` is JSON text of one object. */
  function: { name: string; arguments: string }
  /** Extension: the call of a custom tool of a request; `arguments` is `{ "input": "…" }`. */
  custom?: true
  /** Gemini's thought signature of the call, under the name that Google's own OpenAI surface uses. */
  extra_content?: { google?: { thought_signature?: string } }
  cache_control?: CacheControl
}

export interface FunctionTool {
  type: 'function'
  function: { name: string; description?: string; parameters?: JsonObject; strict?: boolean }
  /** Extension: OpenAI's custom tool, which takes free text; `parameters` stands in for it with one string, `input`. */
  custom?: true
  cache_control?: CacheControl
  /** Fields of the declaration that have no canonical place, in the words of the request's `extra_format`. */
  extra?: JsonObject
}

/** A tool that the vendor runs itself (web search, code execution, …), in the vendor's own words. */
export interface ServerTool {
  type: 'server'
  /** The wire format whose words `tool` uses. */
  format: string
  tool: JsonObject
}

export type Tool = FunctionTool | ServerTool

export type ToolChoice =
  | 'auto'
  | 'none'
  | 'required'
  | { type: 'function'; function: { name: string } }
  | { type: 'allowed_tools'; mode: 'auto' | 'required'; names: string[] }

export type ResponseFormat =
  | { type: 'text' }
  | { type: 'json_object' }
  | { type: 'json_schema'; json_schema: { name: string; description?: string; schema?: JsonObject; strict?: boolean } }

export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'function_call'

/** A citation; `url_citation` is OpenAI's, `document` names a place in a document of the request. */
export interface Annotation {
  type: 'url_citation' | 'file_citation'
  url_citation?: { url: string; title?: string; start_index?: number; end_index?: number }
  file_citation?: {
    file_id?: string
    filename?: string
    index?: number
    quote?: string
    start_index?: number
    end_index?: number
  }
}

/** Token counts with OpenAI's meaning: prompt includes cached, completion includes reasoning. */
export interface ChatUsage {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  prompt_tokens_details?: {
    cached_tokens?: number
    cache_write_tokens?: number
    /** Extension: the part of `cache_write_tokens` that is kept for an hour (Anthropic). */
    cache_write_1h_tokens?: number
    audio_tokens?: number
    image_tokens?: number
  }
  completion_tokens_details?: { reasoning_tokens?: number; audio_tokens?: number; image_tokens?: number }
  /** What the provider says that it charged, in USD. */
  cost?: number
  /** What the provider charges for, where that is not what was read and written (Cohere). */
  billed?: { prompt_tokens: number; completion_tokens: number }
  /** The provider said it before the answer was whole, and what was written after that is not in it (Anthropic). */
  is_preliminary?: boolean
  /** Web searches that the provider made and charges for (Anthropic). */
  web_searches?: number
}

export interface Choice {
  index: number
  message: AssistantMessage
  logprobs?: Json
  finish_reason: FinishReason
  /** Extension: the provider's own word. */
  native_finish_reason?: string
  /** Extension: which of the caller's `stop` strings ended the answer. */
  stop_sequence?: string
}

export interface ChatResponse {
  id: string
  object: 'chat.completion'
  /** Unix seconds. */
  created: number
  model: string
  choices: Choice[]
  usage?: ChatUsage
  service_tier?: string
  system_fingerprint?: string
  /** Top-level fields of the provider's answer that the canonical form has no name for. */
  extra?: JsonObject
}

export interface ToolCallDelta {
  index: number
  id?: string
  type?: 'function'
  function?: { name?: string; arguments?: string }
  extra_content?: ToolCall['extra_content']
}

export interface Delta {
  role?: 'assistant'
  content?: string | null
  refusal?: string | null
  reasoning_content?: string
  reasoning_details?: ReasoningDetail[]
  tool_calls?: ToolCallDelta[]
  annotations?: Annotation[]
  images?: ImagePart[]
  audio?: JsonObject
}

export interface ChunkChoice {
  index: number
  delta: Delta
  logprobs?: Json
  finish_reason: FinishReason | null
  native_finish_reason?: string
  stop_sequence?: string
}

export interface ChatChunk {
  id: string
  object: 'chat.completion.chunk'
  /** Unix seconds. */
  created: number
  model: string
  choices: ChunkChoice[]
  usage?: ChatUsage | null
  service_tier?: string
  system_fingerprint?: string
  /** Top-level fields of the provider's chunk that the canonical form has no name for. */
  extra?: JsonObject
}

/** True when a chunk carries what a caller asked for: text, reasoning, a refusal, a tool call, an image or audio. */
export function hasOutput(chunk: ChatChunk): boolean {
  return chunk.choices.some(({ delta }) =>
    Boolean(
      delta.content ||
      delta.reasoning_content ||
      delta.refusal ||
      delta.tool_calls?.length ||
      delta.images?.length ||
      delta.reasoning_details?.length ||
      delta.audio,
    ),
  )
}
