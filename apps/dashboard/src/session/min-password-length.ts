/** What the control plane asks of a password, said before it has to refuse one. */
export const minPasswordLength = 12
