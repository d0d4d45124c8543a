import type { User, UserStore } from './user-store.ts'

/** Users that are forgotten when the process ends; `forget` takes along what belongs to one who is removed. */
export function createMemoryUserStore(
  initial: readonly User[] = [],
  forget: (id: string) => Promise<void> = async () => undefined,
): UserStore {
  const users = new Map(initial.map((user) => [user.id, user]))
  const withEmail = (email: string): User | undefined =>
    [...users.values()].find((user) => fold(user.email) === fold(email))

  return {
    find: async (id) => users.get(id),
    findByEmail: async (email) => withEmail(email),
    list: async () => [...users.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    add: async (user) => {
      if (users.has(user.id) || withEmail(user.email))
        throw new Error(`A user with id "${user.id}" or its address exists.`)
      users.set(user.id, user)
    },
    update: async (id, change) => {
      const user = users.get(id)
      if (!user) return false
      const other = change.email === undefined ? undefined : withEmail(change.email)
      if (other && other.id !== id) throw new Error('Another user has this address.')
      users.set(id, { ...user, ...change })
      return true
    },
    remove: async (id) => {
      if (!users.delete(id)) return false
      await forget(id)
      return true
    },
  }
}

/** As SQLite's NOCASE has it. */
function fold(email: string): string {
  return email.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}
