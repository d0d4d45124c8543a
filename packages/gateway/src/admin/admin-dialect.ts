import type { Dialect } from '../errors/dialect.ts'

/** The control plane's errors: `{ error: { code, message, log_id } }`. */
export const adminDialect: Dialect = {
  id: 'admin',
  format: ({ message, code, param, gw }) => ({
    error: {
      code: code ?? 'internal',
      message,
      ...(param !== undefined && { param }),
      log_id: gw?.['log_id'] ?? null,
      ...(gw?.['mistakes'] !== undefined && { mistakes: gw['mistakes'] }),
    },
  }),
}
