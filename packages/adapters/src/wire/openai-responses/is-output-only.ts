/**
 * An event that adds text, thoughts or arguments. Inside a JSON string the quotes of these words would be escaped, so
 * that text cannot pass for structure.
 */
export function isOutputOnly(data: string): boolean {
  return deltaType.test(data) && !data.includes('"response":{')
}

const deltaType =
  /"type":\s?"response\.(?:output_text|refusal|reasoning_text|reasoning_summary_text|function_call_arguments|custom_tool_call_input)\.delta"/
