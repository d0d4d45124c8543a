/** Names of the platform that aws4fetch's types take for granted and that Node's types do not declare. */
type HeadersInit = ConstructorParameters<typeof Headers>[0]
type BodyInit = ConstructorParameters<typeof Response>[0]
