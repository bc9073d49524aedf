/** An id that no account has. */
export const NOBODYS_ID = '987654321098765'
