import { sql, type Kysely, type Selectable } from 'kysely'
import type { SignInStore, StoredSession } from '../sign-in/sign-in-store.ts'
import type { Database } from './database.ts'

/** Sign-ins in the database. */
export function createDbSignInStore(db: Kysely<Database>): SignInStore {
  return { ...signIns(db), ...sessions(db), ...invitations(db) }
}

function signIns(db: Kysely<Database>): Pick<SignInStore, 'find' | 'save' | 'saveFirst' | 'isEmpty'> {
  return {
    find: async (userId) => {
      const row = await db.selectFrom('sign_ins').selectAll().where('user_id', '=', userId).executeTakeFirst()
      return row && { userId, passwordHash: row.password_hash, isOperator: row.is_operator === 1 }
    },
    save: async ({ userId, passwordHash, isOperator }, at) => {
      const columns = { password_hash: passwordHash, is_operator: isOperator ? 1 : 0, updated_at: at }
      await db
        .insertInto('sign_ins')
        .values({ user_id: userId, ...columns })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet(columns))
        .execute()
    },
    saveFirst: async ({ userId, passwordHash, isOperator }, at) => {
      const { numAffectedRows = 0n } = await sql`INSERT INTO sign_ins (user_id, password_hash, is_operator, updated_at)
        SELECT ${userId}, ${passwordHash}, ${isOperator ? 1 : 0}, ${at} WHERE NOT EXISTS (SELECT 1 FROM sign_ins)`.execute(
        db,
      )
      return numAffectedRows > 0n
    },
    isEmpty: async () => (await db.selectFrom('sign_ins').select('user_id').limit(1).executeTakeFirst()) === undefined,
  }
}

type SessionMethods =
  | 'addSession'
  | 'findSession'
  | 'rotateSession'
  | 'removeSession'
  | 'removeSessions'
  | 'removeExpired'

function sessions(db: Kysely<Database>): Pick<SignInStore, SessionMethods> {
  return {
    addSession: async (session) => {
      await db
        .insertInto('sessions')
        .values({
          id: session.id,
          user_id: session.userId,
          token_hash: session.tokenHash,
          previous_hash: session.previousHash,
          csrf_token: session.csrfToken,
          created_at: session.createdAt,
          rotated_at: session.rotatedAt,
          expires_at: session.expiresAt,
        })
        .execute()
    },
    findSession: async (hash) => {
      const row = await db
        .selectFrom('sessions')
        .selectAll()
        .where((where) => where.or([where('token_hash', '=', hash), where('previous_hash', '=', hash)]))
        .executeTakeFirst()
      return row && toSession(row)
    },
    rotateSession: async ({ id, tokenHash }, to) => {
      const { numUpdatedRows } = await db
        .updateTable('sessions')
        .set({ token_hash: to.tokenHash, previous_hash: to.previousHash, rotated_at: to.at })
        .where('id', '=', id)
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    removeSession: async (id) => {
      await db.deleteFrom('sessions').where('id', '=', id).execute()
    },
    removeSessions: async (userId, exceptId = '') => {
      const gone = db.deleteFrom('sessions').where('id', '!=', exceptId)
      await (userId === null ? gone.where('user_id', 'is', null) : gone.where('user_id', '=', userId)).execute()
    },
    removeExpired: async (at) => {
      await db.deleteFrom('sessions').where('expires_at', '<=', at).execute()
      await db.deleteFrom('invitations').where('expires_at', '<=', at).execute()
    },
  }
}

function invitations(db: Kysely<Database>): Pick<SignInStore, 'addInvitation' | 'removeInvitations' | 'useInvitation'> {
  return {
    addInvitation: async ({ id, userId, tokenHash, createdAt, expiresAt }) => {
      await db
        .insertInto('invitations')
        .values({
          id,
          user_id: userId,
          token_hash: tokenHash,
          created_at: createdAt,
          expires_at: expiresAt,
          used_at: null,
        })
        .execute()
    },
    removeInvitations: async (userId) => {
      await db.deleteFrom('invitations').where('user_id', '=', userId).execute()
    },
    useInvitation: async (tokenHash, at) => {
      const row = await db
        .updateTable('invitations')
        .set({ used_at: at })
        .where('token_hash', '=', tokenHash)
        .where('used_at', 'is', null)
        .where('expires_at', '>', at)
        .returningAll()
        .executeTakeFirst()
      return (
        row && {
          id: row.id,
          userId: row.user_id,
          tokenHash,
          createdAt: row.created_at,
          expiresAt: row.expires_at,
        }
      )
    },
  }
}

function toSession(row: Selectable<Database['sessions']>): StoredSession {
  return {
    id: row.id,
    userId: row.user_id,
    tokenHash: row.token_hash,
    previousHash: row.previous_hash,
    csrfToken: row.csrf_token,
    createdAt: row.created_at,
    rotatedAt: row.rotated_at,
    expiresAt: row.expires_at,
  }
}
