import gateway, { Ledger, LogOutbox } from './index.js'

/** Stands in for D1 and the queue: one key, one gateway, rows that go nowhere. */
export { Ledger, LogOutbox }

const key = {
  id: 'k',
  org_id: 'default',
  user_id: null,
  name: 'bench',
  last_four: '',
  created_at: 0,
  revoked_at: null,
  expires_at: null,
  scopes: '{}',
  last_used_at: null,
  previous_hash: null,
  previous_until: null,
}
const settings = { org_id: 'default', id: 'default', settings: '{}', created_at: 0, modified_at: 0 }

/** The rows of the two tables that have some; there are no provider keys, and no organisation with limits. */
const rowsOf = (sql, hash) => {
  if (sql.includes('"gateway_keys"')) return [{ ...key, hash }]
  return sql.includes('"gateways"') ? [settings] : []
}

let bound

function bind(env) {
  const prepare = (sql) => ({
    bind: () => prepare(sql),
    all: async () => ({ success: true, results: rowsOf(sql, env.KEY_HASH), meta: { changes: 0, last_row_id: 0 } }),
  })
  // A queue takes its message as bytes; writing them is the Worker's own work.
  const send = async (row) => void JSON.stringify(row)
  return { ...env, DB: { prepare }, LOGS: { send } }
}

export default {
  fetch(request, env, context) {
    bound ??= bind(env)
    return gateway.fetch(request, bound, context)
  },
}
