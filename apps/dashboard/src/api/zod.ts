import * as z from 'zod'

// The content security policy forbids `new Function`, which zod would try.
z.config({ jitless: true })

export { z }
