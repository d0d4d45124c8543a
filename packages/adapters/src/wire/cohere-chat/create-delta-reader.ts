import type { Delta, ToolCallDelta } from '../../chat.ts'
import { numberOf, objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { readCitation } from './read-citation.ts'

/** Turns content, plan, call and citation events into deltas. */
export interface DeltaReader {
  read(event: JsonObject): Delta | undefined
  /** Arguments for calls that had none. */
  complete(): Delta | undefined
  readonly toolCalls: number
}

interface Progress {
  readonly context: WireContext
  /** Calls in the order of their start, with Cohere's index. */
  readonly calls: { nativeIndex: number; hasArguments: boolean }[]
  hasReasoning: boolean
  hasPlan: boolean
}

export function createDeltaReader(context: WireContext): DeltaReader {
  const progress: Progress = { context, calls: [], hasReasoning: false, hasPlan: false }
  return {
    read: (event) => {
      const said = objectOf(objectOf(event['delta'])?.['message']) ?? {}
      switch (event['type']) {
        case 'content-start':
        case 'content-delta':
          return readContent(said, progress)
        case 'tool-plan-delta':
          return readPlan(said, progress)
        case 'tool-call-start':
          return startCall(event, { said, progress })
        case 'tool-call-delta':
          return continueCall(event, { said, progress })
        case 'citation-start':
          return readCitations(said)
        default:
          return undefined
      }
    },
    complete: () => {
      const calls = progress.calls.flatMap(({ hasArguments }, index): ToolCallDelta[] =>
        hasArguments ? [] : [{ index, function: { arguments: '{}' } }],
      )
      return calls.length > 0 ? { tool_calls: calls } : undefined
    },
    get toolCalls() {
      return progress.calls.length
    },
  }
}

function readContent(said: JsonObject, progress: Progress): Delta | undefined {
  const content = objectOf(said['content'])
  const text = stringOf(content?.['text'])
  const thought = stringOf(content?.['thinking'])
  progress.hasReasoning ||= Boolean(thought)
  if (!text && !thought) return undefined
  return { ...(text && { content: text }), ...(thought && { reasoning_content: thought }) }
}

/** The plan is reasoning too; a blank line parts it from what was thought before. */
function readPlan(said: JsonObject, progress: Progress): Delta | undefined {
  const plan = stringOf(said['tool_plan'])
  if (!plan) return undefined
  const gap = progress.hasReasoning && !progress.hasPlan ? '\n\n' : ''
  progress.hasPlan = true
  return { reasoning_content: gap + plan }
}

/** An object, in spite of the field's name; older servers send a list. */
function callOf(said: JsonObject): JsonObject {
  return objectOf(said['tool_calls']) ?? objectsOf(said['tool_calls']).at(0) ?? {}
}

interface CallContext {
  said: JsonObject
  progress: Progress
}

function startCall(event: JsonObject, { said, progress }: CallContext): Delta {
  const call = callOf(said)
  const called = objectOf(call['function']) ?? {}
  const stated = stringOf(called['arguments']) ?? ''
  const words = stated === 'null' ? '' : stated
  const index = progress.calls.length
  progress.calls.push({ nativeIndex: numberOf(event['index']) ?? index, hasArguments: words !== '' })
  const id = stringOf(call['id']) || `call_${progress.context.createId()}`
  const name = stringOf(called['name']) ?? ''
  return { tool_calls: [{ index, id, type: 'function', function: { name, arguments: words } }] }
}

function continueCall(event: JsonObject, { said, progress }: CallContext): Delta | undefined {
  const nativeIndex = numberOf(event['index'])
  const known = progress.calls.findLastIndex((call) => call.nativeIndex === nativeIndex)
  const index = known < 0 ? progress.calls.length - 1 : known
  const call = progress.calls[index]
  const words = stringOf(objectOf(callOf(said)['function'])?.['arguments']) ?? ''
  if (call === undefined || words === '' || (words === 'null' && !call.hasArguments)) return undefined
  call.hasArguments = true
  return { tool_calls: [{ index, function: { arguments: words } }] }
}

function readCitations(said: JsonObject): Delta | undefined {
  const { citations } = said
  const listed = Array.isArray(citations) ? objectsOf(citations) : objectsOf([citations])
  const annotations = listed.flatMap(readCitation)
  return annotations.length > 0 ? { annotations } : undefined
}
