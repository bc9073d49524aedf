/** How long a command waits for an export, unless `--deadline` says otherwise; in milliseconds. */
export const LONGEST_WAIT_MS = 3_600_000
