/** The thinnest pass-through there is: no keys, no limits, no logs. What it costs is what the runtime costs. */
export default {
  fetch(request, env) {
    const { pathname } = new URL(request.url)
    return fetch(env.UPSTREAM + pathname, { method: 'POST', headers: request.headers, body: request.body })
  },
}
