/** `/run/@cf/vendor/model`: the slashes of a model name are path, its dot segments are dropped, the rest is escaped. */
export function formatPath(model: string): string {
  const segments = model.split('/').filter((segment) => segment !== '.' && segment !== '..')
  return `/run/${segments.map((segment) => encodeURIComponent(segment).replaceAll('%40', '@')).join('/')}`
}
