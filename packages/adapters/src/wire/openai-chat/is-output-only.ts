/**
 * A chunk in OpenAI's own spelling whose choice goes on. Inside a JSON string the quotes of these words would be escaped,
 * so that text cannot pass for structure.
 */
export function isOutputOnly(data: string): boolean {
  return data.includes('"finish_reason":null') && !data.includes('"usage":{') && !data.includes('"error":')
}
