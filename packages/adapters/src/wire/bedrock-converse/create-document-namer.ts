/**
 * Names documents as the API wants them: letters, digits, single spaces, hyphens and brackets, and no name twice.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_DocumentBlock.html
 */
export function createDocumentNamer(): (filename: string | undefined) => string {
  const taken = new Set<string>()
  return (filename = '') => {
    const stem = filename.replace(/\.\w{1,5}$/, '')
    const words = stem.replaceAll(/[^\w\s()[\]-]|_/g, ' ').replaceAll(/\s+/g, ' ')
    const base = words.trim().slice(0, 190) || 'document'
    let name = base
    for (let count = 2; taken.has(name); count += 1) name = `${base} ${count}`
    taken.add(name)
    return name
  }
}
