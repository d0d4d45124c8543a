const inputClasses = new Set(['input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'input_audio', 'input_image'])
const outputClasses = new Set(['output', 'reasoning', 'output_audio', 'output_image'])

/** How many tokens went in and came out, over all classes. */
export function tokensOf(usage: object): { input: number; output: number } {
  let input = 0
  let output = 0
  for (const [name, count] of Object.entries(usage)) {
    if (typeof count !== 'number') continue
    if (inputClasses.has(name)) input += count
    if (outputClasses.has(name)) output += count
  }
  return { input, output }
}
