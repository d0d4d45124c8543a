/**
 * A line in Ollama's own spelling that more will follow. Inside a JSON string the quotes of these words would be escaped,
 * so that text cannot pass for structure.
 */
export function isOutputOnly(data: string): boolean {
  return data.includes('"done":false') && !data.includes('"error":')
}
