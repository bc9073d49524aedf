/** An id that no account has. */
export const UNKNOWN_ID = '987654321098765'
