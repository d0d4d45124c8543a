/**
 * Name of the tool that stands in for structured output on models without it: the request forces the tool, and its input
 * is read back as the answer's text.
 */
export const jsonAnswerTool = 'gw_json_answer'
