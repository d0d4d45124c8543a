import type { toOpenApi } from './open-api.ts'

type Document = ReturnType<typeof toOpenApi>

interface Shown {
  path: string
  method: string
  operation: {
    summary: string
    description: string
    tags: readonly string[]
    parameters: readonly { name: string; in: string; required: boolean; schema: unknown }[]
    requestBody?: unknown
    responses: unknown
  }
}

/** The description of the control plane as a page, without any script. */
export function docsPage(document: Document): string {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Shown => ({ path, method, operation: toShown(operation) })),
  )
  const sections = document.tags.map(
    ({ name }) =>
      `<section><h2 id="${escape(name)}">${escape(name)}</h2>${all
        .filter(({ operation }) => operation.tags.includes(name))
        .map(showOperation)
        .join('')}</section>`,
  )
  const links = document.tags.map(({ name }) => `<a href="#${escape(name)}">${escape(name)}</a>`)
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>gw control plane</title><style>${style}</style></head><body><nav>${links.join('')}</nav><main><h1>gw control plane</h1>
<p>${escape(document.info.description)}</p><p><a href="openapi.json">openapi.json</a></p>${sections.join('')}</main></body></html>`
}

function toShown(operation: unknown): Shown['operation'] {
  const shown: Shown['operation'] = JSON.parse(JSON.stringify(operation))
  return shown
}

function showOperation({ path, method, operation }: Shown): string {
  const { summary, description, parameters, requestBody, responses } = operation
  const rows = parameters.map(
    ({ name, in: place, required, schema }) =>
      `<tr><td><code>${escape(name)}</code>${required ? ' *' : ''}</td><td>${place}</td><td><code>${escape(JSON.stringify(schema))}</code></td></tr>`,
  )
  const part = (title: string, value: unknown): string =>
    value === undefined ? '' : `<h4>${title}</h4><pre>${escape(JSON.stringify(value, null, 2))}</pre>`
  return `<details><summary><b class="${method}">${method.toUpperCase()}</b> <code>${escape(path)}</code> ${escape(summary)}</summary>
<p>${escape(description)}</p>${rows.length > 0 ? `<table>${rows.join('')}</table>` : ''}${part('Body', requestBody)}${part('Answers', responses)}</details>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

const style = `:root{color-scheme:light dark;font:15px/1.5 system-ui}body{display:flex;margin:0}nav{display:flex;flex-direction:column;
gap:.3rem;padding:1.5rem;position:sticky;top:0;height:100vh;overflow:auto;box-sizing:border-box;min-width:11rem}main{padding:1.5rem;max-width:60rem;
min-width:0;flex:1}details{border:1px solid #8884;border-radius:8px;margin:.4rem 0;padding:.4rem .8rem}summary{cursor:pointer}b{display:inline-block;
min-width:4.2rem}pre{overflow:auto;max-height:24rem;padding:.6rem;background:#8881;border-radius:6px}td{padding:.1rem .8rem .1rem 0;
vertical-align:top;overflow-wrap:anywhere}@media(max-width:700px){body{display:block}nav{position:static;height:auto;flex-flow:wrap}}`
