/** Who signs in, in the tests. */
export const user = { name: 'Ann Example', email: 'ann@example.com', password: 'correct horse battery' }
