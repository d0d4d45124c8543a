import { Rejection } from '../format.ts'
import { isJson } from '../shape.ts'
import type { Content, GenerateRequest, Part } from './gemini-request.ts'
import { isBase64, isLooseBase64 } from './media.ts'

/** Google's rules between fields. Throws a Rejection. */
export function checkGenerate(request: GenerateRequest, model: string): void {
  for (const [index, content] of request.contents.entries()) checkContent(content, index)
  checkTurns(request.contents)
  checkTools(request)
  if (/gemini-3/.test(model)) checkSignatures(request.contents)
  const { generationConfig: config = {} } = request
  const hasSchema = config.responseSchema !== undefined || config.responseJsonSchema !== undefined
  if (hasSchema && config.responseMimeType !== 'application/json' && config.responseMimeType !== 'text/x.enum') {
    throw new Rejection(
      'Only `application/json` and `text/x.enum` are allowed as response mime type when a response schema is set',
    )
  }
  if (config.responseSchema !== undefined && config.responseJsonSchema !== undefined) {
    throw new Rejection('Only one of response_schema and response_json_schema may be set.')
  }
}

function checkContent({ role, parts }: Content, index: number): void {
  for (const [position, part] of parts.entries()) {
    const at = `contents[${index}].parts[${position}]`
    if (part.inlineData && !isLooseBase64(part.inlineData.data)) {
      throw new Rejection(
        `Invalid value at '${at}.inline_data.data' (TYPE_BYTES), Base64 decoding failed for "${part.inlineData.data.slice(0, 20)}"`,
      )
    }
    if (part.functionCall && role !== 'model') {
      throw new Rejection(
        'Please ensure that function call turn contains at least one function_call part which can not be mixed with function_response parts.',
      )
    }
    if (part.functionResponse && role === 'model') {
      throw new Rejection('Please ensure that function response turn comes immediately after a function call turn.')
    }
  }
}

function checkTurns(separate: Content[]): void {
  const contents = mergeTurns(separate)
  if (contents[0]?.role === 'model') {
    throw new Rejection('Please ensure that the first turn is a user turn.')
  }
  for (const [index, { parts }] of contents.entries()) {
    const responses = parts.filter((part) => part.functionResponse)
    const calls = (contents[index - 1]?.parts ?? []).filter((part) => part.functionCall)
    if (responses.length === 0 && calls.length === 0) continue
    if (calls.length === 0)
      throw new Rejection('Please ensure that function response turn comes immediately after a function call turn.')
    checkAnswers(calls, responses)
  }
  if (contents.at(-1)?.parts.some((part) => part.functionCall)) {
    throw new Rejection('Please ensure that function call turn is followed by a function response turn.')
  }
}

/** Google reads neighbouring contents of one role as one turn. */
function mergeTurns(contents: Content[]): Content[] {
  const turns: Content[] = []
  for (const content of contents) {
    const last = turns.at(-1)
    if (last?.role === content.role && last) turns.splice(-1, 1, { ...last, parts: [...last.parts, ...content.parts] })
    else turns.push(content)
  }
  return turns
}

function checkAnswers(calls: Part[], responses: Part[]): void {
  if (calls.length !== responses.length) {
    throw new Rejection(
      'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.',
    )
  }
  const called = calls.map((part) => part.functionCall?.name).sort()
  const answered = responses.map((part) => part.functionResponse?.name).sort()
  if (called.some((name, index) => name !== answered[index])) {
    throw new Rejection(
      'Please ensure that the function response names match the function call names of the previous turn.',
    )
  }
}

function checkTools({ tools = [], toolConfig }: GenerateRequest): void {
  const declarations = tools.flatMap((tool) => tool.functionDeclarations ?? [])
  for (const [index, { name, parameters, parametersJsonSchema }] of declarations.entries()) {
    const at = `tools[0].function_declarations[${index}]`
    if (!/^[a-zA-Z_][\w.:-]{0,63}$/.test(name))
      throw new Rejection(`* GenerateContentRequest.${at}.name: Invalid function name.`)
    if (parameters && parametersJsonSchema)
      throw new Rejection(`${at}: parameters and parameters_json_schema are mutually exclusive.`)
    const schema = parameters ?? parametersJsonSchema
    const type = isJson(schema) && typeof schema['type'] === 'string' ? schema['type'].toLowerCase() : 'object'
    if (type !== 'object') {
      throw new Rejection(`* GenerateContentRequest.${at}.parameters.type: should be OBJECT for function parameters`)
    }
  }
  const { mode, allowedFunctionNames: allowed = [] } = toolConfig?.functionCallingConfig ?? {}
  if (mode === 'ANY' && declarations.length === 0) {
    throw new Rejection('Function calling config is set without function_declarations.')
  }
  if (allowed.length > 0 && mode !== 'ANY' && mode !== 'VALIDATED') {
    throw new Rejection('allowed_function_names should only be set when function calling mode is ANY or VALIDATED.')
  }
  const unknown = allowed.find((name) => !declarations.some((declaration) => declaration.name === name))
  if (unknown !== undefined)
    throw new Rejection(`allowed_function_names contains \`${unknown}\`, which is not declared.`)
}

/** What Google tells callers to send when a call was not made by Gemini. */
const placeholderNames = ['skip_thought_signature_validator', 'context_engineering_is_the_way_to_go']
const placeholders = new Set([...placeholderNames, ...placeholderNames.map((name) => btoa(name))])

/** Gemini 3: in the current turn, the first call of each step must bring back the signature that came with it. */
function checkSignatures(contents: Content[]): void {
  const start = contents.findLastIndex(
    ({ role, parts }) => role !== 'model' && parts.some((part) => part.text !== undefined),
  )
  for (const [index, { parts }] of contents.entries()) {
    const position = parts.findIndex((part) => part.functionCall)
    const part = parts[position]
    if (index < start || !part) continue
    const { thoughtSignature: signature, functionCall } = part
    if (signature === undefined || signature === '') {
      throw new Rejection(
        `Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance. Additional data, function call \`default_api:${functionCall?.name}\`, position ${position + 1}.`,
      )
    }
    if (!placeholders.has(signature) && !isOwnSignature(signature))
      throw new Rejection('Thought signature is not valid.')
  }
}

function isOwnSignature(signature: string): boolean {
  return isBase64(signature) && atob(signature).startsWith('sim:gemini:')
}
