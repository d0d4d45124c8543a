/** Provider and model of `provider/model`; the model may have slashes of its own. */
export function splitModel(name: string): { provider: string; model: string } {
  const slash = name.indexOf('/')
  return slash < 0 ? { provider: name, model: '' } : { provider: name.slice(0, slash), model: name.slice(slash + 1) }
}
